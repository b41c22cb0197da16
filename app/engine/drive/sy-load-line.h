/* sy-load-line.h: what a load that runs beside us says, read back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SY_LOAD_LINE_OTHER,   /* an event that this version does not know */
  SY_LOAD_LINE_TICK,
  SY_LOAD_LINE_SUMMARY,
} SyLoadLineKind;

/**
 * SyLoadLine:
 *
 * One line of `steelyard-cli drive --json` (steelyard.drive/1, see
 * sy-load-report.c). Counts and times as there; what is not known is NAN, and
 * members of a summary are 0, NULL or NAN in a tick. The histogram holds every
 * response: @counts[i] of them took at most @upper[i] seconds and more than
 * @upper[i - 1].
 */
typedef struct {
  SyLoadLineKind kind;
  char          *target;      /* owned, nullable */
  double         offered;
  double         answered;
  double         dropped;
  double         errors;
  double         unfinished;
  double         in_flight;   /* a tick: now; a summary: on average */
  double         duration;
  double         throughput;
  double         mean;
  double         service_p50;
  double         service_p99;
  double         late_generator_p99;
  double         generator_cpu;
  double         foreign_cores;
  gboolean       generator_limited;
  char          *aborted;     /* owned, nullable */
  guint          n_buckets;
  double        *upper;       /* owned */
  guint64       *counts;      /* owned */
} SyLoadLine;

/* Errors: SY_ERROR_PARSE (no JSON), SY_ERROR_INVALID (not of this schema).
 * (transfer full) */
SyLoadLine *sy_load_line_parse    (const char *text, gsize length, GError **error);
void        sy_load_line_free     (SyLoadLine *self);

/* All responses that were counted. */
double      sy_load_line_get_n    (const SyLoadLine *self);

/* Seconds, by nearest rank, the upper edge of its bucket; NAN without responses. */
double      sy_load_line_quantile (const SyLoadLine *self, double q);

/* The share of the responses of at most @seconds; NAN without responses. */
double      sy_load_line_share    (const SyLoadLine *self, double seconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyLoadLine, sy_load_line_free)

G_END_DECLS
