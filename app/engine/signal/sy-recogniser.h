/* sy-recogniser.h: which metric means what
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "sy-exposition.h"
#include "sy-trap.h"

G_BEGIN_DECLS

/* How a signal's number comes about. */
typedef enum {
  SY_HOW_NONE,                   /* the signal is not there */
  SY_HOW_GAUGE,
  SY_HOW_COUNTER,
  SY_HOW_HISTOGRAM,
  SY_HOW_SUMMARY,
  SY_HOW_STARTED_MINUS_FINISHED,
  SY_HOW_LITTLES_LAW,            /* rate of the duration sum */
  SY_HOW_DURATION_COUNT,         /* the count of a duration histogram serves as request counter */
} SyHow;

const char *sy_how_nick (SyHow how); /* "gauge", "started-minus-finished", "littles-law", … */

/**
 * SySignal:
 *
 * One role played by one metric of a target. Role names are those of the
 * recogniser files: requests, errors, duration, inflight, started, responses,
 * cpu, rss, loop_lag, loop_util, threads, workers, workers_busy, queue,
 * start_time and whatever else a file names for people to see. Derived signals
 * (@how: started-minus-finished, littles-law, duration-count) name the metric
 * they are computed from.
 */
typedef struct {
  char        *role;
  char        *metric; /* name of the sample (of the family for histograms and summaries) */
  SyMetricType type;
  char        *unit;   /* "s", "ms", "B", "1", … as the target counts */
  double       scale;  /* multiply to get base units: 0.001 for ms */
  SyHow        how;
} SySignal;

/* What adds a signal that a target does not have. Texts are English, for
 * people. */
typedef struct {
  char *role; /* that would be there */
  char *text; /* what to do */
  char *line; /* nullable: of configuration or code, to copy */
} SyAdvice;

/* What a person has decided about the metrics of one backend: sy-overrides.h. */
typedef struct _SyOverrides SyOverrides;

/**
 * SyMapping:
 *
 * What was recognised in one exposition. Immutable, reference-counted
 * atomically. Never NULL: of a target we know nothing about, the names are
 * NULL and there are no signals.
 */
typedef struct _SyMapping SyMapping;

SyMapping       *sy_mapping_ref           (SyMapping *self);
void             sy_mapping_unref         (SyMapping *self);
const char      *sy_mapping_get_exporter  (const SyMapping *self); /* "prom-client", nullable */
const char      *sy_mapping_get_runtime   (const SyMapping *self); /* "Node.js", nullable */
const char      *sy_mapping_get_framework (const SyMapping *self); /* "express", nullable */

/* The exporter's names were read in its documentation or source; no answer of a
 * running one has been compared yet. */
gboolean         sy_mapping_is_unconfirmed (const SyMapping *self);
guint            sy_mapping_get_n_signals (const SyMapping *self);
const SySignal  *sy_mapping_get_signal    (const SyMapping *self, guint index);

/* The signal that plays @role, the best first; NULL when there is none. */
const SySignal  *sy_mapping_find          (const SyMapping *self, const char *role);

/* What adds @role to a target of this kind; NULL when no file knows. Valid as long
 * as the mapping. */
const SyAdvice  *sy_mapping_find_advice   (const SyMapping *self, const char *role);

/* What the recogniser files say of the metrics of the target; valid as long as the mapping. */
guint            sy_mapping_get_n_traps   (const SyMapping *self);
const SyTrap    *sy_mapping_get_trap      (const SyMapping *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyMapping, sy_mapping_unref)

/**
 * SyRecogniser:
 *
 * The rules of all recogniser files, compiled. Immutable after loading,
 * reference-counted atomically, so workers may share one.
 */
typedef struct _SyRecogniser SyRecogniser;

/* Reads every *.json of @directory, which must be right, and of @own_directory
 * (nullable; need not exist), a person's own. There a file with a mistake is left
 * out and becomes a problem, and one of the same name as one of @directory
 * replaces that. Errors name file and place: SY_ERROR_INVALID, SY_ERROR_PARSE. */
SyRecogniser    *sy_recogniser_new                (const char *directory, const char *own_directory, GError **error);
SyRecogniser    *sy_recogniser_new_from_directory (const char *directory, GError **error);

/* What is wrong with the person's own files. (transfer none) (element-type GError) */
const GPtrArray *sy_recogniser_get_problems       (const SyRecogniser *self);
SyRecogniser    *sy_recogniser_ref                (SyRecogniser *self);
void             sy_recogniser_unref              (SyRecogniser *self);
SyMapping       *sy_recogniser_match              (const SyRecogniser *self, const SyExposition *exposition);

/* The same with what a person has decided (nullable): a role of @overrides is
 * played by its metric, or by none when that is not there or of another kind. */
SyMapping       *sy_recogniser_match_with         (const SyRecogniser *self, const SyExposition *exposition, SyOverrides *overrides);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyRecogniser, sy_recogniser_unref)

G_END_DECLS
