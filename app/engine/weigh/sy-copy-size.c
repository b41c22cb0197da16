/* sy-copy-size.c: what one copy takes of a machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Copies are counted in whole numbers, so a small error of what one takes could
 * double the price of one side alone. What is read here must not move with noise.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-copy-size.h"

#include <math.h>
#include <stdlib.h>

#include "sy-sensitivity.h"

/* All three ASSUMED. */
#define HIGH_QUANTILE 0.95
#define ASKED_SHARE 0.94 /* of the cores: what a machine of one core leaves to copies */
#define MEMORY_ROOM 1.25 /* at most 80 % of what is asked for is used */

/* Saturated processes of one core were measured at 0.98 to 1.04 cores. */
#define NEARLY_WHOLE 0.05

#define GIB (1024.0 * 1024.0 * 1024.0)

static int
compare_doubles (const void *a,
                 const void *b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* NAN: none is known. */
static double
find_high (GArray *values)
{
  if (values->len == 0)
    return NAN;

  qsort (values->data, values->len, sizeof (double), compare_doubles);
  return sy_sorted_quantile ((const double *) (gconstpointer) values->data, values->len, HIGH_QUANTILE);
}

static void
add_known (GArray *values,
           double  value)
{
  if (isfinite (value))
    g_array_append_val (values, value);
}

void
sy_copy_size_read (const SyTimeWindow *windows,
                   guint               n,
                   SyCopySize         *ret_size)
{
  g_autoptr (GArray) cores = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) bytes = g_array_new (FALSE, FALSE, sizeof (double));
  double whole;

  for (guint i = 0; i < n; i++)
    if (sy_time_window_is_whole (&windows[i]))
      {
        add_known (cores, windows[i].cpu_cores);
        add_known (bytes, windows[i].rss);
      }

  ret_size->n_windows = cores->len;
  ret_size->cores = fmax (find_high (cores), 1);
  ret_size->bytes = find_high (bytes);

  whole = round (ret_size->cores);
  if (fabs (ret_size->cores - whole) <= NEARLY_WHOLE * whole)
    ret_size->cores = whole;
}

SyPacking
sy_copy_size_pack (const SyCopySize *self,
                   const SyPrice    *machine)
{
  const gboolean by_memory = machine->memory > 0 && self->bytes > 0;
  const SyPackingRequest request = {
    .cores = machine->vcpu > 0 ? machine->vcpu : (double) NAN,
    .bytes = by_memory ? machine->memory : GIB,
    .request_cores = self->cores * ASKED_SHARE,
    .request_bytes = by_memory ? self->bytes * MEMORY_ROOM : 0,
    .max_pods = SY_PACKING_MAX_PODS,
  };

  return sy_packing (&request);
}
