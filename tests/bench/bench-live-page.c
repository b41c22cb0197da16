/* bench-live-page.c: what the Live page costs the main thread
 *
 * usage: bench-live-page [BACKENDS [TICKS]]
 *
 * A window of 1280x860 with all rows, a day of history at one sample a second,
 * and new samples ten times a second, by a clock that is turned by hand: each
 * tick is one tenth of a second of the program. Prints the time of a frame, the
 * share of a core at ten ticks a second, both next to clearing the area of the
 * window in the same run, and the frames that a page of the past, one that hears
 * nothing and a hidden one cost.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <math.h>
#include <stdlib.h>

#include "sy-bench-result.h"
#include "sy-datadir.h"
#include "sy-frame-report.h"
#include "sy-live-page.h"
#include "sy-still-source.h"

#define TICK_US (SY_USEC_PER_SEC / 10)
#define DAY_S   86400
#define WIDTH   1280
#define HEIGHT  860

typedef struct {
  SyClock       *clock;
  GListStore    *backends;
  GtkWidget     *window;
  SyLivePage    *page;
  SyFrameReport *report;
  SyBenchResult *result;
  guint          n;
  double         requests;
} Bench;

static void
say (Bench *bench,
     guint  i)
{
  g_autoptr (SyBackend) backend = g_list_model_get_item (G_LIST_MODEL (bench->backends), i);
  double wave = sin (bench->requests / 900 + i);
  g_autofree char *text = NULL;

  text = g_strdup_printf ("# TYPE http_requests_total counter\n"
                          "http_requests_total{code=\"200\"} %.0f\n"
                          "http_requests_total{code=\"500\"} %.0f\n"
                          "# TYPE http_requests_in_flight gauge\n"
                          "http_requests_in_flight %.0f\n"
                          "# TYPE http_request_duration_seconds histogram\n"
                          "http_request_duration_seconds_bucket{le=\"0.05\"} %.0f\n"
                          "http_request_duration_seconds_bucket{le=\"0.5\"} %.0f\n"
                          "http_request_duration_seconds_bucket{le=\"+Inf\"} %.0f\n"
                          "http_request_duration_seconds_sum %.6f\n"
                          "http_request_duration_seconds_count %.0f\n"
                          "# TYPE nodejs_eventloop_lag_seconds gauge\n"
                          "nodejs_eventloop_lag_seconds %.6f\n"
                          "# TYPE process_cpu_seconds_total counter\n"
                          "process_cpu_seconds_total %.6f\n"
                          "# TYPE process_resident_memory_bytes gauge\n"
                          "process_resident_memory_bytes %.0f\n",
                          bench->requests, floor (bench->requests / 500), 20 + 15 * wave,
                          floor (bench->requests * 0.9), bench->requests, bench->requests,
                          bench->requests * 0.02, bench->requests, 0.004 + 0.003 * wave,
                          bench->requests * 0.002, 40e6 + 5e6 * wave);
  sy_still_source_say (SY_STILL_SOURCE (sy_backend_get_source (backend)), text);
}

static void
spin (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* One tenth of a second of the program, until its frame is drawn. Returns the
 * seconds of processor time that the main thread took, without the scrapes:
 * these belong to the workers of the sources. */
static double
tick (Bench *bench,
      guint  n_speaking)
{
  double start;
  gint64 until_us;

  sy_clock_advance (bench->clock, TICK_US);
  bench->requests += 40;
  for (guint i = 0; i < n_speaking; i++)
    say (bench, i);

  start = sy_bench_get_thread_seconds ();
  until_us = g_get_monotonic_time () + 40000;
  while (g_get_monotonic_time () < until_us)
    {
      spin ();
      g_usleep (500);
    }
  return sy_bench_get_thread_seconds () - start;
}

static void
add_backends (Bench *bench)
{
  g_autofree char *folder = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecogniser) recogniser = sy_recogniser_new_from_directory (folder, &error);

  if (recogniser == NULL)
    g_error ("%s", error->message);

  for (guint i = 0; i < bench->n; i++)
    {
      g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/metrics", 8101 + i);
      g_autofree char *name = g_strdup_printf ("Backend %u", i + 1);
      const char letter[] = { (char) ('a' + i), '\0' };
      g_autoptr (SySource) source = sy_still_source_new (address, bench->clock);
      g_autoptr (SyBackend) backend = sy_backend_new (name, source, recogniser);

      sy_backend_set_letter (backend, letter);
      sy_source_start (source);
      g_list_store_append (bench->backends, backend);
    }
}

/* Straight into the histories: a day of scrapes would take a day. */
static void
add_history (Bench *bench)
{
  gint64 now_us = sy_clock_get_monotonic (bench->clock);

  for (guint i = 0; i < bench->n; i++)
    {
      g_autoptr (SyBackend) backend = g_list_model_get_item (G_LIST_MODEL (bench->backends), i);

      for (gint64 second = DAY_S; second > 0; second--)
        {
          double wave = sin ((double) second / 300 + i) + 0.3 * sin ((double) second * 1.7);
          SyReading reading;

          sy_reading_init (&reading);
          reading.monotonic_us = now_us - second * SY_USEC_PER_SEC;
          reading.throughput = 400 + 90 * wave;
          reading.error_ratio = 0.002;
          reading.in_flight = 20 + 15 * wave;
          reading.p50.estimate = 0.02 + 0.005 * wave;
          reading.p99.estimate = 0.2 + 0.1 * wave;
          reading.cpu_cores = 0.8 + 0.2 * wave;
          reading.rss = 40e6 + 5e6 * wave;
          reading.loop_lag = 0.004 + 0.003 * wave;
          sy_history_append (sy_backend_get_history (backend), &reading, 0.05, 0.4 + 0.1 * wave, NULL);
        }
    }
}

/* Clearing the area of the window in memory: the least that a full redraw costs. */
static double
clear_seconds (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  double start = 0;

  for (int i = -10; i < 100; i++)
    {
      cairo_t *cr = cairo_create (surface);

      if (i == 0)
        start = sy_bench_get_thread_seconds ();
      /* A colour: cairo only notes that a surface is clear. */
      cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
      cairo_set_source_rgba (cr, 0.98, 0.98, 0.98, 1);
      cairo_paint (cr);
      cairo_destroy (cr);
    }
  start = (sy_bench_get_thread_seconds () - start) / 100;
  cairo_surface_destroy (surface);

  return start;
}

/* The goals are those of two backends. */
static void
add (Bench      *bench,
     const char *what,
     const char *of,
     double      value,
     const char *unit,
     double      at_most,
     const char *peer)
{
  g_autofree char *name = g_strdup_printf ("%s: %s", what, of);
  const gboolean has_goal = bench->n == 2 && !isnan (at_most);

  sy_bench_result_add (bench->result, &(SyBenchFigure) { name, value, unit, has_goal ? SY_BENCH_AT_MOST : SY_BENCH_NO_GOAL,
                                                         at_most, peer, NULL });
}

static void
measure (Bench      *bench,
         const char *what,
         gint64      window_s,
         guint       n_ticks)
{
  double clear = clear_seconds ();
  double seconds = 0;
  double p99;

  sy_live_page_set_window (bench->page, window_s * SY_USEC_PER_SEC);
  for (int i = 0; i < 10; i++)
    tick (bench, bench->n);
  sy_frame_report_reset (bench->report);
  for (guint i = 0; i < n_ticks; i++)
    seconds += tick (bench, bench->n);

  p99 = sy_frame_report_get_quantile (bench->report, 0.99);
  g_print ("%-22s frame median %5.2f ms, p99 %5.2f ms (%4.1fx clearing), longest %5.2f ms; "
           "%5.2f ms a tick = %4.1f %% of a core at 10 Hz; %u frames\n",
           what, sy_frame_report_get_quantile (bench->report, 0.5) * 1e3, p99 * 1e3, p99 / clear,
           sy_frame_report_get_quantile (bench->report, 1) * 1e3,
           seconds / n_ticks * 1e3, seconds / n_ticks * 1000, sy_frame_report_get_n (bench->report));
  add (bench, what, "frame, p99", p99 * 1e3, "ms", 8, NULL);
  add (bench, what, "frame, median", sy_frame_report_get_quantile (bench->report, 0.5) * 1e3, "ms", (double) NAN, NULL);
  add (bench, what, "frame, p99 of clearing", p99 / clear, "x", (double) NAN, "clearing as many pixels");
  add (bench, what, "of a core at 10 Hz", seconds / n_ticks * 1000, "%", 10, NULL);
}

/* @max_frames: the goal; NAN: none. */
static void
measure_rest (Bench      *bench,
              const char *what,
              guint       n_speaking,
              double      max_frames)
{
  double seconds = 0;

  for (int i = 0; i < 5; i++)
    tick (bench, n_speaking);
  sy_frame_report_reset (bench->report);
  for (guint i = 0; i < 30; i++)
    seconds += tick (bench, n_speaking);
  g_print ("%-22s %u frames in 30 ticks; %5.2f ms a tick\n", what, sy_frame_report_get_n (bench->report),
           seconds / 30 * 1e3);
  add (bench, what, "frames in 30 ticks", sy_frame_report_get_n (bench->report), "frames", max_frames, NULL);
  add (bench, what, "a tick", seconds / 30 * 1e3, "ms", (double) NAN, NULL);
}

int
main (int    argc,
      char **argv)
{
  Bench bench = { .n = argc > 1 ? (guint) CLAMP (atoi (argv[1]), 1, 6) : 2, .requests = 100 };
  guint n_ticks = argc > 2 ? (guint) CLAMP (atoi (argv[2]), 1, 100000) : 150;
  g_autofree char *name = g_strdup_printf ("live-page-%u", bench.n);

  adw_init ();
  bench.result = sy_bench_result_new (name);
  bench.clock = sy_clock_new_manual (2 * DAY_S * SY_USEC_PER_SEC, 1795422736 * SY_USEC_PER_SEC);
  bench.backends = g_list_store_new (SY_TYPE_BACKEND);
  bench.window = gtk_window_new ();
  bench.page = g_object_new (SY_TYPE_LIVE_PAGE, NULL);
  add_backends (&bench);
  add_history (&bench);
  sy_live_page_set_backends (bench.page, G_LIST_MODEL (bench.backends), bench.clock);
  gtk_window_set_child (GTK_WINDOW (bench.window), GTK_WIDGET (bench.page));
  gtk_window_set_default_size (GTK_WINDOW (bench.window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (bench.window));
  bench.report = sy_frame_report_new (bench.window);
  spin ();

  g_print ("Live page, %u backends, %d rows, %dx%d, a day of history, 10 samples a second "
           "(goal of 2: p99 at most 8 ms, at most 10 %% of a core)\n",
           bench.n, SY_N_ROWS, WIDTH, HEIGHT);
  measure (&bench, "4 minutes shown", 240, n_ticks);
  measure (&bench, "24 hours shown", DAY_S, n_ticks);
  sy_live_page_set_window (bench.page, 240 * SY_USEC_PER_SEC);
  tick (&bench, bench.n);
  beam_time_axis_zoom_to (sy_live_axes_get_time (sy_live_page_get_axes (bench.page)),
                          sy_clock_get_monotonic (bench.clock) - 600 * SY_USEC_PER_SEC,
                          sy_clock_get_monotonic (bench.clock) - 300 * SY_USEC_PER_SEC);
  /* The charts stand still: what is drawn are the figures of the headers. */
  measure_rest (&bench, "zoomed into the past", bench.n, (double) NAN);
  measure_rest (&bench, "and nobody speaks", 0, (double) NAN);
  sy_live_page_set_paused (bench.page, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (bench.page), FALSE);
  measure_rest (&bench, "page hidden", bench.n, 0);

  sy_bench_result_finish (bench.result);
  g_object_unref (bench.report);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  g_object_unref (bench.backends);
  g_object_unref (bench.clock);
  return 0;
}
