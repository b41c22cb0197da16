/* sy-signal-plan.h: which series feed which number
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-recogniser.h"

G_BEGIN_DECLS

/* Sums over series that a reading is made of, in the unit of the target. */
typedef enum {
  SY_INPUT_FINISHED,       /* counter: requests answered */
  SY_INPUT_ERRORS,         /* counter */
  SY_INPUT_STARTED,        /* counter, for started minus finished */
  SY_INPUT_ENDED,          /* counter, for started minus finished */
  SY_INPUT_CPU,            /* counter: seconds */
  SY_INPUT_LOOP_ACTIVE,    /* counter: seconds */
  SY_INPUT_LOOP_TIME,      /* counter: seconds, active or not */
  SY_INPUT_DURATION_COUNT, /* counter */
  SY_INPUT_DURATION_SUM,   /* may fall in theory */
  SY_INPUT_CPU_SHARE,      /* gauges from here on */
  SY_INPUT_IN_FLIGHT,
  SY_INPUT_RSS,
  SY_INPUT_LOOP_LAG,
  SY_INPUT_LOOP_SHARE,
  SY_INPUT_WORKERS,
  SY_INPUT_WORKERS_BUSY,
  SY_INPUT_QUEUE,
  SY_INPUT_THREADS,
  SY_INPUT_START_TIME,
  SY_N_INPUTS,
  SY_N_COUNTERS = SY_INPUT_DURATION_SUM,
} SyInput;

typedef enum {
  SY_HISTOGRAM_DURATION,
  SY_HISTOGRAM_LOOP_LAG,
  SY_N_HISTOGRAMS,
} SyHistogram;

#define SY_N_QUANTILES 3 /* 0.5, 0.95, 0.99 */

/* What to do with the value of one series. */
typedef struct {
  guint32 inputs;       /* bits 1 << SyInput: add it there */
  gint8   histogram;    /* a bucket of this SyHistogram; -1: none */
  gint8   quantile;     /* a quantile of the duration summary; -1: none */
  guint8  is_known;     /* classified */
  guint8  is_no_error;  /* counted by status and not an error: errors are at least 0 */
} SySeriesUse;

/**
 * SySignalPlan:
 *
 * A mapping turned into work: made when the metrics of a target change, asked
 * once for each new series. Immutable but for the reference that it keeps.
 */
typedef struct {
  SyMapping  *mapping;             /* owned */
  GHashTable *sources;             /* owned, utf8 (owned) to GArray of sources */
  double      scale[SY_N_INPUTS];  /* to base units */
  gboolean    is_max[SY_N_INPUTS]; /* the largest series counts, not the sum */
  double      histogram_scale[SY_N_HISTOGRAMS];
  double      lag_floor;           /* seconds to subtract from the loop lag */
  SyHow       in_flight_how;
  gboolean    counts_scrape;       /* one in flight is ours */
  char       *status_metrics[3];   /* owned, nullable: samples that may tell the status, the best first */
  guint       status_rank;         /* the one that does; 3: none has so far */
} SySignalPlan;

SySignalPlan *sy_signal_plan_new      (SyMapping *mapping, const SyExposition *exposition);
void          sy_signal_plan_free     (SySignalPlan *self);

/* Whether both would treat all series alike: then sums stay comparable. */
gboolean      sy_signal_plan_equal    (const SySignalPlan *self, const SySignalPlan *other);

/* FALSE when @series shows that the plan must be made anew: it tells the status
 * of requests where none did before. */
gboolean      sy_signal_plan_classify (const SySignalPlan *self, const SySeries *series, SySeriesUse *ret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SySignalPlan, sy_signal_plan_free)

G_END_DECLS
