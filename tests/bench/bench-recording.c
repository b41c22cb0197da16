/* bench-recording.c: a recording of thirty days
 *
 * usage: bench-recording [write FILE DAYS | read FILE]
 *
 * 50 series, one answer a second: a duration histogram, counters and levels as a
 * small service has them. Without arguments it writes 30 days to a file of its
 * own and reads that in a process of its own: its size, how long it takes to open
 * it and to its first charts, pans and zooms, and the greatest memory of the
 * reader. The charts are those of the overview that a window begins with: all
 * quantities of the signal reader in up to 1200 points.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sy-bench-result.h"
#include "sy-bench-service.h"
#include "sy-clock.h"
#include "sy-error.h"
#include "sy-overview.h"
#include "sy-random.h"
#include "sy-record-writer.h"
#include "sy-recording.h"

#define DAYS 30
#define DAY_S (24 * 3600)
#define BATCH 600 /* answers a transaction */
#define N_LOOKS 100

static double
get_seconds (void)
{
  return (double) g_get_monotonic_time () * 1e-6;
}

static void
fail (GError *error)
{
  g_error ("%s", error->message);
}

static int
run_write (const char *path,
           guint       days)
{
  g_autoptr (SyBenchService) service = sy_bench_service_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecordWriter) writer = sy_record_writer_new (path, &error);

  if (writer == NULL)
    fail (error);
  sy_record_writer_add_target (writer, &(SyRecordTarget) { "a", "Orders", "http://127.0.0.1:1/metrics", SY_USEC_PER_SEC });
  for (guint i = 0; i < days * DAY_S; i++)
    {
      SyRecordEntry entry;

      sy_bench_service_next (service, &entry);
      sy_record_writer_add (writer, &entry);
      sy_exposition_unref (entry.exposition);
      if (i % BATCH == BATCH - 1
          && (!sy_record_writer_commit (writer, FALSE, &error) || !sy_record_writer_pack (writer, FALSE, &error)))
        fail (error);
    }

  if (!sy_record_writer_finish (writer, 0, &error))
    fail (error);
  return 0;
}

/* As a window that opens it does. Returns: of how many points. */
static guint
show (SyRecording  *recording,
      SyRecogniser *recogniser,
      gint64        from_us,
      gint64        to_us)
{
  const SyTimeRange range = { from_us, to_us };
  g_autoptr (GError) error = NULL;
  g_autoptr (SyHistory) overview = sy_overview_read (recording, 0, &range, recogniser, NULL, &error);

  if (overview == NULL)
    fail (error);
  return sy_times_get_n (sy_history_get_times (overview));
}

static double
get_percentile_95 (double *times)
{
  sy_bench_get_median (times, N_LOOKS); /* which sorts them */
  return times[N_LOOKS * 95 / 100];
}

/* Places and lengths of time that a person goes through, from ten minutes to all
 * of it, evenly in orders of magnitude. The 95th percentiles, seconds */
static void
pan_and_zoom (SyRecording  *recording,
              SyRecogniser *recogniser,
              double       *ret_wall,
              double       *ret_cpu)
{
  const SyRecordedTarget *target = sy_recording_get_target (recording, 0);
  const double whole = (double) (target->to_us - target->from_us);
  const double least = 600.0 * SY_USEC_PER_SEC;
  double walls[N_LOOKS];
  double cpus[N_LOOKS];
  SyRandom random;

  sy_random_init (&random, 7, 0);
  for (guint i = 0; i < N_LOOKS; i++)
    {
      const double length = least * pow (whole / least, sy_random_uniform (&random));
      const gint64 from_us = target->from_us + (gint64) ((whole - length) * sy_random_uniform (&random));
      const double start = get_seconds ();
      const double start_cpu = sy_bench_get_process_seconds ();

      show (recording, recogniser, from_us, from_us + (gint64) length);
      walls[i] = get_seconds () - start;
      cpus[i] = sy_bench_get_process_seconds () - start_cpu;
    }

  *ret_wall = get_percentile_95 (walls);
  *ret_cpu = get_percentile_95 (cpus);
}

/* The greatest it was, MiB. */
static double
get_peak_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) || (line = strstr (status, "VmHWM:")) == NULL)
    return (double) NAN;
  return (double) g_ascii_strtoll (line + strlen ("VmHWM:"), NULL, 10) / 1024;
}

static void
add (SyBenchResult *result,
     const char    *name,
     double         value,
     const char    *unit,
     double         at_most)
{
  sy_bench_result_add (result, &(SyBenchFigure) { name, value, unit, SY_BENCH_AT_MOST, at_most, NULL, NULL });
}

static int
run_read (const char *path)
{
  g_autofree char *directory = g_build_filename (g_getenv ("STEELYARD_DATADIR"), "recognisers", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecogniser) recogniser = sy_recogniser_new_from_directory (directory, &error);
  g_autoptr (SyRecording) recording = NULL;
  const SyRecordedTarget *target;
  SyBenchResult *result;
  GStatBuf info;
  double start = get_seconds ();
  double start_cpu, opened, opened_cpu, shown, shown_cpu, looked, looked_cpu;
  guint n_points;

  if (recogniser == NULL)
    fail (error);
  start = get_seconds ();
  start_cpu = sy_bench_get_process_seconds ();
  recording = sy_recording_open (path, &error);
  if (recording == NULL)
    fail (error);
  opened = get_seconds () - start;
  opened_cpu = sy_bench_get_process_seconds () - start_cpu;

  target = sy_recording_get_target (recording, 0);
  n_points = show (recording, recogniser, target->from_us, target->to_us);
  shown = get_seconds () - start - opened;
  shown_cpu = sy_bench_get_process_seconds () - start_cpu - opened_cpu;
  pan_and_zoom (recording, recogniser, &looked, &looked_cpu);

  g_stat (path, &info);
  printf ("%-32s %10" G_GUINT64_FORMAT "\n", "answers of 50 series", target->n_recorded);
  printf ("%-32s %10.3f GB   goal 0.6\n", "size", (double) info.st_size * 1e-9);
  printf ("%-32s %10.3f s    goal 1 (CPU %.3f)\n", "to open", opened, opened_cpu);
  printf ("%-32s %10.3f s    goal 0.5 (CPU %.3f; %u points each)\n", "then to the first charts", shown, shown_cpu, n_points);
  printf ("%-32s %10.1f ms   goal 50 (CPU %.1f)\n", "pan and zoom, 95th percentile", looked * 1e3, looked_cpu * 1e3);
  printf ("%-32s %10.1f MiB  goal 200\n", "memory of the reader, at most", get_peak_memory ());

  result = sy_bench_result_new ("recording");
  add (result, "30 days of 50 series: size", (double) info.st_size * 1e-9, "GB", 0.6);
  add (result, "30 days: to open", opened, "s", 1);
  add (result, "30 days: then to the first charts", shown, "s", 0.5);
  add (result, "30 days: pan and zoom, p95", looked * 1e3, "ms", 50);
  add (result, "30 days: memory of the reader", get_peak_memory (), "MiB", 200);
  sy_bench_result_finish (result);
  return 0;
}

static void
run_self (const char *const *arguments)
{
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;

  child = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_NONE, &error);
  if (child == NULL || !g_subprocess_wait_check (child, NULL, &error))
    fail (error);
}

static int
run_both (const char *program)
{
  g_autofree char *folder = g_dir_make_tmp ("bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "r.steelyard", NULL);
  g_autofree char *days = g_strdup_printf ("%u", DAYS);
  const char *const write[] = { program, "write", path, days, NULL };
  const char *const read[] = { program, "read", path, NULL };
  const double start = get_seconds ();

  run_self (write);
  printf ("%-32s %10.1f s\n", "to write all of it", get_seconds () - start);
  fflush (stdout);
  run_self (read);
  g_unlink (path);
  g_rmdir (folder);
  return 0;
}

int
main (int    argc,
      char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "write"))
    return run_write (argv[2], (guint) atoi (argv[3]));
  if (argc == 3 && g_str_equal (argv[1], "read"))
    return run_read (argv[2]);
  return run_both (argv[0]);
}
