/* bench-lines.c: what a line costs, and how it looks
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A noisy line on 1200x400 pixels, out of a history of a thousand or a million
 * samples, next to what a program does without: a polyline through a thousand
 * points with cairo's default antialiasing. The picture of a thousand points is
 * compared with that of cairo's best stroke through the same points.
 */
#include <cairo.h>
#include <math.h>
#include <stdlib.h>

#include "beam-painter.h"
#include "beam.h"
#include "sy-bench-result.h"
#include "sy-column.h"

#define WIDTH   1200
#define HEIGHT  400
#define ROUNDS  15
#define LONGEST G_GINT64_CONSTANT (1000000)

/* Waves with noise upon them, which the picture is mostly made of. */
static double
value_at (double share)
{
  return 200 + 90 * sin (share * 20) + 40 * sin (share * 3100);
}

/* The same without the noise. */
static double
smooth_at (double share)
{
  return 200 + 90 * sin (share * 20) + 20 * sin (share * 130);
}

static SyColumn *
make_column (SyTimes *times,
             gint64   n)
{
  SyColumn *column = sy_column_new (times);

  for (gint64 i = 0; i < n; i++)
    {
      sy_times_append (times, i * LONGEST / n);
      sy_column_append (column, value_at ((double) i / (double) n));
    }
  return column;
}

static const BeamGeometry plot = { 0, 0, WIDTH, HEIGHT, 1, 0, LONGEST, 0, HEIGHT, BEAM_SCALE_LINEAR };
static const BeamStroke stroke = { { 0, 0, 0, 1 }, 2, BEAM_DASH_SOLID };

static void
draw_column (cairo_t *cr, gpointer column)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (SySpan));
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));

  sy_column_query (column, 0, LONGEST, WIDTH, spans);
  for (guint i = 0; i < spans->len; i++)
    {
      const SySpan *span = &g_array_index (spans, SySpan, i);
      const BeamPoint point = { span->time_us, span->low, span->high, span->last };

      g_array_append_val (points, point);
    }
  beam_paint_line (cr, &plot, (const BeamPoint *) (gpointer) points->data, points->len, &stroke);
}

/* What one would write by hand, through a thousand points. */
static void
trace (cairo_t *cr, double (*get) (double share), cairo_antialias_t antialias)
{
  cairo_set_antialias (cr, antialias);
  cairo_set_line_width (cr, stroke.width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (int i = 0; i < 1000; i++)
    cairo_line_to (cr, i * WIDTH / 1000.0, HEIGHT - get (i / 1000.0));
  cairo_stroke (cr);
}

static void
draw_polyline (cairo_t *cr, gpointer unused)
{
  trace (cr, value_at, CAIRO_ANTIALIAS_DEFAULT);
}

static void
clear (cairo_t *cr, gpointer unused)
{
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_rgba (cr, 0.98, 0.98, 0.98, 1);
  cairo_paint (cr);
}

/* The median of several rounds, in seconds of processor time. */
static double
measure (cairo_surface_t *surface,
         void           (*draw) (cairo_t *cr, gpointer data),
         gpointer         data)
{
  double rounds[ROUNDS];

  for (int i = -2; i < ROUNDS; i++)
    {
      cairo_t *cr = cairo_create (surface);
      double start = sy_bench_get_thread_seconds ();

      draw (cr, data);
      cairo_destroy (cr);
      if (i >= 0)
        rounds[i] = sy_bench_get_thread_seconds () - start;
    }

  return sy_bench_get_median (rounds, ROUNDS);
}

/* Mean and largest difference of the coverage, of 255, over pixels with ink. */
static void
print_quality (const char *what, double (*get) (double share))
{
  cairo_surface_t *ours = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_surface_t *theirs = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (ours);
  BeamPoint points[1000];
  const guchar *a, *b;
  double sum = 0;
  int largest = 0;
  guint n = 0;

  for (int i = 0; i < 1000; i++)
    points[i] = (BeamPoint) { i * LONGEST / 1000, get (i / 1000.0), get (i / 1000.0), get (i / 1000.0) };
  beam_paint_line (cr, &plot, points, 1000, &stroke);
  cairo_destroy (cr);
  cr = cairo_create (theirs);
  trace (cr, get, CAIRO_ANTIALIAS_BEST);
  cairo_destroy (cr);
  cairo_surface_flush (ours);
  cairo_surface_flush (theirs);
  a = cairo_image_surface_get_data (ours);
  b = cairo_image_surface_get_data (theirs);

  for (int i = 3; i < WIDTH * HEIGHT * 4; i += 4)
    if (a[i] > 0 || b[i] > 0)
      {
        sum += abs (a[i] - b[i]);
        largest = MAX (largest, abs (a[i] - b[i]));
        n++;
      }
  g_print ("%-22s mean difference of a pixel with ink %.1f %% of full, largest %.0f %%; %u pixels\n",
           what, sum / MAX (n, 1) / 2.55, largest / 2.55, n);
  cairo_surface_destroy (ours);
  cairo_surface_destroy (theirs);
}

static void
write_result (double few, double many, double plain)
{
  SyBenchResult *result = sy_bench_result_new ("lines");

  sy_bench_result_add (result, &(SyBenchFigure) { "dense line, 1 000 samples", few * 1e3, "ms", 0, 0, NULL, NULL });
  sy_bench_result_add (result, &(SyBenchFigure) { "dense line, 10^6 samples", many * 1e3, "ms", SY_BENCH_AT_MOST, 0.3, NULL, NULL });
  sy_bench_result_add (result, &(SyBenchFigure) { "dense line, 10^6 of 1 000", many / few, "x", SY_BENCH_AT_MOST, 1.3, NULL, NULL });
  sy_bench_result_add (result, &(SyBenchFigure) { "dense line, cheaper than cairo", plain / many, "x", SY_BENCH_AT_LEAST, 10,
                                                  "cairo_stroke of 1 000 points", NULL });
  sy_bench_result_finish (result);
}

int
main (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  g_autoptr (SyTimes) few_times = sy_times_new (1000);
  g_autoptr (SyTimes) many_times = sy_times_new (LONGEST);
  g_autoptr (SyColumn) few_samples = make_column (few_times, 1000);
  g_autoptr (SyColumn) many_samples = make_column (many_times, LONGEST);
  double few = measure (surface, draw_column, few_samples);
  double many = measure (surface, draw_column, many_samples);
  double plain = measure (surface, draw_polyline, NULL);
  double nothing = measure (surface, clear, NULL);

  g_print ("A noisy line of 2 pixels on %dx%d, processor time\n", WIDTH, HEIGHT);
  g_print ("1 000 samples          %6.3f ms\n", few * 1e3);
  g_print ("1 000 000 samples      %6.3f ms  %.2fx that of 1 000 (goal: at most 1.3x, at most 0.3 ms)\n", many * 1e3, many / few);
  g_print ("plain cairo polyline   %6.3f ms  %.0fx and %.0fx the two (goal: at least 10x), 1 000 points\n",
           plain * 1e3, plain / few, plain / many);
  g_print ("clearing               %6.3f ms\n", nothing * 1e3);
  print_quality ("picture, noisy", value_at);
  print_quality ("picture, smooth", smooth_at);
  write_result (few, many, plain);

  cairo_surface_destroy (surface);
  return 0;
}
