/* gallery-plots.c: values over values
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "gallery.h"

static const char * const names[] = { "Event loop", "Threads" };

static GtkWidget *
make_plot (const char *title, BeamScale x, BeamScale y, BeamFormatFunc format_x, BeamFormatFunc format_y)
{
  GtkWidget *plot = beam_plot_new (x, y);

  beam_figure_set_title (BEAM_FIGURE (plot), title);
  beam_figure_set_empty_text (BEAM_FIGURE (plot), "Run a load to see this");
  beam_value_axis_set_format_func (beam_plot_get_x_axis (BEAM_PLOT (plot)), format_x, NULL, NULL);
  beam_value_axis_set_format_func (beam_plot_get_y_axis (BEAM_PLOT (plot)), format_y, NULL, NULL);
  return plot;
}

/* Latency rises as the load comes near to the capacity. */
static double
hockey_stick (double load, double base, double capacity)
{
  return base / fmax (1 - load / capacity, 0.03);
}

static void
add_measured (BeamPlot *plot, int which, double capacity)
{
  g_autoptr (BeamXYSeries) series = beam_xy_series_new (names[which]);
  g_autoptr (BeamXYSeries) fit = beam_xy_series_new (which == 0 ? "Event loop, fitted" : "Threads, fitted");
  g_autoptr (GRand) random = g_rand_new_with_seed (7 + (guint) which);
  double measured = capacity * 0.93;

  for (int i = 0; i < 60; i++)
    {
      double share = 0.5 - 0.5 * cos (i / 60.0 * G_PI * 1.2);
      double load = measured * fmin (share / 0.97, 1) * g_rand_double_range (random, 0.985, 1.015);

      beam_xy_series_append (series, load, hockey_stick (load, 0.024, capacity) * g_rand_double_range (random, 0.94, 1.07));
    }
  for (int i = 0; i <= 60; i++)
    beam_xy_series_append (fit, capacity * 0.965 * i / 60, hockey_stick (capacity * 0.965 * i / 60, 0.024, capacity));
  beam_plot_add (plot, fit, BEAM_MARK_FIT, which);
  beam_plot_add (plot, series, BEAM_MARK_TRACE, which);
}

static void
fill_scatter (GtkBox *box)
{
  static const BeamGuide slo = { GTK_ORIENTATION_HORIZONTAL, 0.1, NAN, NAN, "SLO 100 ms" };
  GtkWidget *plot = make_plot ("Latency over throughput", BEAM_SCALE_LINEAR, BEAM_SCALE_LOG, gallery_rate, gallery_seconds);
  GtkWidget *cloud = make_plot ("Requests", BEAM_SCALE_LINEAR, BEAM_SCALE_LOG, gallery_rate, gallery_seconds);
  g_autoptr (BeamXYSeries) many = beam_xy_series_new ("Requests");
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  GArray *points = g_array_new (FALSE, FALSE, sizeof (BeamXYPoint));

  beam_plot_set_labels (BEAM_PLOT (plot), "throughput", "p99 latency");
  add_measured (BEAM_PLOT (plot), 0, 1900);
  add_measured (BEAM_PLOT (plot), 1, 1150);
  beam_plot_add_guide (BEAM_PLOT (plot), &slo);
  gallery_legend (box, names, 2);
  gallery_add (box, "A run from idle to the knee and a little back: old is faint, the large marker is now; thin lines are fitted", plot, 300);

  for (int i = 0; i < 60000; i++)
    {
      double load = g_rand_double_range (random, 50, 1000);
      double noise = g_rand_double (random) + g_rand_double (random) + g_rand_double (random) - 1.5;
      const BeamXYPoint point = { load, hockey_stick (load, 0.02, 1100) * exp (noise), NAN, NAN };

      g_array_append_val (points, point);
    }
  beam_xy_series_set_points (many, (const BeamXYPoint *) (gpointer) points->data, points->len);
  g_array_unref (points);
  beam_plot_add (BEAM_PLOT (cloud), many, BEAM_MARK_DOTS, 0);
  gallery_add (box, "60 000 dots are a density", cloud, 190);
  gallery_add (box, "Empty", make_plot ("Empty", BEAM_SCALE_LINEAR, BEAM_SCALE_LOG, gallery_rate, gallery_seconds), 60);
}

static void
add_distribution (BeamPlot *plot, int which, double middle, double tail)
{
  g_autoptr (BeamXYSeries) series = beam_xy_series_new (names[which]);
  double upper[120];
  guint64 counts[120];

  for (int i = 0; i < 120; i++)
    {
      double u;

      upper[i] = 0.004 * pow (10, i / 38.0);
      u = log (upper[i] / middle);
      counts[i] = (guint64) (90000 * exp (-u * u * 6) + 5200 * exp (-u * tail) * (u > 0 ? 1 : 0));
    }
  beam_xy_series_set_ccdf (series, upper, counts, 120);
  beam_plot_add (plot, series, BEAM_MARK_LINE, which);
}

static void
fill_ccdf (GtkBox *box)
{
  static const BeamGuide slo = { GTK_ORIENTATION_VERTICAL, 0.1, NAN, NAN, "SLO 100 ms" };
  GtkWidget *plot = make_plot ("Latency distribution", BEAM_SCALE_LOG, BEAM_SCALE_LOG, gallery_seconds, gallery_slower);

  beam_value_axis_set_fixed (beam_plot_get_y_axis (BEAM_PLOT (plot)), 1e-4, 1);
  beam_plot_set_labels (BEAM_PLOT (plot), "latency", "share of requests that were as fast");
  add_distribution (BEAM_PLOT (plot), 0, 0.024, 2.4);
  add_distribution (BEAM_PLOT (plot), 1, 0.06, 1.7);
  beam_plot_add_guide (BEAM_PLOT (plot), &slo);
  gallery_legend (box, names, 2);
  gallery_add (box, "Both axes are logarithmic: the tail has as much room as the middle", plot, 320);
}

static void
add_cost (BeamPlot *plot, int which)
{
  g_autoptr (BeamXYSeries) series = beam_xy_series_new (names[which]);
  GArray *points = g_array_new (FALSE, FALSE, sizeof (BeamXYPoint));

  for (int i = 0; i <= 80; i++)
    {
      double traffic = 100 * pow (100, i / 80.0);
      double cost = which == 0 ? 900 + 0.15 * traffic : 260 + 0.34 * traffic;
      const BeamXYPoint point = { traffic, cost, cost * (which == 0 ? 0.9 : 0.86), cost * (which == 0 ? 1.12 : 1.15) };

      g_array_append_val (points, point);
    }
  beam_xy_series_set_points (series, (const BeamXYPoint *) (gpointer) points->data, points->len);
  g_array_unref (points);
  beam_plot_add (plot, series, BEAM_MARK_LINE, which);
}

static void
fill_break_even (GtkBox *box)
{
  static const BeamGuide sure = { GTK_ORIENTATION_VERTICAL, 3368, 2300, 4900, "break-even 3 400/s" };
  GtkWidget *plot = make_plot ("Hosting per month", BEAM_SCALE_LOG, BEAM_SCALE_LINEAR, gallery_rate, gallery_money);
  GtkWidget *never = make_plot ("Hosting per month", BEAM_SCALE_LOG, BEAM_SCALE_LINEAR, gallery_rate, gallery_money);

  beam_plot_set_labels (BEAM_PLOT (plot), "traffic", "hosting per month");
  add_cost (BEAM_PLOT (plot), 0);
  add_cost (BEAM_PLOT (plot), 1);
  beam_plot_add_guide (BEAM_PLOT (plot), &sure);
  gallery_legend (box, names, 2);
  gallery_add (box, "Where two costs cross, and the interval of that", plot, 280);
  add_cost (BEAM_PLOT (never), 0);
  gallery_add (box, "One alone has none", never, 150);
}

const GalleryPage gallery_plot_pages[] = {
  { "scatter", "Scatter with trace", "How latency goes with throughput, and how it went there.", fill_scatter },
  { "ccdf", "Distribution", "What share of requests was slower, down to one in ten thousand.", fill_ccdf },
  { "break-even", "Break-even", "From which traffic on the other one is cheaper.", fill_break_even },
  { NULL },
};
