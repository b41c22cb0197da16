/* sy-order-statistic.h: where a percentile lies, by counting
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The @lower th and @upper th smallest of n independent values hold the
 * percentile between them with the probability @coverage; counted from 1.
 * @upper is n + 1 where nothing bounds it from above. */
typedef struct {
  guint  lower;
  guint  upper;
  double coverage;
} SyOrderInterval;

/* For the quantile @p and at least @confidence, by the binomial distribution of
 * how many values lie below it; 0 for @lower where nothing bounds it from below.
 * H. A. David, H. N. Nagaraja, "Order Statistics" (2003), section 7.1. Requests
 * of a loaded server are not independent: then this is too sure of itself, and
 * intervals over windows are the ones to use. */
SyOrderInterval sy_order_interval     (guint n, double p, double confidence);

/* The fewest values that bound the quantile @p from above with 97.5 %. */
guint           sy_order_min_n        (double p);

/* Mean and half width of its 95 % interval from the means of @n_batches runs
 * of neighbours (batch means: A. M. Law, "Simulation Modeling and
 * Analysis", section 9.5); what does not fill the last run is left out. FALSE
 * with fewer than two batches or values than batches. */
gboolean        sy_batch_means        (const double *values, guint n, guint n_batches, double *ret_mean, double *ret_half_width);

G_END_DECLS
