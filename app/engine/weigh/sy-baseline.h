/* sy-baseline.h: one backend before and after
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-comparison.h"

G_BEGIN_DECLS

/* Now is @value[0], the baseline @value[1], and ratios are of now over it. */
typedef struct {
  SyVerdictState state;  /* A_AHEAD: better than the baseline; B_AHEAD: worse; NOT_COMPARABLE: another load */
  guint          n[2];   /* windows */
  double         value[2]; /* of the typical window, seconds; NAN: there is none */
  double         load[2];  /* requests/s, the mean */
  double         ratio;  /* NAN in what follows: not known */
  double         low;    /* where it lies, at every look */
  double         high;
} SyBaselineEffect;

/* Windows of @windows (element-type SyTimeWindow) that lie in the baseline, from
 * @from_us to @to_us, against those after it, from the last restart on. Both means
 * have an interval of their own, at alpha / 2, that holds however often one looks, and
 * the difference lies within both together: nothing is assumed of pairs, of which
 * there are none. @min_effect: a difference below it does not matter. Where a
 * quantile seems equal and the mean does not, it is TOO_CLOSE. */
void sy_baseline_compare (const GArray *windows, gint64 from_us, gint64 to_us, SyMetric metric, double min_effect,
                          SyBaselineEffect *ret);

G_END_DECLS
