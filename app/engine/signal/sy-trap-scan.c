/* sy-trap-scan.c: the traps that one or two scrapes of a target show
 *
 * One scrape shows:
 *
 * - milliseconds: the usual bounds for milliseconds (…, 250, …, 2500, …) in a
 *   metric of seconds, or those for seconds (0.25, 2.5) in one of milliseconds
 * - summary-percentiles, lifetime-percentiles: a summary with quantiles is what
 *   durations, waits or lags are read from
 * - lifetime-percentiles: no histogram of durations is there, but percentiles of
 *   a time that no signal is read from, whatever their type says
 * - averaged-percentiles: event-loop metrics without a start time are what
 *   prom-client's AggregatorRegistry makes of several workers
 * - scrape-traffic: a series of a route that only scrapers ask for
 *
 * Two scrapes show:
 *
 * - other-workers: an older process answers after a younger one, which a restart
 *   cannot do
 * - cached-metrics: every value is the same, among them one that the scrape
 *   itself changes: requests for the route of the metrics, or CPU time that is
 *   told finer than the kernel's hundredths of a second
 * - scrape-gauge, perhaps: one in flight, twice, while no request finished
 * - scrape-traffic, perhaps: no route is told and exactly one request came
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-trap-scan.h"

#include <math.h>
#include <string.h>

#include "sy-mapping-private.h"
#include "sy-trap.h"
#include "sy-unit.h"

/* What the samples of one name add up to. */
typedef struct {
  double sum;       /* NAN: there is none */
  double others;    /* of the series that are no scrapes; NAN: there is none */
  double scrapes;   /* of the series that are; NAN: there is none */
} Total;

static double
plus (double sum,
      double value)
{
  return isnan (sum) ? value : sum + value;
}

static Total
add_up (const SyMapping    *mapping,
        const SyExposition *exposition,
        const char         *name)
{
  Total total = { NAN, NAN, NAN };
  guint n;
  const SySample *samples = sy_exposition_get_samples (exposition, &n);

  for (guint i = 0; i < n; i++)
    {
      if (strcmp (samples[i].series->name, name) != 0)
        continue;

      total.sum = plus (total.sum, samples[i].value);
      if (sy_mapping_is_own_route (mapping, samples[i].series))
        total.scrapes = plus (total.scrapes, samples[i].value);
      else
        total.others = plus (total.others, samples[i].value);
    }

  return total;
}

/* The name of the samples that count the requests; NULL: nothing does. */
static char *
dup_request_counter (const SyMapping *mapping)
{
  const SySignal *signal = sy_mapping_find (mapping, "responses");

  if (signal == NULL)
    signal = sy_mapping_find (mapping, "requests");
  if (signal == NULL)
    return NULL;

  return signal->how == SY_HOW_COUNTER ? g_strdup (signal->metric) : g_strconcat (signal->metric, "_count", NULL);
}

static void
scan_bounds (const SySignal     *signal,
             const SyExposition *exposition,
             GPtrArray          *ret)
{
  g_autofree char *name = g_strconcat (signal->metric, "_bucket", NULL);
  gboolean has_250 = FALSE, has_2500 = FALSE, has_quarter = FALSE, has_two_and_half = FALSE;
  double highest = 0;
  guint n;
  const SySample *samples = sy_exposition_get_samples (exposition, &n);

  for (guint i = 0; i < n; i++)
    {
      double le = samples[i].series->le;

      if (!isfinite (le) || strcmp (samples[i].series->name, name) != 0)
        continue;

      highest = MAX (highest, le);
      has_250 = has_250 || fabs (le - 250) < 1e-9;
      has_2500 = has_2500 || fabs (le - 2500) < 1e-9;
      has_quarter = has_quarter || fabs (le - 0.25) < 1e-9;
      has_two_and_half = has_two_and_half || fabs (le - 2.5) < 1e-9;
    }

  if ((g_str_equal (signal->unit, "s") && has_250 && has_2500)
      || (g_str_equal (signal->unit, "ms") && has_quarter && has_two_and_half && highest <= 60))
    sy_trap_list_add (ret, SY_TRAP_MILLISECONDS, signal->metric);
}

static void
scan_summary (const SySignal     *signal,
              const SyExposition *exposition,
              GPtrArray          *ret)
{
  const SySeries *first = NULL;
  guint n;
  const SySample *samples = sy_exposition_get_samples (exposition, &n);

  for (guint i = 0; i < n; i++)
    {
      const SySeries *series = samples[i].series;

      if (isnan (series->quantile) || strcmp (series->name, signal->metric) != 0)
        continue;

      sy_trap_list_add (ret, SY_TRAP_LIFETIME, signal->metric);
      if (first == NULL)
        first = series;
      else if (fabs (series->quantile - first->quantile) < 1e-12)
        sy_trap_list_add (ret, SY_TRAP_SUMMARY, signal->metric);
    }
}

/* Whether percentiles of that role are shown as they come. */
static gboolean
is_time (const SySignal *signal)
{
  return g_str_has_prefix (signal->role, "duration") || g_str_has_prefix (signal->role, "loop_lag")
         || g_str_equal (signal->role, "queue_wait");
}

static void
scan_durations (const SyMapping    *mapping,
                const SyExposition *exposition,
                GPtrArray          *ret)
{
  for (guint i = 0; i < sy_mapping_get_n_signals (mapping); i++)
    {
      const SySignal *signal = sy_mapping_get_signal (mapping, i);

      if (signal->how == SY_HOW_SUMMARY && is_time (signal))
        scan_summary (signal, exposition, ret);
      else if (signal->how == SY_HOW_HISTOGRAM && g_str_equal (signal->role, "duration"))
        scan_bounds (signal, exposition, ret);
    }
}

/* By the unit in its name, or else by the usual words. */
static gboolean
sounds_like_a_duration (const char *name)
{
  const char *unit = sy_unit_of_name (name);

  if (unit != NULL)
    return sy_unit_compatible (unit, "s");

  return strstr (name, "duration") != NULL || strstr (name, "latency") != NULL || strstr (name, "response_time") != NULL;
}

static gboolean
is_read (const SyMapping *mapping,
         const char      *metric)
{
  for (guint i = 0; i < sy_mapping_get_n_signals (mapping); i++)
    if (g_str_equal (sy_mapping_get_signal (mapping, i)->metric, metric))
      return TRUE;

  return FALSE;
}

/* Who finds no histogram looks at these next: percentiles as gauges, or of no
 * declared type, come from a digest of the target's own, like a summary's. */
static void
scan_loose_quantiles (const SyMapping    *mapping,
                      const SyExposition *exposition,
                      GPtrArray          *ret)
{
  const char *last = NULL;
  guint n;
  const SySample *samples = sy_exposition_get_samples (exposition, &n);

  if (sy_mapping_find (mapping, "duration") != NULL)
    return;

  for (guint i = 0; i < n; i++)
    {
      const SySeries *series = samples[i].series;

      if (isnan (series->quantile) || series->name == last)
        continue;

      last = series->name;
      if (sounds_like_a_duration (last) && !is_read (mapping, last))
        sy_trap_list_add (ret, SY_TRAP_LIFETIME, last);
    }
}

static void
scan_averages (const SyMapping *mapping,
               GPtrArray       *ret)
{
  if (sy_mapping_find (mapping, "start_time") != NULL)
    return;

  for (guint i = 0; i < sy_mapping_get_n_signals (mapping); i++)
    {
      const SySignal *signal = sy_mapping_get_signal (mapping, i);

      if (g_str_has_prefix (signal->role, "loop_lag") && strstr (signal->metric, "nodejs_eventloop_lag_") != NULL)
        sy_trap_list_add (ret, SY_TRAP_AVERAGED, signal->metric);
    }
}

static void
scan_scrapes (const SyMapping    *mapping,
              const SyExposition *exposition,
              GPtrArray          *ret)
{
  const SyMappedSignal *in_flight = sy_mapping_find_mapped (mapping, "inflight");
  g_autofree char *counter = dup_request_counter (mapping);

  if (in_flight != NULL && in_flight->counts_scrape)
    sy_trap_list_add (ret, SY_TRAP_SCRAPE_GAUGE, in_flight->signal.metric);
  if (counter != NULL && !isnan (add_up (mapping, exposition, counter).scrapes))
    sy_trap_list_add (ret, SY_TRAP_SCRAPE_TRAFFIC, counter);
}

/* The youngest of the processes that answer together; NAN: not told. */
static double
find_start_time (const SyMapping    *mapping,
                 const SyExposition *exposition)
{
  const SySignal *signal = sy_mapping_find (mapping, "start_time");
  double start_time = NAN;
  guint n;
  const SySample *samples = sy_exposition_get_samples (exposition, &n);

  for (guint i = 0; signal != NULL && i < n; i++)
    if (strcmp (samples[i].series->name, signal->metric) == 0)
      start_time = fmax (start_time, samples[i].value);

  return start_time;
}

static gboolean
is_same (const SyExposition *before,
         const SyExposition *now)
{
  guint n, n_before;
  const SySample *samples = sy_exposition_get_samples (now, &n);
  const SySample *others = sy_exposition_get_samples (before, &n_before);

  if (n == 0 || n != n_before)
    return FALSE;

  for (guint i = 0; i < n; i++)
    if (samples[i].series != others[i].series
        || (samples[i].value != others[i].value && !(isnan (samples[i].value) && isnan (others[i].value))))
      return FALSE;

  return TRUE;
}

/* Whether a scrape alone would have changed something. */
static gboolean
must_change (const SyMapping    *mapping,
             const SyExposition *exposition)
{
  const SySignal *cpu = sy_mapping_find (mapping, "cpu");
  g_autofree char *counter = dup_request_counter (mapping);

  if (counter != NULL && add_up (mapping, exposition, counter).scrapes > 0)
    return TRUE;

  if (cpu != NULL && cpu->how == SY_HOW_COUNTER)
    {
      double hundredths = add_up (mapping, exposition, cpu->metric).sum * cpu->scale * 100;

      return fabs (hundredths - round (hundredths)) > 1e-6;
    }

  return FALSE;
}

/* How many requests came, in @growth; FALSE when that is not known. */
static gboolean
find_growth (const SyMapping    *mapping,
             const SyExposition *before,
             const SyExposition *now,
             double             *growth,
             gboolean           *tells_scrapes)
{
  g_autofree char *counter = dup_request_counter (mapping);
  Total first, second;

  if (counter == NULL)
    return FALSE;

  first = add_up (mapping, before, counter);
  second = add_up (mapping, now, counter);
  *growth = (isnan (second.others) ? 0 : second.others) - (isnan (first.others) ? 0 : first.others);
  *tells_scrapes = !isnan (second.scrapes);

  return !isnan (second.sum);
}

static void
scan_stillness (const SyMapping    *mapping,
                const SyExposition *before,
                const SyExposition *now,
                GPtrArray          *maybe)
{
  const SyMappedSignal *in_flight = sy_mapping_find_mapped (mapping, "inflight");
  g_autofree char *counter = dup_request_counter (mapping);
  gboolean tells_scrapes;
  double growth;

  if (!find_growth (mapping, before, now, &growth, &tells_scrapes))
    return;

  if (in_flight != NULL && in_flight->signal.how == SY_HOW_GAUGE && !in_flight->counts_scrape && growth <= 1
      && add_up (mapping, before, in_flight->signal.metric).sum == 1
      && add_up (mapping, now, in_flight->signal.metric).sum == 1)
    sy_trap_list_add (maybe, SY_TRAP_SCRAPE_GAUGE, in_flight->signal.metric);

  if (!tells_scrapes && growth == 1)
    sy_trap_list_add (maybe, SY_TRAP_SCRAPE_TRAFFIC, counter);
}

void
sy_trap_scan (const SyMapping    *mapping,
              const SyExposition *exposition,
              GPtrArray          *ret)
{
  scan_durations (mapping, exposition, ret);
  scan_loose_quantiles (mapping, exposition, ret);
  scan_averages (mapping, ret);
  scan_scrapes (mapping, exposition, ret);
}

void
sy_trap_scan_change (const SyMapping    *mapping,
                     const SyExposition *before,
                     const SyExposition *now,
                     GPtrArray          *sure,
                     GPtrArray          *maybe)
{
  if (find_start_time (mapping, now) < find_start_time (mapping, before))
    sy_trap_list_add (sure, SY_TRAP_OTHER_WORKERS, sy_mapping_find (mapping, "start_time")->metric);

  if (is_same (before, now) && must_change (mapping, now))
    sy_trap_list_add (sure, SY_TRAP_CACHED, "");

  scan_stillness (mapping, before, now, maybe);
}
