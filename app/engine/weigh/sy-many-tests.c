/* sy-many-tests.c: p-values of several tests at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-many-tests.h"

static int
compare_indirect (gconstpointer a,
                  gconstpointer b,
                  gpointer      user_data)
{
  const double *p = user_data;
  const double x = p[*(const guint *) a];
  const double y = p[*(const guint *) b];

  return (x > y) - (x < y);
}

void
sy_holm_adjust (double *p,
                guint   n)
{
  g_autofree guint *order = g_new (guint, n);
  double running = 0;

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) n, sizeof *order, compare_indirect, p);

  for (guint rank = 0; rank < n; rank++)
    {
      const double adjusted = MIN (1.0, p[order[rank]] * (n - rank));

      running = MAX (running, adjusted);
      p[order[rank]] = running;
    }
}
