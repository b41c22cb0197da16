/* bench-scrape.c: what it costs to watch servers
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: bench-scrape ADDRESS N INTERVAL-MS SECONDS
 *        bench-scrape ADDRESS/events 1 0 SECONDS
 *
 * Polls ADDRESS/1 … ADDRESS/N, each by a source of its own as the program does, or
 * listens to events; reads signals from each answer and keeps them in a history. After
 * a while to warm up prints what the SECONDS were: answers, samples, microseconds of
 * processor time of the whole process and of the workers alone, and the memory of the
 * process in KiB.
 */
#define G_LOG_DOMAIN "sy-bench"

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sy-backend.h"
#include "sy-bench-result.h"
#include "sy-datadir.h"
#include "sy-http-source.h"
#include "sy-sse-source.h"

#define WARM_UP_S 3

typedef struct {
  guint64 n_scrapes;
  guint64 n_samples;
  double  process_us;
  double  worker_us;
} Totals;

static SyRecogniser *
load_recogniser (void)
{
  g_autofree char *folder = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (GError) error = NULL;
  SyRecogniser *recogniser = sy_recogniser_new_from_directory (folder, &error);

  if (recogniser == NULL)
    g_error ("%s", error->message);
  return recogniser;
}

static SySource *
make_source (const char *address,
             gint64      interval_us,
             SyClock    *clock)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyUrl) url = sy_url_parse (address, &error);

  if (url == NULL)
    g_error ("%s", error->message);
  return interval_us == 0 ? sy_sse_source_new (url, clock) : sy_http_source_new (url, clock, interval_us);
}

static Totals
get_totals (GPtrArray *backends)
{
  Totals totals = { .process_us = sy_bench_get_process_seconds () * 1e6 };

  for (guint i = 0; i < backends->len; i++)
    {
      SySource *source = sy_backend_get_source (g_ptr_array_index (backends, i));

      if (sy_source_get_error (source) != NULL)
        g_error ("%s", sy_source_get_error (source)->message);
      totals.n_scrapes += sy_source_get_n_scrapes (source);
      totals.n_samples += sy_source_get_total_samples (source);
      totals.worker_us += (double) sy_source_get_worker_cpu (source);
    }

  return totals;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
spin (guint seconds)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_timeout_add (seconds * 1000, quit_cb, loop);
  g_main_loop_run (loop);
}

static long
get_memory_kib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) || (line = strstr (status, "VmRSS:")) == NULL)
    return 0;
  return strtol (line + strlen ("VmRSS:"), NULL, 10);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (SyRecogniser) recogniser = load_recogniser ();
  g_autoptr (GPtrArray) backends = g_ptr_array_new_with_free_func (g_object_unref);
  Totals before, after;

  if (argc != 5)
    {
      fprintf (stderr, "usage: bench-scrape ADDRESS N INTERVAL-MS SECONDS\n");
      return 2;
    }
  for (int i = 0; i < atoi (argv[2]); i++)
    {
      const gint64 interval_us = atoi (argv[3]) * G_GINT64_CONSTANT (1000);
      g_autofree char *address = interval_us == 0 ? g_strdup (argv[1]) : g_strdup_printf ("%s/%d", argv[1], i);
      g_autoptr (SySource) source = make_source (address, interval_us, clock);

      g_ptr_array_add (backends, sy_backend_new ("Server", source, recogniser));
      sy_source_start (source);
    }

  spin (WARM_UP_S);
  before = get_totals (backends);
  spin ((guint) atoi (argv[4]));
  after = get_totals (backends);
  printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %.1f %.1f %ld\n", after.n_scrapes - before.n_scrapes,
          after.n_samples - before.n_samples, after.process_us - before.process_us, after.worker_us - before.worker_us,
          get_memory_kib ());
  return 0;
}
