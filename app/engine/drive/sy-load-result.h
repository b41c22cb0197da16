/* sy-load-result.h: what a load found
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-load-tally.h"
#include "sy-workload.h"

G_BEGIN_DECLS

/* One target, each second. Counters count from the start; quantiles are of the
 * last second. Strings are borrowed. */
typedef struct {
  const char *target;      /* its origin */
  double      t;           /* seconds since 1970 */
  guint64     offered;
  guint64     sent;
  guint64     answered;
  guint64     dropped;
  guint64     errors;
  guint       in_flight;   /* due and not ended, those that wait for a connection included */
  double      p50;         /* seconds, of response; NAN: nothing ended */
  double      p99;
  double      late_p99;
} SyLoadTick;

/**
 * SyLoadSummary:
 *
 * One target at the end. `aborted` is NULL, "error-share" (more than half of
 * what ended in each of five seconds failed), "bandwidth" (the byte cap) or
 * "stopped" (somebody asked).
 */
typedef struct {
  char        *target;            /* owned; its origin */
  char        *url;               /* owned; as it was given, for eyes */
  SyWorkload  *workload;          /* owned; names the classes */
  SyLoadTally *total;             /* owned; the sum of the classes */
  SyLoadTally *classes;           /* owned; workload->n_classes of them */
  double       from;              /* when the load that counts began, seconds since 1970 */
  double       duration;          /* seconds of load that count: without the warm-up and the wait for the last answers */
  double       generator_cpu;     /* cores this generator used, for all targets */
  double       foreign_cores;     /* cores others used; NAN unknown */
  gboolean     generator_limited; /* the generator was too late or too busy: no verdict from this */
  const char  *aborted;           /* static, nullable */
} SyLoadSummary;

void   sy_load_summary_free          (SyLoadSummary *self);

/* Answers per second of load. */
double sy_load_summary_get_throughput (const SyLoadSummary *self);

/* Mean number outstanding while the load lasted, from the intended start. */
double sy_load_summary_get_in_flight  (const SyLoadSummary *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyLoadSummary, sy_load_summary_free)

G_END_DECLS
