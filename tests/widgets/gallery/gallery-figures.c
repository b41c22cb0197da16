/* gallery-figures.c: bars, intervals and the balance
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "gallery.h"

static GtkWidget *
make_balance (double verdict, double certainty, gboolean names)
{
  GtkWidget *balance = beam_balance_new ();

  beam_figure_set_title (BEAM_FIGURE (balance), "Verdict");
  beam_figure_set_empty_text (BEAM_FIGURE (balance), "Not comparable yet");
  beam_balance_set_subject (BEAM_BALANCE (balance), 0, 0, names ? "Event loop" : NULL);
  beam_balance_set_subject (BEAM_BALANCE (balance), 1, 1, names ? "Threads" : NULL);
  beam_balance_set_verdict (BEAM_BALANCE (balance), verdict);
  beam_balance_set_certainty (BEAM_BALANCE (balance), certainty);
  return balance;
}

static void
fill_balance (GtkBox *box)
{
  GtkBox *row;
  GtkWidget *strip;

  gallery_add (box, "Clearly the first, and sure of it", make_balance (-0.75, 0.95, TRUE), 210);
  row = gallery_add_row (box);
  gallery_add (row, "The second, but it is not sure", make_balance (0.35, 0.55, TRUE), 150);
  gallery_add (row, "Too close to call", make_balance (0.02, 0.3, TRUE), 150);
  gallery_add (row, "Not comparable yet", make_balance (NAN, NAN, TRUE), 150);
  strip = gallery_add (box, "In a strip, without names", make_balance (-0.5, 0.8, FALSE), 64);
  gtk_widget_set_hexpand (strip, FALSE);
  gtk_widget_set_halign (strip, GTK_ALIGN_START);
}

static GtkWidget *
make_tornado (double flip)
{
  GtkWidget *tornado = beam_tornado_new ();
  BeamTornado *self = BEAM_TORNADO (tornado);

  beam_figure_set_title (BEAM_FIGURE (tornado), "What moves the five-year cost");
  beam_figure_set_empty_text (BEAM_FIGURE (tornado), "No assumption has a range yet");
  beam_value_axis_set_format_func (beam_tornado_get_value_axis (self), gallery_money, NULL, NULL);
  if (!isnan (flip))
    beam_tornado_set_flip (self, flip, 0, 1, "same cost");
  return tornado;
}

static void
fill_tornado (GtkBox *box)
{
  GtkWidget *flips = make_tornado (0);
  GtkWidget *plain = make_tornado (NAN);

  beam_tornado_set_base (BEAM_TORNADO (flips), -120e3);
  beam_tornado_add (BEAM_TORNADO (flips), "Peak traffic", 60e3, -420e3, "400/s", "3 000/s");
  beam_tornado_add (BEAM_TORNADO (flips), "Salary, loaded", -20e3, -260e3, "$80 k", "$160 k");
  beam_tornado_add (BEAM_TORNADO (flips), "Weeks to a first version", -330e3, 90e3, "10", "24");
  beam_tornado_add (BEAM_TORNADO (flips), "Machine price", -80e3, -170e3, "$0.10/h", "$0.21/h");
  beam_tornado_add (BEAM_TORNADO (flips), "Discount rate", -135e3, -101e3, "12 %", "4 %");
  beam_tornado_add (BEAM_TORNADO (flips), "Integrations", NAN, NAN, NULL, NULL);
  gallery_add (box, "B − A over five years: what crosses the line can turn the decision", flips, 240);

  beam_tornado_set_base (BEAM_TORNADO (plain), 1.81e6);
  beam_tornado_add (BEAM_TORNADO (plain), "Team", 1.3e6, 2.5e6, "3", "6");
  beam_tornado_add (BEAM_TORNADO (plain), "Salary", 1.5e6, 2.2e6, "$90 k", "$150 k");
  beam_tornado_add (BEAM_TORNADO (plain), "Headroom", 1.78e6, 1.86e6, "20 %", "50 %");
  gallery_add (box, "The cost of one, without a flip", plain, 130);
  gallery_add (box, "Empty", make_tornado (NAN), 60);
}

static GtkWidget *
make_bars (GtkOrientation orientation, const char *title)
{
  GtkWidget *bars = beam_bar_chart_new (orientation);

  beam_figure_set_title (BEAM_FIGURE (bars), title);
  beam_figure_set_empty_text (BEAM_FIGURE (bars), "Nothing to compare yet");
  return bars;
}

static void
fill_bars (GtkBox *box)
{
  static const char * const criteria[] = {
    "Latency at the SLO", "Requests in flight before the knee", "Five-year cost of ownership",
    "Time to a first version", "Hiring near us", "AI and data libraries",
  };
  static const char * const notes[] = { "measured", "measured", "estimated", "judged", "judged", "judged" };
  static const BeamFill fills[] = { BEAM_FILL_SOLID, BEAM_FILL_SOLID, BEAM_FILL_HATCHED, BEAM_FILL_OUTLINE,
                                    BEAM_FILL_OUTLINE, BEAM_FILL_OUTLINE };
  static const double scores[][2] = { { 0.86, 0.41 }, { 0.9, 0.38 }, { 0.58, 0.52 }, { 0.55, 0.72 }, { 0.66, NAN }, { 0.3, 0.95 } };
  GtkWidget *level = make_bars (GTK_ORIENTATION_HORIZONTAL, "What speaks for each");
  GtkWidget *upright = make_bars (GTK_ORIENTATION_VERTICAL, "Throughput by endpoint");
  static const char * const endpoints[] = { "/orders", "/cart", "/search", "/login" };

  beam_value_axis_set_fixed (beam_bar_chart_get_value_axis (BEAM_BAR_CHART (level)), 0, 1);
  beam_value_axis_set_format_func (beam_bar_chart_get_value_axis (BEAM_BAR_CHART (level)), gallery_percent, NULL, NULL);
  beam_bar_chart_set_track (BEAM_BAR_CHART (level), TRUE);
  beam_bar_chart_add_subject (BEAM_BAR_CHART (level), "Event loop", 0);
  beam_bar_chart_add_subject (BEAM_BAR_CHART (level), "Threads", 1);
  for (guint i = 0; i < G_N_ELEMENTS (criteria); i++)
    {
      double half = fills[i] == BEAM_FILL_SOLID ? 0.03 : 0.1;

      beam_bar_chart_add_category (BEAM_BAR_CHART (level), criteria[i], notes[i]);
      for (guint j = 0; j < 2; j++)
        {
          const BeamBar bar = { { scores[i][j] }, 1, scores[i][j] - half, scores[i][j] + half, fills[i] };

          beam_bar_chart_set_bar (BEAM_BAR_CHART (level), i, j, &bar);
        }
    }
  gallery_add (box, "Scores with intervals; full: measured, hatched: estimated, outline: judged; one is unknown", level, 260);

  beam_value_axis_set_format_func (beam_bar_chart_get_value_axis (BEAM_BAR_CHART (upright)), gallery_rate, NULL, NULL);
  beam_bar_chart_add_subject (BEAM_BAR_CHART (upright), "Event loop", 0);
  beam_bar_chart_add_subject (BEAM_BAR_CHART (upright), "Threads", 1);
  for (guint i = 0; i < G_N_ELEMENTS (endpoints); i++)
    {
      beam_bar_chart_add_category (BEAM_BAR_CHART (upright), endpoints[i], NULL);
      beam_bar_chart_set_value (BEAM_BAR_CHART (upright), i, 0, 1200 - 240.0 * i);
      beam_bar_chart_set_value (BEAM_BAR_CHART (upright), i, 1, i == 2 ? (double) NAN : 900 - 130.0 * i);
    }
  gallery_add (box, "Plain bars; one is unknown", upright, 190);
  gallery_add (box, "Empty", make_bars (GTK_ORIENTATION_VERTICAL, "Nothing"), 60);
}

static void
fill_stacks (GtkBox *box)
{
  static const char * const parts[] = { "Hosting", "People", "Time to market", "Integrations", "Maintenance" };
  GtkWidget *bars = make_bars (GTK_ORIENTATION_VERTICAL, "Five-year cost of ownership");
  BeamBarChart *self = BEAM_BAR_CHART (bars);
  static const char * const names[] = { "Event loop", "Threads" };

  beam_value_axis_set_format_func (beam_bar_chart_get_value_axis (self), gallery_money, NULL, NULL);
  for (guint i = 0; i < 2; i++)
    beam_bar_chart_add_subject (self, names[i], (int) i);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    beam_bar_chart_add_part (self, parts[i]);
  for (guint year = 0; year < 5; year++)
    {
      g_autofree char *name = g_strdup_printf ("Year %u", year + 1);

      beam_bar_chart_add_category (self, name, NULL);
      for (guint i = 0; i < 2; i++)
        {
          double n = year + 1;
          const BeamBar bar = {
            { (i == 0 ? 24e3 : 48e3) * n, (i == 0 ? 230e3 : 210e3) * n, i == 0 ? 220e3 : 115e3, 20e3 * n, 68e3 * n },
            5, (i == 0 ? 460e3 : 370e3) * (1 + 0.78 * year), (i == 0 ? 750e3 : 660e3) * (1 + 0.47 * year), BEAM_FILL_SOLID,
          };

          beam_bar_chart_set_bar (self, year, i, &bar);
        }
    }
  gallery_legend (box, names, 2);
  gallery_add (box, "Parts are shades of the subject, darkest at the foot; the stroke is the interval of the sum", bars, 320);
}

static void
fill_bullet (GtkBox *box)
{
  static const double grades[] = { 0.6, 0.8 };
  static const double values[] = { 0.62, 0.87, NAN };
  BeamValueAxis *axis = beam_value_axis_new (BEAM_SCALE_LINEAR);

  beam_value_axis_set_fixed (axis, 0, 1);
  beam_value_axis_set_format_func (axis, gallery_percent, NULL, NULL);
  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *bullet = beam_bullet_new ((int) i % 2);

      beam_figure_set_title (BEAM_FIGURE (bullet), "Saturation");
      beam_bullet_set_value_axis (BEAM_BULLET (bullet), axis);
      beam_bullet_set_grades (BEAM_BULLET (bullet), grades, 2);
      beam_bullet_set_target (BEAM_BULLET (bullet), 0.7);
      beam_bullet_set_value (BEAM_BULLET (bullet), values[i]);
      if (i < 2)
        beam_bullet_set_interval (BEAM_BULLET (bullet), values[i] - 0.04, values[i] + 0.05);
      beam_bullet_set_show_axis (BEAM_BULLET (bullet), i == 2);
      gallery_add (box, i == 0 ? "Under the target" : i == 1 ? "Over it" : "Unknown, with the axis of all three", bullet, 28);
    }
  g_object_unref (axis);
}

static void
fill_dots (GtkBox *box)
{
  static const char * const rows[] = { "p50", "p90", "p99", "p99.9", "p99.99" };
  static const double values[][2] = { { 0.024, 0.069 }, { 0.031, 0.12 }, { 0.043, 0.221 }, { 0.11, 0.6 }, { 0.4, NAN } };
  static const char * const names[] = { "Event loop", "Threads" };
  GtkWidget *dots = beam_dot_plot_new (BEAM_SCALE_LOG);
  GtkWidget *none = beam_dot_plot_new (BEAM_SCALE_LOG);

  beam_figure_set_title (BEAM_FIGURE (dots), "Latency by quantile");
  beam_value_axis_set_format_func (beam_dot_plot_get_value_axis (BEAM_DOT_PLOT (dots)), gallery_seconds, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      beam_dot_plot_add_row (BEAM_DOT_PLOT (dots), rows[i]);
      for (guint j = 0; j < 2; j++)
        beam_dot_plot_add_dot (BEAM_DOT_PLOT (dots), i, (int) j, names[j], values[i][j],
                               values[i][j] * (0.95 - 0.07 * i), values[i][j] * (1.05 + 0.12 * i));
    }
  gallery_legend (box, names, 2);
  gallery_add (box, "With intervals; the last quantile of one is unknown", dots, 210);
  beam_figure_set_title (BEAM_FIGURE (none), "Nothing");
  beam_figure_set_empty_text (BEAM_FIGURE (none), "No quantiles yet");
  gallery_add (box, "Empty", none, 60);
}

const GalleryPage gallery_figure_pages[] = {
  { "balance", "Balance", "Who is ahead and how sure that is. It swings to a new verdict, unless motion is reduced.", fill_balance },
  { "tornado", "Tornado", "Which assumption moves the result the most, the widest first.", fill_tornado },
  { "bars", "Bars", "Quantities by name, side by side, with how sure they are.", fill_bars },
  { "stacks", "Stacked bars", "A sum and what it is made of.", fill_stacks },
  { "bullet", "Bullet", "One value against its target.", fill_bullet },
  { "dots", "Dot plot", "Quantiles of several subjects: the length between two dots is their ratio.", fill_dots },
  { NULL },
};
