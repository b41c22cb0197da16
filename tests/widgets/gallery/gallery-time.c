/* gallery-time.c: charts over time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "gallery.h"

#define SECOND   G_GINT64_CONSTANT (1000000)
#define START_US (1000 * SECOND)
#define SHOWN    240

static const char * const names[] = { "Event loop", "Threads" };

/* A quantity that wanders a little, the same each time. */
static BeamArraySeries *
make_series (const char *name, guint seed, double base, double rise, double noise)
{
  BeamArraySeries *series = beam_array_series_new (name);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  double drift = 0;

  for (int i = 0; i <= SHOWN; i++)
    {
      double share = CLAMP ((i - 40) / 90.0, 0, 1);

      drift = drift * 0.92 + g_rand_double_range (random, -1, 1) * noise;
      beam_array_series_append (series, START_US + i * SECOND,
                                fmax (base * (1 + rise * share) * exp (drift + g_rand_double_range (random, -noise, noise) * 0.3), 0));
    }
  return series;
}

static GtkWidget *
make_chart (const char *title, BeamScale scale, BeamFormatFunc format)
{
  g_autoptr (BeamTimeAxis) time = beam_time_axis_new (SHOWN * SECOND);
  g_autoptr (BeamValueAxis) value = beam_value_axis_new (scale);
  GtkWidget *chart = beam_chart_new (time, value, NULL);

  beam_time_axis_set_now (time, START_US + SHOWN * SECOND);
  beam_value_axis_set_format_func (value, format, NULL, NULL);
  beam_chart_set_title (BEAM_CHART (chart), title);
  beam_chart_set_empty_text (BEAM_CHART (chart), "No data yet");
  return chart;
}

static BeamLayer *
add_layer (GtkWidget *chart, BeamLayer *layer, int identity, const char *label)
{
  beam_layer_set_identity (layer, identity);
  beam_layer_set_label (layer, label);
  beam_chart_add_layer (BEAM_CHART (chart), layer);
  return layer;
}

static void
fill_line (GtkBox *box)
{
  GtkWidget *chart = make_chart ("Requests in flight", BEAM_SCALE_LINEAR, NULL);
  GtkWidget *broken = make_chart ("Throughput", BEAM_SCALE_LINEAR, gallery_rate);
  g_autoptr (BeamArraySeries) hole = beam_array_series_new ("Throughput");

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (BeamArraySeries) series = make_series (names[i], 4 + (guint) i, 180 + 30 * i, 0.8 + i * 0.3, 0.05);

      add_layer (chart, beam_line_layer_new (BEAM_SERIES (series)), i, NULL);
    }
  gallery_legend (box, names, 2);
  gallery_add (box, "Two lines, the latest values at their ends", chart, 180);

  for (int i = 0; i <= SHOWN; i++)
    if (i < 110 || i > 150)
      beam_array_series_append (hole, START_US + i * SECOND, 1000 + 80 * sin (i / 9.0));
    else if (i == 110)
      beam_array_series_append (hole, START_US + i * SECOND, (double) NAN);
  beam_array_series_add_gap (hole, START_US + 109 * SECOND, START_US + 151 * SECOND, "connection refused");
  beam_array_series_add_gap (hole, START_US + 151 * SECOND, START_US + 151 * SECOND, "restart");
  add_layer (broken, beam_area_layer_new (BEAM_SERIES (hole)), 0, NULL);
  add_layer (broken, beam_line_layer_new (BEAM_SERIES (hole)), 0, NULL);
  gallery_add (box, "An area with a gap, its reason, and a restart", broken, 170);
  gallery_add (box, "Empty", make_chart ("Empty", BEAM_SCALE_LINEAR, NULL), 110);
}

static void
fill_steps (GtkBox *box)
{
  GtkWidget *chart = make_chart ("Replicas", BEAM_SCALE_LINEAR, NULL);

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (BeamArraySeries) series = beam_array_series_new (names[i]);
      BeamLayer *layer;

      for (int at = 0; at <= SHOWN; at += 30)
        beam_array_series_append (series, START_US + at * SECOND, (i == 0 ? 2 : 3) + (at >= 90) + (i == 1 && at >= 150 ? 3 : 0) - (at >= 210));
      layer = add_layer (chart, beam_line_layer_new (BEAM_SERIES (series)), i, NULL);
      beam_line_layer_set_stepped (BEAM_LINE_LAYER (layer), TRUE);
    }
  gallery_legend (box, names, 2);
  gallery_add (box, "A value that holds until the next", chart, 200);
}

static void
fill_band (GtkBox *box)
{
  GtkWidget *chart = make_chart ("Latency", BEAM_SCALE_LOG, gallery_seconds);

  beam_value_axis_set_include (beam_chart_get_value_axis (BEAM_CHART (chart)), 0.1);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (BeamArraySeries) p50 = make_series (names[i], 20 + (guint) i, 0.021, i * 2.2, 0.03);
      g_autoptr (BeamArraySeries) p99 = make_series (names[i], 30 + (guint) i, 0.036, i * 5.0, 0.07);
      BeamLayer *light;

      add_layer (chart, beam_band_layer_new (BEAM_SERIES (p50), BEAM_SERIES (p99)), i, NULL);
      light = add_layer (chart, beam_line_layer_new (BEAM_SERIES (p50)), i, "p50");
      beam_line_layer_set_weight (BEAM_LINE_LAYER (light), BEAM_WEIGHT_LIGHT);
      add_layer (chart, beam_line_layer_new (BEAM_SERIES (p99)), i, "p99");
    }
  beam_chart_add_layer (BEAM_CHART (chart), beam_threshold_layer_new (0.1, "SLO 100 ms"));
  gallery_legend (box, names, 2);
  gallery_add (box, "From p50 to p99, with an objective; a logarithmic axis", chart, 260);
}

static void
fill_stack (GtkBox *box)
{
  static const char * const parts[] = { "user", "system", "waiting" };
  GtkBox *row = gallery_add_row (box);

  for (int which = 0; which < 2; which++)
    {
      GtkWidget *chart = make_chart ("CPU", BEAM_SCALE_LINEAR, NULL);
      BeamLayer *stack = add_layer (chart, beam_stack_layer_new (), which, "cores");

      beam_value_axis_set_include (beam_chart_get_value_axis (BEAM_CHART (chart)), 2.5);
      for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        {
          g_autoptr (BeamArraySeries) series = make_series (parts[i], 50 + i + 10 * (guint) which, 0.5 / (1 + i), 0.6 + which, 0.05);

          beam_stack_layer_add (BEAM_STACK_LAYER (stack), BEAM_SERIES (series));
        }
      gallery_add (row, which == 0 ? "user, system and waiting, from dark to light" : "The same of the other one", chart, 220);
    }
}

static void
fill_heat (GtkBox *box)
{
  double edges[49];

  for (int i = 0; i < 49; i++)
    edges[i] = 0.005 * pow (10, i / 18.0);

  for (int which = 0; which < 2; which++)
    {
      g_autoptr (BeamHeatSeries) series = beam_heat_series_new (names[which], edges, 48);
      GtkWidget *chart = make_chart ("Latency of all requests", BEAM_SCALE_LOG, gallery_seconds);
      g_autoptr (GRand) random = g_rand_new_with_seed (60);

      beam_value_axis_set_fixed (beam_chart_get_value_axis (BEAM_CHART (chart)), 0.005, 2);
      for (int i = 0; i < SHOWN; i++)
        {
          guint32 counts[48];
          double middle = 0.02 * (1 + which * CLAMP ((i - 60) / 90.0, 0, 1) * 2);

          if (which == 1 && i > 100 && i < 120)
            continue;
          for (int band = 0; band < 48; band++)
            {
              double u = log (edges[band] / middle);
              double slow = which == 1 && i > 130 ? 60 * exp (-pow (log (edges[band] / 0.5), 2) * 12) : 0;

              counts[band] = (guint32) (600 * exp (-u * u * (u < 0 ? 14 : 5)) + slow + g_rand_double (random) * (band < 40 && u > 0 ? 1.6 : 0));
            }
          beam_heat_series_append (series, START_US + i * SECOND, START_US + (i + 1) * SECOND, counts);
        }
      if (which == 1)
        beam_heat_series_add_gap (series, START_US + 101 * SECOND, START_US + 120 * SECOND, "no scrape");
      add_layer (chart, beam_heat_layer_new (series), which, "p99 ≤");
      beam_chart_add_layer (BEAM_CHART (chart), beam_threshold_layer_new (0.1, "SLO 100 ms"));
      gallery_add (box, which == 0 ? "One group of requests" : "A second group that a percentile would hide, and a gap", chart, 200);
    }
}

static void
fill_ratio (GtkBox *box)
{
  GtkWidget *chart = make_chart ("p99 latency, Threads ÷ Event loop", BEAM_SCALE_LOG, gallery_times);
  g_autoptr (BeamArraySeries) ratio = make_series ("ratio", 71, 0.95, 2.4, 0.03);
  g_autoptr (BeamArraySeries) low = make_series ("low", 71, 0.78, 2.4, 0.03);
  g_autoptr (BeamArraySeries) high = make_series ("high", 71, 1.16, 2.4, 0.03);

  beam_value_axis_set_include (beam_chart_get_value_axis (BEAM_CHART (chart)), 1);
  add_layer (chart, beam_ratio_layer_new (BEAM_SERIES (ratio), BEAM_SERIES (low), BEAM_SERIES (high)), BEAM_IDENTITY_NEUTRAL, "B ÷ A");
  gallery_add (box, "Where the band is off the line at 1 the two differ", chart, 110);
}

static void
fill_sparkline (GtkBox *box)
{
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (BeamArraySeries) series = make_series (names[i], 80 + (guint) i, 0.04, i * 2.0, 0.05);
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      GtkWidget *line = beam_sparkline_new (BEAM_SERIES (series), i);
      GtkWidget *name = gtk_label_new (names[i]);
      GtkWidget *value = gtk_label_new (i == 0 ? "41 ms" : "118 ms");

      beam_figure_set_title (BEAM_FIGURE (line), names[i]);
      beam_value_axis_set_format_func (beam_sparkline_get_value_axis (BEAM_SPARKLINE (line)), gallery_seconds, NULL, NULL);
      gtk_label_set_width_chars (GTK_LABEL (name), 12);
      gtk_label_set_xalign (GTK_LABEL (name), 0);
      gtk_box_append (GTK_BOX (row), beam_swatch_new (i));
      gtk_box_append (GTK_BOX (row), name);
      gtk_box_append (GTK_BOX (row), line);
      gtk_box_append (GTK_BOX (row), value);
      gtk_box_append (box, row);
    }
}

const GalleryPage gallery_time_pages[] = {
  { "line", "Line and area", "A quantity over time. What is unknown is a gap.", fill_line },
  { "steps", "Stepped line", "Settings and counts, which jump.", fill_steps },
  { "band", "Band", "Two quantiles, or the ends of an interval.", fill_band },
  { "stack", "Stacked area", "What a sum is made of, over time.", fill_stack },
  { "heat", "Heat map", "How often each latency occurred.", fill_heat },
  { "ratio", "Ratio lane", "One divided by the other, with its interval.", fill_ratio },
  { "sparkline", "Sparkline", "The form of a series in a line of text.", fill_sparkline },
  { NULL },
};
