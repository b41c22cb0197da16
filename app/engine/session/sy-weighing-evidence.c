/* sy-weighing-evidence.c: what else was measured beside what was compared
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shown, not tested: only one quantity is compared, or one of four would differ by
 * chance sooner or later.
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-weighing-evidence.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sy-order-statistic.h"

#define SECONDS_PER_MINUTE 60

/* In the words of SyEffect. */
static const struct {
  const char *what;
  double      share;
} quantiles[] = {
  { N_("p50 latency"), 0.5 },
  { N_("p95 latency"), 0.95 },
  { N_("p99 latency"), 0.99 },
};

static SyEvidence *
make (const SyVerdict *verdict,
      const char      *what,
      const char      *unit)
{
  SyEvidence *evidence = sy_evidence_new (SY_EVIDENCE_MEASURED, what);

  evidence->unit = g_strdup (unit);
  evidence->windows = verdict->time.n_windows;
  for (guint i = 0; i < 2; i++)
    evidence->requests[i] = verdict->requests[i];

  return evidence;
}

/* NULL: too few requests on a side, or no histogram. */
static SyEvidence *
make_quantile (SyWeighing *weighing,
               const char *what,
               double      share)
{
  const SyBuckets *durations[] = { sy_weighing_get_durations (weighing, 0), sy_weighing_get_durations (weighing, 1) };
  SyEvidence *evidence;

  for (guint i = 0; i < 2; i++)
    if (durations[i] == NULL || sy_buckets_get_count (durations[i]) < sy_order_min_n (share))
      return NULL;

  evidence = make (sy_weighing_get_verdict (weighing), _(what), "s");
  evidence->is_bounded = TRUE;
  for (guint i = 0; i < 2; i++)
    {
      const SyQuantile quantile = sy_buckets_quantile (durations[i], share);

      evidence->value[i] = quantile.estimate;
      evidence->low[i] = quantile.lower;
      evidence->high[i] = quantile.upper;
    }

  return evidence;
}

static SyEvidence *
make_throughput (const SyVerdict *verdict)
{
  SyEvidence *evidence;

  if (!(verdict->minutes > 0))
    return NULL;

  evidence = make (verdict, _("throughput"), "requests/s");
  for (guint i = 0; i < 2; i++)
    evidence->value[i] = verdict->requests[i] / (verdict->minutes * SECONDS_PER_MINUTE);

  return evidence;
}

/* Takes @evidence. */
static void
add (GPtrArray  *all,
     SyEvidence *evidence,
     guint       first)
{
  if (evidence == NULL)
    return;

  evidence->id = g_strdup_printf ("e%u", first + all->len);
  g_ptr_array_add (all, evidence);
}

GPtrArray *
sy_weighing_dup_evidence (SyWeighing *weighing,
                          guint       first)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_evidence_free);
  const SyVerdict *verdict = sy_weighing_get_verdict (weighing);

  if (verdict->time.n_windows == 0)
    return all;

  add (all, make_throughput (verdict), first);
  for (guint i = 0; i < G_N_ELEMENTS (quantiles); i++)
    if (g_strcmp0 (verdict->time.what, _(quantiles[i].what)) != 0)
      add (all, make_quantile (weighing, quantiles[i].what, quantiles[i].share), first);

  return all;
}
