/* sy-format.h: numbers as people read them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "sy-buckets.h"

G_BEGIN_DECLS

/**
 * Pure functions from base units to short, localised, translatable text.
 * Unknown (NAN) is an en dash, never a zero. Numbers and their units are joined
 * by a space that does not break. All results are (transfer full).
 *
 * Numbers have three significant digits: enough to compare, and steady enough
 * to be read while they change.
 */

typedef enum {
  SY_NUMBERS_LANGUAGE, /* as the locale says */
  SY_NUMBERS_COMMA,    /* "1,234.5" */
  SY_NUMBERS_SPACE,    /* "1 234.5", with a narrow space that does not break */
} SyNumberStyle;

/* How this process writes and reads numbers, the engine's sentences and the toolkit's
 * entries, too: it sets the locale, so it is called before other threads write any. */
void        sy_format_set_numbers  (SyNumberStyle style);

/* What stands between groups of three digits; "": nothing does. */
const char *sy_format_get_grouping (void);

/* "0", "8.2", "334", "1,204" */
char *sy_format_number          (double value);

/* @decimals digits after the point, for axes where all labels are alike. */
char *sy_format_decimals        (double value, int decimals);

/* "201/s" */
char *sy_format_rate            (double per_second);

/* "350 µs", "43 ms", "1.2 s", "3 min 5 s" */
char *sy_format_duration        (double seconds);

/* A percentile from buckets: its estimate, or "> 10 s" when all that is known
 * is that it lies beyond the last bound. */
char *sy_format_quantile        (const SyQuantile *quantile);

/* @ratio 0 … 1: "0 %", "0.41 %", "12 %" */
char *sy_format_percent         (double ratio);

/* "0.62 cores" */
char *sy_format_cores           (double cores);

/* "41.2 MB": what was measured, in the powers of ten that axes have too */
char *sy_format_bytes           (double bytes);

/* "8.0 GiB": what is sold, in powers of two */
char *sy_format_memory_size     (double bytes);

/* "$0.38", "CHF 12": @currency is ISO 4217. Small amounts keep two significant
 * digits. */
char *sy_format_money           (double amount, const char *currency);
char *sy_format_money_decimals  (double amount, const char *currency, int decimals);
char *sy_format_money_per_hour  (double amount, const char *currency);
char *sy_format_money_per_million (double amount, const char *currency);

/* A whole number of the largest fitting unit: "7 s", "4 min", "2 h". */
char *sy_format_age             (gint64 age_us);

/* Local time of day of a wall time, "10:32:05". */
char *sy_format_time_of_day     (gint64 wall_us);

/* Local date and time of a wall time, "27 November 2026, 10:32"; "" where it has none. */
char *sy_format_date_time       (gint64 wall_us);

G_END_DECLS
