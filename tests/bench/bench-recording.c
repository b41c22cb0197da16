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
#include <time.h>

#include "sy-clock.h"
#include "sy-error.h"
#include "sy-exposition-build.h"
#include "sy-overview.h"
#include "sy-random.h"
#include "sy-record-writer.h"
#include "sy-recording.h"

#define DAYS 30
#define DAY_S (24 * 3600)
#define N_BUCKETS 14
#define N_CODES 10
#define N_LEVELS 20
#define BATCH 600 /* answers a transaction */
#define N_LOOKS 100

static const double bounds[N_BUCKETS] = { 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 10, (double) INFINITY };

static double
get_seconds (void)
{
  return (double) g_get_monotonic_time () * 1e-6;
}

/* What this process has worked: others on the machine do not show in it. */
static double
get_cpu_seconds (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec + (double) time.tv_nsec * 1e-9;
}

/* The series, all at zero; what makes the numbers writes over the values. */
static SyExposition *
make_model (SySeriesTable *table)
{
  g_autoptr (GString) text = g_string_new ("# TYPE http_server_request_duration_seconds histogram\n");
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  SyExposition *model;

  for (guint i = 0; i < N_BUCKETS; i++)
    {
      char bound[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text, "http_server_request_duration_seconds_bucket{le=\"%s\"} 0\n",
                              isinf (bounds[i]) ? "+Inf" : g_ascii_dtostr (bound, sizeof bound, bounds[i]));
    }
  g_string_append (text, "http_server_request_duration_seconds_sum 0\nhttp_server_request_duration_seconds_count 0\n"
                   "# TYPE http_server_active_requests gauge\nhttp_server_active_requests 0\n"
                   "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 0\n"
                   "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes 0\n"
                   "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds 0\n"
                   "# TYPE app_calls counter\n");
  for (guint i = 0; i < N_CODES; i++)
    g_string_append_printf (text, "app_calls_total{code=\"%u\"} 0\n", i);
  g_string_append (text, "# TYPE app_level gauge\n");
  for (guint i = 0; i < N_LEVELS; i++)
    g_string_append_printf (text, "app_level{of=\"%u\"} 0\n", i);

  body = g_bytes_new (text->str, text->len);
  model = sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, NULL, table, &error);
  if (model == NULL)
    g_error ("%s", error->message);
  return model;
}

static SyFamilies *
copy_families (SyExposition *model)
{
  SyFamilies *families = sy_families_new ();
  guint n;
  const SyFamily *all = sy_exposition_get_families (model, &n);

  for (guint i = 0; i < n; i++)
    sy_families_add (families, &all[i]);
  return families;
}

/* What has been counted until now. */
typedef struct
{
  SyRandom random;
  double   buckets[N_BUCKETS];
  double   sum;
  double   calls[N_CODES];
  double   cpu;
  double   levels[N_LEVELS];
  double   rss;
} Service;

/* One second: the load of a day's course, durations with a tail. */
static void
live_on (Service *self,
         guint    second)
{
  const double course = 0.6 + 0.4 * sin (2 * G_PI * second / DAY_S);
  const guint n = (guint) (200 * course) + (guint) sy_random_below (&self->random, 20);
  double left = n;

  for (guint i = 0; i < N_BUCKETS; i++)
    {
      const double here = i + 1 == N_BUCKETS ? left : floor (left * (0.35 + 0.1 * sy_random_uniform (&self->random)));

      for (guint j = i; j < N_BUCKETS; j++)
        self->buckets[j] += here;
      self->sum += here * (isinf (bounds[i]) ? 12 : bounds[i] * 0.8);
      left -= here;
    }
  for (guint i = 0; i < N_CODES; i++)
    self->calls[i] += n / (i + 1);
  for (guint i = 0; i < N_LEVELS; i++)
    self->levels[i] = sy_random_below (&self->random, 4) == 0 ? (double) sy_random_below (&self->random, 100 * (i + 1)) : self->levels[i];
  self->cpu = round ((self->cpu + 0.002 * n) * 100) / 100;
  self->rss = 80e6 + 4096 * (double) sy_random_below (&self->random, 2000);
}

static SySample *
say (const Service *self,
     SyExposition  *model)
{
  guint n;
  const SySample *all = sy_exposition_get_samples (model, &n);
  SySample *samples = g_memdup2 (all, n * sizeof *samples);
  SySample *at = samples;

  for (guint i = 0; i < N_BUCKETS; i++)
    (at++)->value = self->buckets[i];
  (at++)->value = round (self->sum * 1e6) * 1e-6;
  (at++)->value = self->buckets[N_BUCKETS - 1];
  (at++)->value = self->levels[0] / 10;
  (at++)->value = self->cpu;
  (at++)->value = self->rss;
  (at++)->value = 1794990000;
  for (guint i = 0; i < N_CODES; i++)
    (at++)->value = self->calls[i];
  for (guint i = 0; i < N_LEVELS; i++)
    (at++)->value = self->levels[i];
  return samples;
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
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (SyExposition) model = make_model (table);
  g_autoptr (SyFamilies) families = copy_families (model);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecordWriter) writer = sy_record_writer_new (path, &error);
  Service service = { .rss = 0 };
  guint n;

  if (writer == NULL)
    fail (error);
  sy_exposition_get_samples (model, &n);
  sy_random_init (&service.random, 20261127, 0);
  sy_record_writer_add_target (writer, &(SyRecordTarget) { "a", "Orders", "http://127.0.0.1:1/metrics", SY_USEC_PER_SEC });
  for (guint i = 0; i < days * DAY_S; i++)
    {
      const gint64 due_us = i * SY_USEC_PER_SEC;
      SyRecordEntry entry = {
        .moment = {
          .seq = i,
          .monotonic_us = due_us + (gint64) sy_random_below (&service.random, 3000),
          .duration_us = 2000 + (gint64) sy_random_below (&service.random, 500),
          .wire_bytes = 900 + (gint64) sy_random_below (&service.random, 30),
          .body_bytes = 4000 + (gint64) sy_random_below (&service.random, 30),
        },
        .content_type = "text/plain; version=0.0.4",
      };

      live_on (&service, i);
      entry.moment.wall_us = G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC + entry.moment.monotonic_us;
      entry.moment.answered_us = entry.moment.monotonic_us + entry.moment.duration_us / 2;
      entry.exposition = sy_exposition_build (SY_FORMAT_PROMETHEUS, table, families, say (&service, model), n);
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

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  const double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static double
get_percentile_95 (double *times)
{
  qsort (times, N_LOOKS, sizeof *times, compare_doubles);
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
      const double start_cpu = get_cpu_seconds ();

      show (recording, recogniser, from_us, from_us + (gint64) length);
      walls[i] = get_seconds () - start;
      cpus[i] = get_cpu_seconds () - start_cpu;
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

static int
run_read (const char *path)
{
  g_autofree char *directory = g_build_filename (g_getenv ("STEELYARD_DATADIR"), "recognisers", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecogniser) recogniser = sy_recogniser_new_from_directory (directory, &error);
  g_autoptr (SyRecording) recording = NULL;
  const SyRecordedTarget *target;
  GStatBuf info;
  double start = get_seconds ();
  double start_cpu, opened, opened_cpu, shown, shown_cpu, looked, looked_cpu;
  guint n_points;

  if (recogniser == NULL)
    fail (error);
  start = get_seconds ();
  start_cpu = get_cpu_seconds ();
  recording = sy_recording_open (path, &error);
  if (recording == NULL)
    fail (error);
  opened = get_seconds () - start;
  opened_cpu = get_cpu_seconds () - start_cpu;

  target = sy_recording_get_target (recording, 0);
  n_points = show (recording, recogniser, target->from_us, target->to_us);
  shown = get_seconds () - start - opened;
  shown_cpu = get_cpu_seconds () - start_cpu - opened_cpu;
  pan_and_zoom (recording, recogniser, &looked, &looked_cpu);

  g_stat (path, &info);
  printf ("%-32s %10" G_GUINT64_FORMAT "\n", "answers of 50 series", target->n_recorded);
  printf ("%-32s %10.3f GB   goal 0.6\n", "size", (double) info.st_size * 1e-9);
  printf ("%-32s %10.3f s    goal 1 (CPU %.3f)\n", "to open", opened, opened_cpu);
  printf ("%-32s %10.3f s    goal 0.5 (CPU %.3f; %u points each)\n", "then to the first charts", shown, shown_cpu, n_points);
  printf ("%-32s %10.1f ms   goal 50 (CPU %.1f)\n", "pan and zoom, 95th percentile", looked * 1e3, looked_cpu * 1e3);
  printf ("%-32s %10.1f MiB  goal 200\n", "memory of the reader, at most", get_peak_memory ());
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
