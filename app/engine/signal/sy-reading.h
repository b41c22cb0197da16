/* sy-reading.h: the numbers of one backend at one instant
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-buckets.h"
#include "sy-recogniser.h"

G_BEGIN_DECLS

/* Why there is no value, or why a line may not be drawn across. */
typedef enum {
  SY_GAP_NONE,
  SY_GAP_FIRST,          /* a rate needs two scrapes */
  SY_GAP_DOWN,           /* the scrape failed; the reading's error says how */
  SY_GAP_LATE,
  SY_GAP_RESTART,        /* another, younger process */
  SY_GAP_OTHER_WORKER,   /* several processes answer this address in turn */
  SY_GAP_RESET,          /* a counter fell, the process did not say it restarted */
  SY_GAP_SUSPENDED,      /* we were asleep */
  SY_GAP_OVERRUN,
  SY_GAP_FORMAT_CHANGED,
} SyGap;

const char *sy_gap_nick (SyGap gap);

/**
 * SyReading:
 *
 * A plain value in base units. NAN: unknown. Rates span the time between the
 * two scrapes (@span_us) of the same process. Levels are of this instant.
 */
typedef struct {
  gint64     monotonic_us;
  gint64     wall_us;
  gint64     span_us;        /* 0 when there are no rates */
  SyGap      gap;

  double     throughput;     /* requests/s finished */
  double     errors;         /* errors/s: answers of class 5xx, or the target's own error counter */
  double     error_ratio;    /* errors / throughput, 0 … 1 */
  double     in_flight;
  SyHow      in_flight_how;
  SyQuantile p50, p95, p99;  /* seconds */
  double     latency_mean;   /* seconds */
  double     latency_count;  /* observations behind the percentiles */
  double     cpu_cores;      /* cores in use: rate of CPU seconds */
  double     rss;            /* bytes */
  double     loop_lag;       /* seconds */
  double     loop_utilisation; /* 0 … 1 */
  double     workers;        /* size of the pool */
  double     workers_busy;
  double     queue;          /* waiting, not yet started */
  double     threads;
  double     start_time;     /* wall seconds of the process' start: its identity */
} SyReading;

/* All values NAN, no gap. */
void sy_reading_init (SyReading *self);

G_END_DECLS
