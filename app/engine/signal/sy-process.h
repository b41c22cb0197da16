/* sy-process.h: what one process behind an address has said lately
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-buckets.h"
#include "sy-signal-plan.h"

G_BEGIN_DECLS

/* The sums of one scrape. */
typedef struct {
  gint64     monotonic_us;
  guint      generation;                 /* of the plan: only equal ones compare */
  double     values[SY_N_INPUTS];        /* in the target's units; NAN: no series */
  SyBuckets *histograms[SY_N_HISTOGRAMS]; /* owned, nullable; bounds in base units */
  double     quantiles[SY_N_QUANTILES];  /* of the duration summary, in the target's unit */
  guint      n_quantiles[SY_N_QUANTILES]; /* how many series told them */
} SySums;

SySums *sy_sums_new  (gint64 monotonic_us, guint generation);
void    sy_sums_free (SySums *self);

/* Adds the value of one series. */
void    sy_sums_add  (SySums *self, const SySignalPlan *plan, const SySeriesUse *use,
                      const SySeries *series, double value);

/**
 * SyProcess:
 *
 * The snapshots of one process within the window, oldest first. Not
 * thread-safe.
 */
typedef struct {
  double     start_time; /* wall seconds; NAN: not told */
  gint64     first_us;   /* monotonic, of the first and the last snapshot ever */
  gint64     last_us;
  gboolean   has_ended;  /* a younger process took its place */
  GPtrArray *snapshots;  /* owned, element-type SySums */
} SyProcess;

SyProcess    *sy_process_new        (double start_time);
void          sy_process_free       (SyProcess *self);

/* Whether a counter is lower in @snapshot than it was in the last one. */
gboolean      sy_process_has_fallen (const SyProcess *self, const SySums *snapshot);

/* Forgets all snapshots. */
void          sy_process_reset      (SyProcess *self);

/* Takes @snapshot (transfer full) and forgets what is older than @window_us,
 * but never the last one before. One of the same instant or later is replaced. */
void          sy_process_add        (SyProcess *self, SySums *snapshot, gint64 window_us);

/* The last snapshot, and the one that rates start from; NULL when there is
 * none. (transfer none) */
const SySums *sy_process_get_last   (const SyProcess *self);
const SySums *sy_process_get_base   (const SyProcess *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SySums, sy_sums_free)

G_END_DECLS
