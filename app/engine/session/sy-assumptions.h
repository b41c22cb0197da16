/* sy-assumptions.h: everything a person states about a decision
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "sy-assumption-parameter.h"
#include "sy-assumption-set.h"
#include "sy-use-case-book.h"

G_BEGIN_DECLS

#define SY_TYPE_ASSUMPTIONS (sy_assumptions_get_type ())
G_DECLARE_FINAL_TYPE (SyAssumptions, sy_assumptions, SY, ASSUMPTIONS, GObject)

/**
 * SyAssumptions:
 *
 * Use case, priorities, objective, traffic, the inputs of five years' cost,
 * checklists and judgements. What nobody stated is a default with its source,
 * or unknown. A and B are the first and the second backend. Kept in
 * assumptions.json below the user's data folder, written once when the main
 * loop is idle and at the latest in dispose. A file with a mistake is told and
 * left as it is: nothing is written over it. What was measured is not here but in
 * SyAppraisal.
 *
 * Lives on the GTK thread. Signal "changed": something is stated otherwise.
 */

/* Use cases from the data folder and the person's own; the file at @path, NULL:
 * kept nowhere. Errors: of the use cases. */
SyAssumptions   *sy_assumptions_new           (const char *path, GError **error);

/* The same with the file where it belongs. */
SyAssumptions   *sy_assumptions_new_own       (GError **error);

/* What @text states (steelyard.assumptions/1); kept nowhere. @name stands for it in
 * messages. Errors: also those of sy_assumption_set_parse(). */
SyAssumptions   *sy_assumptions_new_text      (const char *name, const char *text, GError **error);

/* All that is stated, as such a text. (transfer full) */
char            *sy_assumptions_dup_text      (SyAssumptions *self);

/* What @other states, but for what was measured; kept nowhere, and from then on its
 * own. */
SyAssumptions   *sy_assumptions_new_copy      (SyAssumptions *other, GError **error);
SyUseCaseBook   *sy_assumptions_get_book      (SyAssumptions *self); /* (transfer none) */

/* Why the file could not be read, or not be written; NULL: it could. (transfer none) */
const GError    *sy_assumptions_get_error     (SyAssumptions *self);

/* NULL: none chosen yet. FALSE, and no change, for an id that is none. */
gboolean         sy_assumptions_set_use_case  (SyAssumptions *self, const char *id);
const SyUseCase *sy_assumptions_get_use_case  (SyAssumptions *self); /* (transfer none) (nullable) */

/* @order: ids of criteria, the most important first, each once (NULL-terminated);
 * NULL: as the use case has it. FALSE, and no change, for what is no such order. */
gboolean         sy_assumptions_set_order     (SyAssumptions *self, const char *const *order);
gboolean         sy_assumptions_has_own_order (SyAssumptions *self);

/* (element-type utf8) (transfer container): ids; empty when nothing is stated */
GPtrArray       *sy_assumptions_dup_order     (SyAssumptions *self);

/* @name: "A.salary", "discount", "slo_threshold", … (sy-assumption-parameter.h).
 * Fills @ret with what is stated, else what the use case says, else the default;
 * its source is borrowed until the next change. FALSE: not known, or no such
 * name. */
gboolean         sy_assumptions_get           (SyAssumptions *self, const char *name, SyAssumption *ret);
gboolean         sy_assumptions_is_stated     (SyAssumptions *self, const char *name);

/* Errors: SY_ERROR_INVALID for a name that is none, a value that cannot be, or a
 * range that the value is not in. */
gboolean         sy_assumptions_set           (SyAssumptions *self, const char *name, const SyAssumption *value, GError **error);
void             sy_assumptions_clear         (SyAssumptions *self, const char *name);

/* Of a day: as sy_traffic_shape_parse(); NULL: as the use case has it. FALSE, and
 * no change, for what is none. Without both the shape is our default. */
gboolean         sy_assumptions_set_shape     (SyAssumptions *self, const char *text);
const char      *sy_assumptions_get_shape     (SyAssumptions *self, SyEvidenceClass *ret_class);

gboolean         sy_assumptions_set_currency  (SyAssumptions *self, const char *code); /* FALSE: not of ISO 4217 */
const char      *sy_assumptions_get_currency  (SyAssumptions *self);

/* Bit y: a forced upgrade of the runtime in year y. */
void             sy_assumptions_set_upgrade_years (SyAssumptions *self, guint side, guint years);
guint            sy_assumptions_get_upgrade_years (SyAssumptions *self, guint side);

void             sy_assumptions_set_answer    (SyAssumptions *self, const char *criterion, const char *item, guint side,
                                               SyCheckAnswer answer);
SyCheckAnswer    sy_assumptions_get_answer    (SyAssumptions *self, const char *criterion, const char *item, guint side);

/* A score for @side instead of its checklist, NAN: none; what it may be off by
 * (both sides), NAN: as sy_criterion_half_width() and the checklist say; why. */
void             sy_assumptions_set_score      (SyAssumptions *self, const char *criterion, guint side, double score);
void             sy_assumptions_set_half_width (SyAssumptions *self, const char *criterion, double half_width);
void             sy_assumptions_set_reason     (SyAssumptions *self, const char *criterion, const char *reason);

/* (transfer none) (nullable): nothing judged */
const SyJudgement *sy_assumptions_get_judgement (SyAssumptions *self, const char *criterion);

/* 0 … 100 of @side: the score, else the checklist without the lines whose factor is
 * one of @paid (nullable) (element-type utf8); NAN while nothing is answered.
 * @ret_half_width is how far off it may be. */
double           sy_assumptions_get_value      (SyAssumptions *self, const char *criterion, guint side, const GPtrArray *paid,
                                                double *ret_half_width);

/* Writes at once what is not yet written. Errors: SY_ERROR_FAILED. */
gboolean         sy_assumptions_save           (SyAssumptions *self, GError **error);

G_END_DECLS
