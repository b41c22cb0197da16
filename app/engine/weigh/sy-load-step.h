/* sy-load-step.h: one stretch of a load on one backend, and what came of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-time-window.h"

G_BEGIN_DECLS

/* @counts[i] responses took at most @upper[i] seconds and more than @upper[i - 1]. */
typedef struct {
  guint    n;
  double  *upper;  /* owned */
  guint64 *counts; /* owned */
} SyLoadHistogram;

void   sy_load_histogram_clear    (SyLoadHistogram *self);
void   sy_load_histogram_merge    (SyLoadHistogram *self, const SyLoadHistogram *other);
double sy_load_histogram_count    (const SyLoadHistogram *self);
double sy_load_histogram_within   (const SyLoadHistogram *self, double seconds); /* how many took no longer */
double sy_load_histogram_quantile (const SyLoadHistogram *self, double q); /* seconds; NAN: empty */

typedef enum {
  SY_LOAD_RAMP,  /* looks for the capacity */
  SY_LOAD_BLOCK, /* is compared */
} SyLoadPhase;

/* Why a step does not hold; the first that applies. */
typedef enum {
  SY_LOAD_HOLDS,
  SY_LOAD_ABORTED,     /* most requests failed, or too many bytes */
  SY_LOAD_FAILS,       /* more errors than the objective allows */
  SY_LOAD_FALLS_SHORT, /* answers fewer than 98 % of what was due */
  SY_LOAD_TOO_SLOW,    /* surely not within the objective */
  SY_LOAD_QUEUES,      /* more and more are waiting */
  SY_LOAD_UNSEEN,      /* of a ramp: the generator was too late to tell */
  SY_LOAD_DISTURBED,   /* of a ramp: others used the machine each time it was tried */
} SyLoadLimit;

/* The response times that are asked for, seconds, and the share of errors that
 * is allowed; NAN: not asked for. */
typedef struct {
  double p95;
  double p99;
  double p999;
  double error_share;
} SyLoadObjective;

/**
 * SyLoadStep:
 *
 * A plain value that owns its histogram and texts. Times are seconds of
 * response as the client sees them, from the intended start; NAN: not known.
 * `server` is what the backend says of itself over the same time.
 */
typedef struct {
  SyLoadPhase     phase;
  guint           side;        /* which backend */
  guint           slot;        /* its part in a pair; that of a ramp is its side */
  guint           level;       /* of a block */
  guint           pair;
  guint           attempt;     /* 0, and up where it was disturbed */
  double          rate;        /* requests/s that were asked for */
  gint64          from_us;     /* monotonic, without the warm-up */
  gint64          to_us;
  double          offered;
  double          throughput;  /* answers/s */
  double          error_share; /* failed, dropped and unfinished of what was due */
  double          in_flight;   /* mean */
  double          in_flight_end;
  double          mean;
  double          p50;
  double          p95;
  double          p99;
  double          p999;
  double          late_p99;    /* of the generator alone */
  double          generator_cpu; /* cores */
  double          foreign_cores;
  gboolean        generator_limited;
  gboolean        disturbed;   /* others used more than SY_LOAD_FOREIGN */
  SyLoadLimit     limit;
  char           *aborted;     /* owned, nullable */
  SyLoadHistogram histogram;
  SyTimeWindow    server;
} SyLoadStep;

/* Cores used by others above which a block is not evidence. ASSUMED, from runs
 * whose conclusions did not survive a quiet machine. */
#define SY_LOAD_FOREIGN 0.15

SyLoadStep *sy_load_step_new   (void);
SyLoadStep *sy_load_step_copy  (const SyLoadStep *self);
void        sy_load_step_free  (SyLoadStep *self);

/* What the rules say of it; fills `limit` and `disturbed`. */
void        sy_load_step_judge (SyLoadStep *self, const SyLoadObjective *objective);

/* Counts as evidence: a block that nobody disturbed, of a generator in time. */
gboolean    sy_load_step_counts (const SyLoadStep *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyLoadStep, sy_load_step_free)

G_END_DECLS
