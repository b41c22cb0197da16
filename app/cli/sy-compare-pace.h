/* sy-compare-pace.h: how finely a comparison of so long a time is cut
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Windows are a fifteenth of the time, between one and ten seconds, and there are
 * four scrapes or more to each; a quarter of the time, at most a minute, goes to
 * warming up where a process is young. */
typedef struct {
  gint64 window_us;
  gint64 scrape_us;
  gint64 rate_us;   /* that rates are over: within a window */
  double warm_up;   /* seconds */
} SyComparePace;

/* @warm_up: seconds that were asked for; below 0: nobody said. */
SyComparePace sy_compare_pace (gint64 duration_us, double warm_up);

G_END_DECLS
