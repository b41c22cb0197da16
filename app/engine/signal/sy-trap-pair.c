/* sy-trap-pair.c: the traps that only the comparison of two targets shows
 *
 * Bounds are compared in seconds. Bounds of one side that are a thousand times
 * those of the other are milliseconds taken for seconds, not other bounds.
 *
 * Two addresses of one process: scraped in turn at t1 < t2 < t3 < t4, whatever
 * only grows must read v1 <= v2 <= v3 <= v4. Scrapes at the same moment have no
 * order; those must read the same, but for what grows in that moment. Of two
 * processes under the same load CPU time and the sum of durations do not agree
 * like that for long.
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
#define USEC_PER_SEC 1000000.0
#define TOGETHER_US 100000 /* scrapes closer than this have no order */

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

/* What each of the known may differ by while @seconds pass, at the rate at which
 * @a or @b grew, and by the way it is counted. */
static void
find_slack (const SyTrapSide *a,
            const SyTrapSide *b,
            double            seconds,
            double            ret[N_KNOWN])
{
  /* durations land when a request ends, CPU time comes in hundredths of a second */
  static const double counting[N_KNOWN] = { 0, 0.011, 2 };
  const SyTrapSide *sides[] = { a, b };

  memcpy (ret, counting, sizeof counting);
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      const SyTotals *totals = sides[i]->totals;
      double span = (double) (totals[1].monotonic_us - totals[0].monotonic_us) / USEC_PER_SEC;
      double before[N_KNOWN], now[N_KNOWN];

      list_known (&totals[0], before);
      list_known (&totals[1], now);
      for (guint j = 0; j < N_KNOWN && span > 0; j++)
        ret[j] = fmax (ret[j], counting[j] + (now[j] - before[j]) / span * seconds);
    }
}

/* Whether @first and the later @second may be of one process. */
static gboolean
may_follow (const SyTotals *first,
            const SyTotals *second,
            const double    slack[N_KNOWN])
{
  gboolean is_together = second->monotonic_us - first->monotonic_us < TOGETHER_US;
  double before[N_KNOWN], now[N_KNOWN];

  list_known (first, before);
  list_known (second, now);
  for (guint i = 0; i < N_KNOWN; i++)
    {
      if (isnan (before[i]) != isnan (now[i]) || before[i] > now[i] + (is_together ? slack[i] : 0))
        return FALSE;
      if (is_together && now[i] > before[i] + slack[i])
        return FALSE;
    }

  return TRUE;
}

/* Counts of requests are alike wherever the load is. */
static gboolean
tells_processes_apart (const SyTotals *totals)
{
  return totals->duration > 0 || totals->cpu > 0;
}

gboolean
sy_trap_pair_is_same (const SyTrapSide *a,
                      const SyTrapSide *b)
{
  const SyTotals *sequence[] = { &a->totals[0], &a->totals[1], &b->totals[0], &b->totals[1] };
  double start_a = a->totals[1].start_time;
  double start_b = b->totals[1].start_time;
  double slack[N_KNOWN];

  if (a->totals[0].monotonic_us == 0 || b->totals[0].monotonic_us == 0)
    return FALSE;
  if (isnan (start_a) != isnan (start_b) || (!isnan (start_a) && fabs (start_a - start_b) > 1e-6))
    return FALSE;

  /* one after the other says nothing */
  if (a->totals[1].monotonic_us < b->totals[0].monotonic_us || b->totals[1].monotonic_us < a->totals[0].monotonic_us)
    return FALSE;

  find_slack (a, b, (double) TOGETHER_US / USEC_PER_SEC, slack);
  g_qsort_with_data (sequence, G_N_ELEMENTS (sequence), sizeof sequence[0], compare_times, NULL);
  for (guint i = 0; i + 1 < G_N_ELEMENTS (sequence); i++)
    if (!may_follow (sequence[i], sequence[i + 1], slack))
      return FALSE;

  return tells_processes_apart (&a->totals[1]) && tells_processes_apart (&b->totals[1]);
}

void
sy_trap_pair_scan (const SyTrapSide *a,
                   const SyTrapSide *b,
                   GPtrArray        *ret)
{
  scan_bounds (a, b, ret);
}
