/* sy-break-even.h: where two curves change places
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-hosting.h"

G_BEGIN_DECLS

typedef double (*SyBreakEvenFunc) (double x, gconstpointer data);

typedef struct {
  double low;
  double high;
  guint  steps;         /* looked at on the way; a double change within one is not seen */
  gboolean logarithmic; /* steps of equal ratio; @low must be above 0 */
} SyBreakEvenRange;

/* The lowest x of @range at which @func changes its sign, and FALSE when it
 * does not: "none in range" is an answer. A stretch of zeros is a tie, not a
 * change; where the signs differ around one, a point of it. @func may jump. */
gboolean sy_break_even_find (SyBreakEvenFunc func, gconstpointer data, const SyBreakEvenRange *range, double *ret_x);

/* The monthly total of @plan at @n peaks from @low to @high requests/s, evenly
 * on a logarithmic axis; the steps of whole machines stay visible. */
void     sy_break_even_curve (const SyHostingPlan *plan, double low, double high, guint n,
                              double *ret_peaks, double *ret_totals);

/* The lowest peak between @low and @high requests/s at which @a and @b change
 * places in monthly cost. FALSE: none in range. */
gboolean sy_break_even_traffic (const SyHostingPlan *a, const SyHostingPlan *b, double low, double high, double *ret_peak);

G_END_DECLS
