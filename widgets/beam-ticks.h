/* beam-ticks.h: where people expect the lines of a grid
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Multiples of 1, 2 or 5 times a power of ten in [@low, @high], at most
 * @max_ticks. @ret (element-type double) is emptied first. Returns the step; 0
 * and no tick when the range is empty, not finite or @max_ticks is below 2. */
double beam_ticks_linear    (double  low,
                             double  high,
                             guint   max_ticks,
                             GArray *ret);

/* Where there is room 1, 2 and 5 of each decade, else whole decades, else every
 * n-th. @low must be above zero. Returns the number of ticks. A range within
 * one 1-2-5 step falls back to linear ticks. */
guint  beam_ticks_log       (double  low,
                             double  high,
                             guint   max_ticks,
                             GArray *ret);

/* The shortest of 1, 2, 5, 10, 15, 30 s, 1, 2, 5, 10, 15, 30 min, 1, 2, 3, 6, 12 h,
 * 1, 2, 7, 14, 28 d (then doubling) that gives at most @max_ticks over
 * @span_us; 0 when there is none. */
gint64 beam_ticks_time_step (gint64  span_us,
                             guint   max_ticks);

/* Times in [@from_us, @to_us] that are whole steps away from @anchor_us.
 * @ret (element-type gint64) is emptied first. Returns the step. */
gint64 beam_ticks_time      (gint64  from_us,
                             gint64  to_us,
                             gint64  anchor_us,
                             guint   max_ticks,
                             GArray *ret);

/* The nearest 1, 2 or 5 times a power of ten at or below, or at or above. */
double beam_ticks_floor_125 (double  value);
double beam_ticks_ceil_125  (double  value);

G_END_DECLS
