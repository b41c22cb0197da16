/* sy-time-window.h: what a stretch of time of one backend says
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-history.h"

G_BEGIN_DECLS

/* The unit of evidence: requests of one window are not independent of each
 * other, windows nearly are. From after @from_us up to and with @to_us. NAN and
 * SY_QUANTILE_NONE: not known. */
typedef struct {
  gint64     from_us;
  gint64     to_us;
  gint64     reach_us;     /* its means begin so much before @from_us */
  guint      n_samples;    /* readings that have rates */
  guint      n_gaps;       /* stretches without values that reach into it */
  guint      n_changes;    /* restarts and resets within it */
  guint      n_excluded;   /* ranges that a person excluded and that reach into it */
  double     requests;     /* answered */
  double     throughput;   /* requests/s, the mean */
  double     error_ratio;  /* errors over requests */
  double     in_flight;    /* mean */
  double     cpu_cores;    /* mean */
  double     rss;          /* bytes, the last */
  double     latency_mean; /* seconds, over its requests */
  SyQuantile p50;          /* seconds, over its requests; these need durations */
  SyQuantile p95;
  SyQuantile p99;
  double     slo_share;    /* of its requests within the SLO; needs durations */
} SyTimeWindow;

void     sy_time_window_init          (SyTimeWindow *self);

/* Reads what @history holds of the window. Rates are of the time before their
 * sample, so a sample belongs to the window that ends at or after it. */
void     sy_time_window_read          (SyHistory *history, gint64 from_us, gint64 to_us, SyTimeWindow *ret);

/* The same where each rate is over @span_us before its sample: those that begin
 * within the window count, and where none does the last of it alone, which then
 * reaches back. @span_us 0: not known. */
void     sy_time_window_read_spans    (SyHistory *history, gint64 from_us, gint64 to_us, gint64 span_us, SyTimeWindow *ret);

/* Adds what only a histogram tells: @durations are the requests of this window
 * and no others. @slo in seconds (NAN: none); where it is no bucket's bound the
 * share is a lower bound. */
void     sy_time_window_set_durations (SyTimeWindow *self, const SyBuckets *durations, double slo);

/* Whether it may be compared: it has requests, neither gaps nor changes, and
 * nothing of it is excluded. */
gboolean sy_time_window_is_whole      (const SyTimeWindow *self);

/* The share of @durations at or under @bound: exact where that is a bucket's
 * bound, else at least. NAN without observations. */
double   sy_durations_share      (const SyBuckets *durations, double bound);

G_END_DECLS
