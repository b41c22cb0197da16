/* sy-column.h: one quantity over time, cheap to draw at any zoom
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A stretch of time with what it held. For a raw sample low == high == last. */
typedef struct {
  gint64 time_us; /* of the first sample in it */
  double low;     /* NAN: a gap begins here */
  double high;
  double last;
  guint  count;   /* finite samples */
} SySpan;

/**
 * SyTimes: the time column that all quantities of one target share.
 * SyColumn: values over such a time column, with min/max tiers (each tier
 * joins 8 spans of the one below), so that a query costs what it returns.
 *
 * NAN is a gap: never in a minimum or maximum, never joined across; infinities
 * are stored as NAN. Appending is amortised O(1). Bounded: beyond @max_samples
 * the oldest block is dropped. Not thread-safe.
 */
typedef struct _SyColumn SyColumn;
typedef struct _SyTimes SyTimes;

SyTimes    *sy_times_new        (guint max_samples); /* 0: 100 000; at least 64 */
SyTimes    *sy_times_ref        (SyTimes *self);
void        sy_times_unref      (SyTimes *self);
gboolean    sy_times_append     (SyTimes *self, gint64 time_us); /* strictly later than the last, else ignored and FALSE */
guint       sy_times_get_n      (const SyTimes *self);
gint64      sy_times_get        (const SyTimes *self, guint index);
gint64      sy_times_get_first  (const SyTimes *self); /* G_MININT64 when empty */
gint64      sy_times_get_last   (const SyTimes *self);
guint       sy_times_find       (const SyTimes *self, gint64 time_us); /* first index at or after */

SyColumn   *sy_column_new       (SyTimes *times);
void        sy_column_free      (SyColumn *self);

/* The value for the last time appended to the column's times. Times that got no
 * value are gaps; a second value for the same time is ignored. */
void        sy_column_append    (SyColumn *self, double value);
double      sy_column_get       (const SyColumn *self, guint index);

/* The value at the sample nearest to @time_us no further than @within_us; NAN
 * when there is none. @ret_time_us (out, optional) is that sample's time. */
double      sy_column_lookup    (const SyColumn *self, gint64 time_us, gint64 within_us, gint64 *ret_time_us);

/* Spans that cover [@from_us, @to_us] plus one sample on either side, raw when
 * at most @max_spans (at least 3) samples are inside, else at most @max_spans
 * min/max spans, whose first and last may reach beyond the range. A span with
 * count 0 is a gap. @ret (element-type SySpan) is emptied first. Extremes are
 * those of the raw data. */
void        sy_column_query     (const SyColumn *self, gint64 from_us, gint64 to_us, guint max_spans, GArray *ret);

/* How many spans tier @tier holds, each of 8^@tier samples; tier 0 is the samples
 * themselves. 0 beyond the last tier. */
guint       sy_column_get_n_spans (const SyColumn *self, guint tier);

/* Smallest and largest finite value in the range; FALSE when there is none. */
gboolean    sy_column_get_range (const SyColumn *self, gint64 from_us, gint64 to_us, double *ret_low, double *ret_high);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyColumn, sy_column_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyTimes, sy_times_unref)

G_END_DECLS
