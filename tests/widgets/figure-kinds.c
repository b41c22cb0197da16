/* figure-kinds.c: a small figure of each kind, from two numbers of a test
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "figure-kinds.h"

GtkWidget *
make_bars (GtkOrientation orientation, double a, double b)
{
  GtkWidget *bars = beam_bar_chart_new (orientation);
  const BeamBar bar = { { a, b }, 2, a, b, BEAM_FILL_HATCHED };

  beam_bar_chart_add_subject (BEAM_BAR_CHART (bars), "A", 0);
  beam_bar_chart_add_subject (BEAM_BAR_CHART (bars), "B", 1);
  beam_bar_chart_add_part (BEAM_BAR_CHART (bars), "one");
  beam_bar_chart_add_category (BEAM_BAR_CHART (bars), "first", "note");
  beam_bar_chart_add_category (BEAM_BAR_CHART (bars), "second", NULL);
  beam_bar_chart_set_bar (BEAM_BAR_CHART (bars), 0, 0, &bar);
  beam_bar_chart_set_value (BEAM_BAR_CHART (bars), 1, 1, a);
  return bars;
}

GtkWidget *
make_tornado (double a, double b)
{
  GtkWidget *tornado = beam_tornado_new ();

  beam_tornado_set_base (BEAM_TORNADO (tornado), a);
  beam_tornado_set_flip (BEAM_TORNADO (tornado), b, 0, 1, "flip");
  beam_tornado_add (BEAM_TORNADO (tornado), "row", a, b, "low", "high");
  beam_tornado_add (BEAM_TORNADO (tornado), "other", b, 3, NULL, NULL);
  return tornado;
}

GtkWidget *
make_dots (BeamScale scale, double a, double b)
{
  GtkWidget *dots = beam_dot_plot_new (scale);

  beam_dot_plot_add_row (BEAM_DOT_PLOT (dots), "p99");
  beam_dot_plot_add_dot (BEAM_DOT_PLOT (dots), 0, 0, "A", a, b, a);
  beam_dot_plot_add_dot (BEAM_DOT_PLOT (dots), 0, 1, "B", b, NAN, NAN);
  return dots;
}

GtkWidget *
make_bullet (double a, double b)
{
  GtkWidget *bullet = beam_bullet_new (0);

  beam_bullet_set_value (BEAM_BULLET (bullet), a);
  beam_bullet_set_target (BEAM_BULLET (bullet), b);
  beam_bullet_set_interval (BEAM_BULLET (bullet), b, a);
  return bullet;
}

GtkWidget *
make_balance (double a, double b)
{
  GtkWidget *balance = beam_balance_new ();

  beam_balance_set_verdict (BEAM_BALANCE (balance), a);
  beam_balance_set_certainty (BEAM_BALANCE (balance), b);
  return balance;
}
