/* sy-load-capacity.c: the load a backend has been seen to carry within its SLO
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-load-capacity.h"

#include <math.h>

#include "sy-beta-mixture.h"
#include "sy-law.h"

#define BIN_RATIO 1.1
#define ALPHA 0.05

/* Windows from which their spread says something. */
#define MIN_SPREAD 3

static int
compare_loads (gconstpointer a,
               gconstpointer b)
{
  const double x = (*(const SyTimeWindow *const *) a)->throughput;
  const double y = (*(const SyTimeWindow *const *) b)->throughput;

  return (x > y) - (x < y);
}

/* The windows of one bin: from the @first load up to a tenth more. */
static void
fill_bin (SyLoadBin                 *bin,
          const SyTimeWindow *const *windows,
          guint                      n)
{
  double within = 0, errors = 0, squares = 0, mean = 0, half;

  *bin = (SyLoadBin) { .n_windows = n };
  for (guint i = 0; i < n; i++)
    {
      bin->load += windows[i]->throughput / n;
      bin->requests += windows[i]->requests;
      within += windows[i]->slo_share * windows[i]->requests;
      errors += windows[i]->error_ratio * windows[i]->requests;
      mean += windows[i]->slo_share / n;
    }

  bin->share = within / bin->requests;
  bin->error_ratio = errors / bin->requests;
  sy_share_interval (within, bin->requests, ALPHA, fmax (100, bin->requests), &bin->share_low, &bin->share_high);
  if (n < MIN_SPREAD)
    return;

  for (guint i = 0; i < n; i++)
    squares += (windows[i]->slo_share - mean) * (windows[i]->slo_share - mean);
  half = sy_law_student_quantile (1 - ALPHA / 2, n - 1) * sqrt (squares / (n - 1) / n);
  bin->share_low = fmax (0, fmin (bin->share_low, mean - half));
  bin->share_high = fmin (1, fmax (bin->share_high, mean + half));
}

GArray *
sy_load_bins (const SyTimeWindow *windows,
              guint               n,
              double              target,
              double              max_errors)
{
  GArray *bins = g_array_new (FALSE, FALSE, sizeof (SyLoadBin));
  g_autoptr (GPtrArray) usable = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    if (sy_time_window_is_whole (&windows[i]) && windows[i].requests > 0 && !isnan (windows[i].slo_share))
      g_ptr_array_add (usable, (gpointer) &windows[i]);
  g_ptr_array_sort (usable, compare_loads);

  for (guint from = 0, to; from < usable->len; from = to)
    {
      const SyTimeWindow *const *all = (const SyTimeWindow *const *) (gconstpointer) usable->pdata;
      SyLoadBin bin;

      to = from + 1;
      while (to < usable->len && all[to]->throughput <= BIN_RATIO * all[from]->throughput)
        to++;

      fill_bin (&bin, all + from, to - from);

      /* Errors that are not known cannot be held against it. */
      bin.violates = bin.share_high < target || bin.error_ratio > max_errors;
      bin.meets = bin.share_low >= target && !(bin.error_ratio > max_errors);
      g_array_append_val (bins, bin);
    }

  return bins;
}

SyLoadCapacity
sy_load_capacity (const GArray *bins)
{
  SyLoadCapacity capacity = { SY_CAPACITY_UNKNOWN, NAN, INFINITY };

  for (guint i = 0; i < bins->len; i++)
    {
      const SyLoadBin *bin = &g_array_index (bins, SyLoadBin, i);

      if (bin->meets)
        {
          capacity.low = bin->load;
          capacity.high = INFINITY;
        }
      else if (bin->violates && isinf (capacity.high))
        capacity.high = bin->load;
    }

  if (!isnan (capacity.low))
    capacity.state = isinf (capacity.high) ? SY_CAPACITY_AT_LEAST : SY_CAPACITY_MEASURED;
  else if (bins->len > 0 && g_array_index (bins, SyLoadBin, 0).violates)
    capacity.state = SY_CAPACITY_BELOW;

  return capacity;
}

const char *
sy_capacity_state_nick (SyCapacityState state)
{
  static const char *const nicks[] = {
    [SY_CAPACITY_UNKNOWN] = "unknown",
    [SY_CAPACITY_AT_LEAST] = "at-least",
    [SY_CAPACITY_MEASURED] = "measured",
    [SY_CAPACITY_BELOW] = "below",
  };

  g_return_val_if_fail (state < G_N_ELEMENTS (nicks), NULL);

  return nicks[state];
}
