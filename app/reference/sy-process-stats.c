/* sy-process-stats.c: what the kernel says of this process
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-process-stats.h"

#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static double
timeval_to_seconds (const struct timeval *time)
{
  return (double) time->tv_sec + (double) time->tv_usec * 1e-6;
}

static void
read_usage (SyProcessStats *stats)
{
  struct rusage usage;

  if (getrusage (RUSAGE_SELF, &usage) != 0)
    return;

  stats->cpu_user = timeval_to_seconds (&usage.ru_utime);
  stats->cpu_system = timeval_to_seconds (&usage.ru_stime);
  stats->n_voluntary = (double) usage.ru_nvcsw;
  stats->n_involuntary = (double) usage.ru_nivcsw;
}

/* proc(5): field 20 of stat is num_threads, 23 vsize in bytes, 24 rss in pages.
 * The second field, the name, may hold anything, so counting starts behind its
 * closing parenthesis with field 3. */
static void
read_stat (SyProcessStats *stats)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) fields = NULL;
  const char *after_name;

  if (!g_file_get_contents ("/proc/self/stat", &text, NULL, NULL))
    return;

  after_name = strrchr (text, ')');
  if (after_name == NULL || after_name[1] != ' ')
    return;

  fields = g_strsplit (after_name + 2, " ", 24);
  if (g_strv_length (fields) < 24)
    return;

  stats->n_threads = g_ascii_strtod (fields[20 - 3], NULL);
  stats->virtual_bytes = g_ascii_strtod (fields[23 - 3], NULL);
  stats->resident_bytes = g_ascii_strtod (fields[24 - 3], NULL) * (double) sysconf (_SC_PAGESIZE);
}

static void
read_descriptors (SyProcessStats *stats)
{
  g_autoptr(GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  struct rlimit limit;

  if (dir != NULL)
    {
      guint n_entries = 0;

      while (g_dir_read_name (dir) != NULL)
        n_entries++;

      /* the folder itself is open while we count */
      stats->open_fds = n_entries - 1.0;
    }

  if (getrlimit (RLIMIT_NOFILE, &limit) == 0)
    stats->max_fds = (double) limit.rlim_cur;
}

void
sy_process_stats_read (SyProcessStats *stats)
{
  *stats = (SyProcessStats) { NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };

  read_usage (stats);
  read_stat (stats);
  read_descriptors (stats);
}

guint
sy_process_count_cpus (void)
{
  cpu_set_t set;

  if (sched_getaffinity (0, sizeof set, &set) != 0)
    return g_get_num_processors ();

  return MAX (1, CPU_COUNT (&set));
}
