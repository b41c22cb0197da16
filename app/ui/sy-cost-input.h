/* sy-cost-input.h: an assumption as a person reads and types it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-ownership-case.h"

G_BEGIN_DECLS

/* Where a row stands on the page. */
typedef enum {
  SY_COST_GROUP_TRAFFIC,
  SY_COST_GROUP_MACHINES,
  SY_COST_GROUP_TEAM,
  SY_COST_GROUP_RELEASE,
  SY_COST_GROUP_UPKEEP,
  SY_COST_GROUP_MONEY,
  SY_N_COST_GROUPS
} SyCostGroup;

/**
 * SyCostInput:
 *
 * What the page says of an input (sy-assumption-parameter.h): its title, its unit,
 * and what may be typed. Bounds are what makes sense at all; what is plausible is the
 * parameter's own range.
 */
typedef struct {
  const char *name;    /* of the parameter, without side */
  SyCostGroup group;
  const char *title;   /* untranslated */
  const char *unit;    /* untranslated, behind the number; %s: the currency */
  double      scale;   /* what is shown = value x scale */
  double      minimum; /* of the value */
  double      maximum;
  gboolean    is_exact; /* it has no range: one knows what one pays */
} SyCostInput;

/* All of them in the order of the page. */
const SyCostInput *sy_cost_inputs          (guint *ret_n);

/* @name with or without side ("A.salary") and remark. (nullable) */
const SyCostInput *sy_cost_input_find      (const char *name);

const char        *sy_cost_group_get_title (SyCostGroup group); /* translated */

/* "%", "USD a year". (transfer full) */
char              *sy_cost_input_dup_unit  (const SyCostInput *self, const char *currency);

/* "95,000 USD a year", "70 %"; "–" for NAN. (transfer full) */
char              *sy_cost_input_format    (const SyCostInput *self, double value, const char *currency);

/* The same in three significant digits: what was computed is not that exact. */
char              *sy_cost_input_format_short (const SyCostInput *self, double value, const char *currency);

/* What stands in the entry: the number alone, exact enough to be read back;
 * empty for NAN. (transfer full) */
char              *sy_cost_input_to_entry  (const SyCostInput *self, double value);

/* What was typed, in the notation of the locale or with a point. Empty is NAN:
 * not stated. Errors: SY_ERROR_INVALID, a sentence for people. */
gboolean           sy_cost_input_parse     (const SyCostInput *self, const char *text, double *ret_value, GError **error);

G_END_DECLS
