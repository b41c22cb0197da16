/* sy-role.c: the roles that readings are made of
 *
 * A table. Recogniser files may name other roles too; those are only shown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-role.h"

#include <string.h>

/* Marks what the interface translates; the engine itself stays English. */
#define N_(text) text

#define COUNTER (1u << SY_METRIC_COUNTER | 1u << SY_METRIC_UNKNOWN)
#define GAUGE (1u << SY_METRIC_GAUGE | 1u << SY_METRIC_UNKNOWN)
#define HISTOGRAM (1u << SY_METRIC_HISTOGRAM)
#define SUMMARY (1u << SY_METRIC_SUMMARY)

static const SyRole roles[] = {
  { "requests", N_ ("Requests answered"), COUNTER, "1", { "responses" } },
  { "duration", N_ ("Duration of requests"), HISTOGRAM | SUMMARY, "s", { "duration_summary" } },
  { "inflight", N_ ("Requests in flight"), GAUGE, "1" },
  { "errors", N_ ("Errors"), COUNTER, "1", { "status", "errors_5xx", "exceptions" } },
  { "cpu", N_ ("CPU time"), COUNTER, "s", { "cpu_pct" } },
  { "rss", N_ ("Memory"), GAUGE, "B" },
  { "queue", N_ ("Waiting in a queue"), GAUGE, "1" },
  { "workers", N_ ("Workers"), GAUGE, "1" },
  { "workers_busy", N_ ("Busy workers"), GAUGE, "1" },
  { "loop_lag", N_ ("Event-loop lag"), GAUGE | HISTOGRAM, "s", { "loop_lag_p99" } },
  { "loop_util", N_ ("Event-loop utilisation"), GAUGE, "ratio" },
  { "threads", N_ ("Threads"), GAUGE, "1" },
  { "start_time", N_ ("Start of the process"), GAUGE, "unix s" },
  { NULL, NULL, 0, NULL },
};

const SyRole *
sy_role_list (void)
{
  return roles;
}

const SyRole *
sy_role_find (const char *name)
{
  for (const SyRole *role = roles; role->name != NULL; role++)
    if (strcmp (role->name, name) == 0)
      return role;

  return NULL;
}

gboolean
sy_role_allows (const SyRole *self,
                SyMetricType  type)
{
  return (self->types & (1u << type)) != 0;
}
