/* bench-chart.c: what a streaming chart costs in a window, beside a drawing function
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: bench-chart [SAMPLES] (in a display)
 *
 * Eight noisy series in a window of 1200x400 that moves by a pixel a frame, through
 * 1 200 and 100 000 samples each. Beside it what a program does without Beam: a
 * drawing area whose function strokes the same points with cairo, of 100 000 the
 * lowest and the highest of each pixel. All in turn; processor time of the main
 * thread a frame, the rest of GTK included.
 */
#define G_LOG_DOMAIN "sy-bench"

#include "config.h"

#include <gtk/gtk.h>
#include <math.h>
#include <stdlib.h>

#include "beam.h"
#include "sy-bench-result.h"

#define WIDTH 1200
#define HEIGHT 400
#define N_SERIES 8
#define FEW 1200
#define MANY 100000
#define WARM_UP 5
#define FRAMES 20 /* a round */
#define ROUNDS 3
#define STEP_US 100000

/* What both ways draw. */
typedef struct {
  guint   n_points;         /* that are shown */
  guint   a_pixel;          /* samples a pixel, and a frame */
  double *values[N_SERIES]; /* owned: enough for a round */
} Signals;

typedef struct {
  const Signals   *signals;
  GtkWidget       *window; /* owned */
  guint            next;   /* the sample that comes */
  guint            n_frames;

  /* One of both. */
  BeamTimeAxis    *axis;             /* borrowed from the chart */
  BeamArraySeries *series[N_SERIES]; /* owned */
  GtkWidget       *area;             /* borrowed */
} Bench;

/* Waves with noise upon them. */
static void
signals_init (Signals *self,
              guint    n_points)
{
  self->n_points = n_points;
  self->a_pixel = MAX (1, n_points / WIDTH);

  for (guint series = 0; series < N_SERIES; series++)
    {
      const guint n = n_points + (WARM_UP + FRAMES) * self->a_pixel;

      self->values[series] = g_new (double, n);
      for (guint i = 0; i < n; i++)
        {
          const double share = (double) i / n_points;

          self->values[series][i] = 200 + series * 10 + 90 * sin (share * 20 + series)
                                    + 40 * sin (share * 3100 * (1 + 0.01 * series));
        }
    }
}

static void
signals_clear (Signals *self)
{
  for (guint series = 0; series < N_SERIES; series++)
    g_free (self->values[series]);
}

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        user_data)
{
  const Bench *bench = user_data;
  const guint n_points = bench->signals->n_points;
  const guint a_pixel = bench->signals->a_pixel;

  cairo_set_line_width (cr, 2);
  for (guint series = 0; series < N_SERIES; series++)
    {
      const double *values = bench->signals->values[series] + bench->next - n_points;

      cairo_set_source_rgb (cr, series / 8.0, 0.4, 1 - series / 8.0);
      for (guint i = 0; i + a_pixel <= n_points; i += a_pixel)
        {
          const double x = (double) i * width / n_points;
          double low = values[i];
          double high = values[i];

          for (guint k = 1; k < a_pixel; k++)
            {
              low = MIN (low, values[i + k]);
              high = MAX (high, values[i + k]);
            }
          cairo_line_to (cr, x, height - low);
          if (a_pixel > 1)
            cairo_line_to (cr, x, height - high);
        }
      cairo_stroke (cr);
    }
}

static void
after_paint_cb (Bench *bench)
{
  bench->n_frames++;
}

static void
add_samples (Bench *bench,
             guint  n)
{
  for (guint i = 0; i < n; i++, bench->next++)
    if (bench->axis != NULL)
      for (guint series = 0; series < N_SERIES; series++)
        beam_array_series_append (bench->series[series], (gint64) bench->next * STEP_US,
                                  bench->signals->values[series][bench->next]);

  if (bench->axis != NULL)
    beam_time_axis_set_now (bench->axis, (gint64) bench->next * STEP_US);
  else
    gtk_widget_queue_draw (bench->area);
}

static GtkWidget *
make_chart (Bench *bench)
{
  GtkWidget *chart = beam_chart_new (NULL, NULL, NULL);

  bench->axis = beam_chart_get_time_axis (BEAM_CHART (chart));
  beam_time_axis_set_window (bench->axis, (gint64) bench->signals->n_points * STEP_US);
  for (guint series = 0; series < N_SERIES; series++)
    {
      BeamLayer *line;

      bench->series[series] = beam_array_series_new ("Signal");
      line = beam_line_layer_new (BEAM_SERIES (bench->series[series]));
      beam_layer_set_identity (line, (int) (series % BEAM_N_IDENTITIES));
      beam_chart_add_layer (BEAM_CHART (chart), line);
    }

  return chart;
}

static Bench *
bench_new (gboolean       is_chart,
           const Signals *signals)
{
  Bench *bench = g_new0 (Bench, 1);

  bench->signals = signals;
  bench->window = gtk_window_new ();
  if (!is_chart)
    {
      bench->area = gtk_drawing_area_new ();
      gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (bench->area), draw_cb, bench, NULL);
    }
  gtk_window_set_child (GTK_WINDOW (bench->window), is_chart ? make_chart (bench) : bench->area);
  gtk_window_set_decorated (GTK_WINDOW (bench->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (bench->window), WIDTH, HEIGHT);
  add_samples (bench, signals->n_points);
  gtk_window_present (GTK_WINDOW (bench->window));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (bench->window), "after-paint", G_CALLBACK (after_paint_cb), bench);

  return bench;
}

static void
bench_free (Bench *bench)
{
  gtk_window_destroy (GTK_WINDOW (bench->window));
  for (guint series = 0; series < N_SERIES; series++)
    g_clear_object (&bench->series[series]);
  g_free (bench);
}

static gboolean
time_out_cb (gpointer user_data)
{
  g_error ("no frame was drawn for ten seconds");
  return G_SOURCE_REMOVE;
}

/* Seconds of processor time a frame, the new samples of its last pixel included. */
static double
draw_frames (Bench   *bench,
             guint    n,
             double (*get_seconds) (void))
{
  double seconds = 0;

  for (guint i = 0; i < n; i++)
    {
      const guint before = bench->n_frames;
      const guint time_out = g_timeout_add_seconds (10, time_out_cb, NULL);
      const double start = get_seconds ();

      add_samples (bench, bench->signals->a_pixel);
      while (bench->n_frames == before)
        g_main_context_iteration (NULL, TRUE);
      seconds += get_seconds () - start;
      g_source_remove (time_out);
    }

  return seconds / n;
}

/* Milliseconds a frame; the window is there for that time only, so that no other is
 * drawn meanwhile. */
static double
measure (gboolean       is_chart,
         const Signals *signals,
         double       (*get_seconds) (void))
{
  Bench *bench = bench_new (is_chart, signals);
  double milliseconds;

  draw_frames (bench, WARM_UP, get_seconds);
  milliseconds = draw_frames (bench, FRAMES, get_seconds) * 1e3;
  bench_free (bench);

  return milliseconds;
}

static void
print_one (guint n_points)
{
  Signals signals;

  signals_init (&signals, n_points);
  g_print ("%.4f\n", measure (TRUE, &signals, sy_bench_get_process_seconds));
  signals_clear (&signals);
}

static void
compare (void)
{
  static const guint sizes[] = { FEW, MANY };
  SyBenchResult *result = sy_bench_result_new ("chart");

  g_print ("%d series in a window of %dx%d, processor time a frame\n", N_SERIES, WIDTH, HEIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *cost = g_strdup_printf ("8 series of %u samples, a frame", sizes[i]);
      g_autofree char *ratio = g_strdup_printf ("8 series of %u samples, cheaper than cairo", sizes[i]);
      double charts[ROUNDS];
      double areas[ROUNDS];
      double chart, area;
      Signals signals;

      signals_init (&signals, sizes[i]);
      for (guint round = 0; round < ROUNDS; round++)
        {
          charts[round] = measure (TRUE, &signals, sy_bench_get_thread_seconds);
          areas[round] = measure (FALSE, &signals, sy_bench_get_thread_seconds);
        }
      signals_clear (&signals);
      chart = sy_bench_get_median (charts, ROUNDS);
      area = sy_bench_get_median (areas, ROUNDS);
      g_print ("%6u samples each: %6.2f ms (goal: at most 5), a drawing function with cairo %6.2f ms, %.1fx (goal: at least 10x)\n",
               sizes[i], chart, area, area / chart);
      sy_bench_result_add (result, &(SyBenchFigure) { cost, chart, "ms", SY_BENCH_AT_MOST, 5, NULL, NULL });
      sy_bench_result_add (result, &(SyBenchFigure) { ratio, area / chart, "x", SY_BENCH_AT_LEAST, 10,
                                                      "GtkDrawingArea, cairo_stroke", NULL });
    }
  sy_bench_result_finish (result);
}

int
main (int    argc,
      char **argv)
{
  gtk_init ();
  if (argc == 2)
    print_one ((guint) CLAMP (atoi (argv[1]), FEW, 10 * MANY));
  else
    compare ();

  return 0;
}
