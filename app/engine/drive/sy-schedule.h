/* sy-schedule.h: when each request is due, drawn before the run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-workload.h"

G_BEGIN_DECLS

typedef struct {
  gint64  at_us;       /* from the start of the run; never decreasing */
  float   io;          /* seconds, drawn for this request */
  float   cpu;
  guint16 class_index; /* of the workload */
} SyArrival;

/**
 * SySchedule:
 *
 * The arrivals of one run. All targets of a run are asked the same requests at
 * the same times (common random numbers), so that a difference between them is
 * theirs and not that of the dice. Immutable.
 */
typedef struct {
  SyArrival *arrivals; /* owned */
  gsize      n;
  gint64     duration_us;
} SySchedule;

/* @rates (requests/s, each > 0) have equal shares of @duration_us. The same
 * arguments give the same schedule on every machine; times, classes and
 * durations are drawn from streams of their own, so the n-th request stays
 * the same when only the rate changes. (transfer full) */
SySchedule *sy_schedule_new  (const SyWorkload *workload,
                              const double     *rates,
                              guint             n_rates,
                              gint64            duration_us,
                              guint64           seed);

void        sy_schedule_free (SySchedule *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SySchedule, sy_schedule_free)

G_END_DECLS
