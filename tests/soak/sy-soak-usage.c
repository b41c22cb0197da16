/* sy-soak-usage.c: what the process takes, and how long its main loop kept still
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-soak-usage.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define PULSE_MS 10
#define MAX_MS 1000

struct _SySoakPulse
{
  guint   id;
  gint64  last_us;              /* monotonic */
  double  max_ms;
  guint64 n;
  guint64 counts[MAX_MS + 1];   /* by whole milliseconds of delay; the last: longer */
};

static guint
count_entries (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

void
sy_soak_usage_read (SySoakUsage *ret)
{
  g_autofree char *statm = NULL;
  g_auto (GStrv) words = NULL;
  struct rusage usage;

  g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL);
  words = g_strsplit (statm, " ", 3);
  getrusage (RUSAGE_SELF, &usage);

  ret->rss = g_ascii_strtoll (words[1], NULL, 10) * sysconf (_SC_PAGESIZE);
  ret->n_files = count_entries ("/proc/self/fd");
  ret->n_threads = count_entries ("/proc/self/task");
  ret->cpu_us = (gint64) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

static gboolean
pulse_cb (gpointer user_data)
{
  SySoakPulse *self = user_data;
  const gint64 now_us = g_get_monotonic_time ();
  const double late_ms = MAX (0, (double) (now_us - self->last_us) / 1000 - PULSE_MS);

  self->last_us = now_us;
  self->max_ms = MAX (self->max_ms, late_ms);
  self->counts[MIN ((guint) late_ms, MAX_MS)]++;
  self->n++;
  return G_SOURCE_CONTINUE;
}

SySoakPulse *
sy_soak_pulse_new (void)
{
  SySoakPulse *self = g_new0 (SySoakPulse, 1);

  self->last_us = g_get_monotonic_time ();
  self->id = g_timeout_add_full (G_PRIORITY_DEFAULT, PULSE_MS, pulse_cb, self, NULL);
  return self;
}

void
sy_soak_pulse_free (SySoakPulse *self)
{
  g_source_remove (self->id);
  g_free (self);
}

void
sy_soak_pulse_pass (SySoakPulse *self)
{
  self->last_us = g_get_monotonic_time ();
}

double
sy_soak_pulse_get_max (const SySoakPulse *self)
{
  return self->max_ms;
}

double
sy_soak_pulse_get_p99 (const SySoakPulse *self)
{
  guint64 rest = self->n / 100;
  guint ms = MAX_MS;

  while (ms > 0 && self->counts[ms] <= rest)
    rest -= self->counts[ms--];

  return self->n > 0 ? ms + 1 : 0;
}
