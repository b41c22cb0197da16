/* bench-lines.c: what a line costs, and how it looks
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A noisy line on 1200x400 pixels, of a series that holds a thousand or a
 * million samples, next to what a program does without Beam: a polyline through
 * a thousand points with cairo's default antialiasing. The picture is compared
 * with that of cairo's stroke through the same points.
 */
#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "beam-painter.h"
#include "beam.h"

#define WIDTH   1200
#define HEIGHT  400
#define ROUNDS  15
#define LONGEST G_GINT64_CONSTANT (1000000)

static double
thread_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static double
value_at (double share)
{
  return 200 + 90 * sin (share * 20) + 40 * sin (share * 3100);
}

static BeamArraySeries *
make_series (gint64 n)
{
  BeamArraySeries *series = beam_array_series_new ("A");

  for (gint64 i = 0; i < n; i++)
    beam_array_series_append (series, i * LONGEST / n, value_at ((double) i / (double) n));
  return series;
}

static const BeamGeometry plot = { 0, 0, WIDTH, HEIGHT, 1, 0, LONGEST, 0, HEIGHT, BEAM_SCALE_LINEAR };
static const BeamStroke stroke = { { 0, 0, 0, 1 }, 2, BEAM_DASH_SOLID };

static void
draw_series (cairo_t *cr, gpointer series)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));

  beam_series_collect (BEAM_SERIES (series), 0, LONGEST, WIDTH, points);
  beam_paint_line (cr, &plot, (const BeamPoint *) (gpointer) points->data, points->len, &stroke);
}

/* What one would write by hand, through at most a thousand points. */
static void
draw_polyline (cairo_t *cr, gpointer antialias)
{
  cairo_set_antialias (cr, GPOINTER_TO_INT (antialias));
  cairo_set_line_width (cr, stroke.width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (int i = 0; i < 1000; i++)
    cairo_line_to (cr, i * WIDTH / 1000.0, HEIGHT - value_at (i / 1000.0));
  cairo_stroke (cr);
}

static void
clear (cairo_t *cr, gpointer unused)
{
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_rgba (cr, 0.98, 0.98, 0.98, 1);
  cairo_paint (cr);
}

/* The median of several rounds, in seconds of processor time. */
static int
compare (const void *a, const void *b)
{
  return (*(const double *) a > *(const double *) b) - (*(const double *) a < *(const double *) b);
}

static double
measure (cairo_surface_t *surface,
         void           (*draw) (cairo_t *cr, gpointer data),
         gpointer         data)
{
  double rounds[ROUNDS];

  for (int i = -2; i < ROUNDS; i++)
    {
      cairo_t *cr = cairo_create (surface);
      double start = thread_seconds ();

      draw (cr, data);
      cairo_destroy (cr);
      if (i >= 0)
        rounds[i] = thread_seconds () - start;
    }
  qsort (rounds, ROUNDS, sizeof rounds[0], compare);

  return rounds[ROUNDS / 2];
}

/* Mean and largest difference of the coverage, of 255, over pixels with ink. */
static void
print_quality (gpointer series)
{
  cairo_surface_t *ours = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_surface_t *theirs = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (ours);
  const guchar *a, *b;
  double sum = 0;
  int largest = 0;
  guint n = 0;

  draw_series (cr, series);
  cairo_destroy (cr);
  cr = cairo_create (theirs);
  draw_polyline (cr, GINT_TO_POINTER (CAIRO_ANTIALIAS_BEST));
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
  g_print ("picture of 1 000 samples    mean difference %.0f of 255 over %u pixels with ink, largest %d\n",
           sum / MAX (n, 1), n, largest);
  cairo_surface_destroy (ours);
  cairo_surface_destroy (theirs);
}

int
main (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  g_autoptr (BeamArraySeries) thousand = make_series (1000);
  g_autoptr (BeamArraySeries) million = make_series (LONGEST);
  double few = measure (surface, draw_series, thousand);
  double many = measure (surface, draw_series, million);
  double plain = measure (surface, draw_polyline, GINT_TO_POINTER (CAIRO_ANTIALIAS_DEFAULT));
  double nothing = measure (surface, clear, NULL);

  g_print ("a noisy line, %dx%d, CPU     1 000 samples %.3f ms, 1 000 000 samples %.3f ms (%.2fx; goal 1.3x, 0.3 ms)\n",
           WIDTH, HEIGHT, few * 1e3, many * 1e3, many / few);
  g_print ("plain cairo polyline        1 000 points %.3f ms: %.0fx the line of 1 000, %.0fx that of 1 000 000 (goal 10x)\n",
           plain * 1e3, plain / few, plain / many);
  g_print ("clearing the surface        %.3f ms\n", nothing * 1e3);
  print_quality (thousand);

  cairo_surface_destroy (surface);
  return 0;
}
