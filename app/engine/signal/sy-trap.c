/* sy-trap.c: metrics that look like something they are not
 *
 * The words for people, in one table, so that they can be translated where they
 * are shown; and lists that hold each trap once. A recogniser file may bring
 * codes and words of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-trap.h"

#include <string.h>

/* Marks what the interface translates; the engine itself stays English. */
#define N_(text) text

static const struct {
  const char *code;
  const char *message;
  const char *fix;
} words[] = {
  { SY_TRAP_OTHER_WORKERS,
    N_ ("Several processes answer this address in turn, and each counts only its own requests: totals jump and rates are a part of the truth"),
    N_ ("Let one answer for all: multiprocess mode of the Python client, AggregatorRegistry of prom-client; or watch each worker on a port of its own") },
  { SY_TRAP_LIFETIME,
    N_ ("The target computes these percentiles itself, over its own time, often everything since it started: they hardly move when the present changes"),
    N_ ("Export a histogram, or give the summary a window, such as maxAgeSeconds and ageBuckets in prom-client") },
  { SY_TRAP_LOOP_FLOOR,
    N_ ("perf_hooks samples the event loop every 10 ms and counts that interval: an idle process reads 0.010 s"),
    N_ ("Subtract 0.010 s, or use nodejs_eventloop_lag_seconds or the event-loop utilisation") },
  { SY_TRAP_LOOP_RESET,
    N_ ("The histogram behind it is emptied at every scrape: two scrapers take values away from each other"),
    N_ ("Let one scraper read this target, or use the event-loop utilisation") },
  { SY_TRAP_SCRAPE_GAUGE,
    N_ ("It is at least 1 whenever somebody looks: it counts the scrape that reads it"),
    N_ ("Use a gauge of the service's own requests that leaves out the route of the metrics, or subtract 1") },
  { SY_TRAP_CREATED,
    N_ ("This gauge is the Unix time at which another metric was created, not a quantity"),
    N_ ("Ignore it; ask the target for OpenMetrics, where it is not a metric of its own") },
  { SY_TRAP_MILLISECONDS,
    N_ ("The bounds of its buckets do not fit its unit: milliseconds are taken for seconds, or the other way round"),
    N_ ("Observe in the unit that the name says and choose bounds in that unit; until then set the unit under Signals") },
  { SY_TRAP_BUCKET_EDGES,
    N_ ("The two sides sort durations into different buckets: part of a difference between their percentiles is only the bounds"),
    N_ ("Give both the same bounds; until then compare means, and percentiles only with their bounds") },
  { SY_TRAP_SAME_SERVER,
    N_ ("Two of these addresses are answered by one and the same process"),
    N_ ("Remove one of them, or correct its address") },
  { SY_TRAP_CACHED,
    N_ ("Not even what every scrape changes has changed: somebody answers with a stored copy"),
    N_ ("Leave the metrics out of the cache, or ask less often than the copy is renewed") },
  { SY_TRAP_SCRAPE_TRAFFIC,
    N_ ("The scrapes themselves are counted as requests"),
    N_ ("Where a label tells the route they are left out here; in the target, leave the route of the metrics out of its counting") },
  { SY_TRAP_SUMMARY,
    N_ ("Percentiles of several series cannot be joined into one, nor averaged"),
    N_ ("Export a histogram: its buckets can be added up") },
  { SY_TRAP_AVERAGED,
    N_ ("These are means over the workers of a cluster: one blocked event loop hides behind the idle ones"),
    N_ ("Read each worker by itself, or aggregate with the maximum") },
  { SY_TRAP_REPEATED,
    N_ ("The same series stands in one answer more than once: only one of its values is used"),
    N_ ("Let the target list each series once; perhaps a collector is registered twice") },
  { SY_TRAP_FOREIGN_TIME,
    N_ ("It comes with a time that is more than ten minutes from ours: such values are left out"),
    N_ ("Leave the time out of the target's answers, or set both clocks right") },
  { SY_TRAP_LIBUV,
    N_ ("These are requests of libuv (files, DNS), not HTTP requests in flight"),
    N_ ("Add a gauge of requests in flight, or let the duration histogram give it by Little's law") },
};

gboolean
sy_trap_find_words (const char  *code,
                    const char **message,
                    const char **fix)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].code, code) == 0)
      {
        *message = words[i].message;
        *fix = words[i].fix;
        return TRUE;
      }

  return FALSE;
}

SyTrap *
sy_trap_new (const char *code,
             const char *metric,
             const char *message,
             const char *fix)
{
  SyTrap *self;

  if (message == NULL || fix == NULL)
    {
      const char *known_message, *known_fix;

      g_return_val_if_fail (sy_trap_find_words (code, &known_message, &known_fix), NULL);
      message = message != NULL ? message : known_message;
      fix = fix != NULL ? fix : known_fix;
    }

  self = g_new0 (SyTrap, 1);
  self->code = g_strdup (code);
  self->metric = g_strdup (metric);
  self->message = g_strdup (message);
  self->fix = g_strdup (fix);

  return self;
}

void
sy_trap_free (SyTrap *self)
{
  g_free (self->code);
  g_free (self->metric);
  g_free (self->message);
  g_free (self->fix);
  g_free (self);
}

GPtrArray *
sy_trap_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) sy_trap_free);
}

static gboolean
has_trap (const GPtrArray *self,
          const char      *code,
          const char      *metric)
{
  for (guint i = 0; i < self->len; i++)
    {
      const SyTrap *trap = g_ptr_array_index (self, i);

      if (strcmp (trap->code, code) == 0 && strcmp (trap->metric, metric) == 0)
        return TRUE;
    }

  return FALSE;
}

void
sy_trap_list_add (GPtrArray  *self,
                  const char *code,
                  const char *metric)
{
  if (!has_trap (self, code, metric))
    g_ptr_array_add (self, sy_trap_new (code, metric, NULL, NULL));
}

void
sy_trap_list_merge (GPtrArray       *self,
                    const GPtrArray *other)
{
  for (guint i = 0; i < other->len; i++)
    {
      const SyTrap *trap = g_ptr_array_index (other, i);

      if (!has_trap (self, trap->code, trap->metric))
        g_ptr_array_add (self, sy_trap_new (trap->code, trap->metric, trap->message, trap->fix));
    }
}

gboolean
sy_trap_list_equal (const GPtrArray *a,
                    const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      const SyTrap *first = g_ptr_array_index (a, i);
      const SyTrap *second = g_ptr_array_index (b, i);

      if (strcmp (first->code, second->code) != 0 || strcmp (first->metric, second->metric) != 0
          || strcmp (first->message, second->message) != 0 || strcmp (first->fix, second->fix) != 0)
        return FALSE;
    }

  return TRUE;
}
