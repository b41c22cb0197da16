/* sy-trap-pair.c: the traps that only the comparison of two targets shows
 *
 * Bounds are compared in seconds. Bounds of one side that are a thousand times
 * those of the other are milliseconds taken for seconds, not other bounds.
 *
 * Two addresses of one process: scraped in turn at t1 < t2 < t3 < t4, whatever
 * only grows must read v1 <= v2 <= v3 <= v4. Of two processes under the same
 * load CPU time and the sum of durations do not fit between each other for
 * long, to the microsecond.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-trap-pair.h"

#include <math.h>
#include <string.h>

#include "sy-trap.h"

#define N_KNOWN 3

static const char *
duration_metric (const SyTrapSide *side)
{
  const SySignal *signal = side->mapping != NULL ? sy_mapping_find (side->mapping, "duration") : NULL;

  return signal != NULL ? signal->metric : "";
}

/* Whether the finite bounds of @a are @factor times those of @b. */
static gboolean
bounds_match (const SyBuckets *a,
              const SyBuckets *b,
              double           factor)
{
  guint n = sy_buckets_get_n (a);

  if (n != sy_buckets_get_n (b))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      double first = sy_buckets_get_bound (a, i);
      double second = sy_buckets_get_bound (b, i) * factor;

      if (isinf (first) && isinf (second))
        continue;
      if (fabs (first - second) > 1e-9 * MAX (fabs (first), fabs (second)))
        return FALSE;
    }

  return TRUE;
}

static void
scan_bounds (const SyTrapSide *a,
             const SyTrapSide *b,
             GPtrArray        *ret)
{
  const SyBuckets *first = a->durations;
  const SyBuckets *second = b->durations;

  /* without a finite bound there is nothing to differ */
  if (first == NULL || second == NULL || sy_buckets_get_n (first) < 2 || sy_buckets_get_n (second) < 2
      || bounds_match (first, second, 1))
    return;

  if (bounds_match (first, second, 1000))
    sy_trap_list_add (ret, SY_TRAP_MILLISECONDS, duration_metric (a));
  else if (bounds_match (second, first, 1000))
    sy_trap_list_add (ret, SY_TRAP_MILLISECONDS, duration_metric (b));
  else
    sy_trap_list_add (ret, SY_TRAP_BUCKET_EDGES, duration_metric (a));
}

static void
list_known (const SyTotals *totals,
            double          ret[N_KNOWN])
{
  ret[0] = totals->duration;
  ret[1] = totals->cpu;
  ret[2] = totals->requests;
}

static int
compare_times (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  gint64 first = (*(const SyTotals * const *) a)->monotonic_us;
  gint64 second = (*(const SyTotals * const *) b)->monotonic_us;

  return (first > second) - (first < second);
}

/* Whether whatever is told only grows along @sequence, and something that tells
 * processes apart is told: counts of requests are alike wherever the load is. */
static gboolean
only_grows (const SyTotals **sequence,
            guint            n)
{
  double before[N_KNOWN], now[N_KNOWN];
  gboolean is_telling = FALSE;

  list_known (sequence[0], before);
  for (guint i = 1; i < n; i++)
    {
      list_known (sequence[i], now);
      for (guint j = 0; j < N_KNOWN; j++)
        {
          if (isnan (before[j]) != isnan (now[j]) || now[j] < before[j])
            return FALSE;
          is_telling = is_telling || (j < N_KNOWN - 1 && now[j] > 0);
        }
      memcpy (before, now, sizeof before);
    }

  return is_telling;
}

gboolean
sy_trap_pair_is_same (const SyTrapSide *a,
                      const SyTrapSide *b)
{
  const SyTotals *sequence[] = { &a->totals[0], &a->totals[1], &b->totals[0], &b->totals[1] };
  double start_a = a->totals[1].start_time;
  double start_b = b->totals[1].start_time;

  if (a->totals[0].monotonic_us == 0 || b->totals[0].monotonic_us == 0)
    return FALSE;
  if (isnan (start_a) != isnan (start_b) || (!isnan (start_a) && fabs (start_a - start_b) > 1e-6))
    return FALSE;

  /* one after the other says nothing */
  if (a->totals[1].monotonic_us < b->totals[0].monotonic_us || b->totals[1].monotonic_us < a->totals[0].monotonic_us)
    return FALSE;

  g_qsort_with_data (sequence, G_N_ELEMENTS (sequence), sizeof sequence[0], compare_times, NULL);

  return only_grows (sequence, G_N_ELEMENTS (sequence));
}

void
sy_trap_pair_scan (const SyTrapSide *a,
                   const SyTrapSide *b,
                   GPtrArray        *ret)
{
  scan_bounds (a, b, ret);
}
