/* sy-cost-pictures.c: the costs as figures
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-cost-pictures.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-break-even.h"
#include "sy-cost-input.h"
#include "sy-evidence-mark.h"
#include "sy-format.h"
#include "sy-money.h"

#define MAX_BARS 12
#define CURVE_POINTS 240

/* Peaks from a hundredth to a hundred times of what was stated, within what the
 * model is about. */
#define RANGE 100.0
#define LOWEST_PEAK 10.0
#define HIGHEST_PEAK 1e5

/* --- axes ----------------------------------------------------------------- */

static char *
format_money (double        value,
              double        step,
              BeamFormatUse use,
              gpointer      user_data)
{
  return use == BEAM_FORMAT_TICK ? sy_money_format_tick (value, step, user_data) : sy_money_format (value, user_data);
}

static char *
format_signed (double        value,
               double        step,
               BeamFormatUse use,
               gpointer      user_data)
{
  return use == BEAM_FORMAT_TICK ? sy_money_format_tick (value, step, user_data) : sy_money_format_signed (value, user_data);
}

static char *
format_rate (double        value,
             double        step,
             BeamFormatUse use,
             gpointer      user_data)
{
  g_autofree char *number = NULL;

  if (use != BEAM_FORMAT_SPOKEN)
    return sy_format_rate (value);

  number = sy_format_number (value);
  /* Translators: spoken by a screen reader */
  return g_strdup_printf (_("%s requests per second"), number);
}

void
sy_cost_format_axis (BeamValueAxis *axis,
                     const char    *currency,
                     gboolean       is_signed)
{
  beam_value_axis_set_format_func (axis, is_signed ? format_signed : format_money, g_strdup (currency), g_free);
}

/* --- tornado -------------------------------------------------------------- */

static void
add_bar (BeamTornado        *tornado,
         const SyCostSheet  *sheet,
         const SyTornadoBar *bar)
{
  const SyDoubt *doubt = g_ptr_array_index (sheet->decision->doubts, bar->range);
  const SyCostInput *input = sy_cost_input_find (doubt->parameter);
  g_autofree char *name = sy_cost_sheet_dup_name (sheet, doubt->parameter);
  g_autofree char *marked = NULL;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (input == NULL)
    return;

  low = sy_cost_input_format_short (input, doubt->low, sheet->decision->currency);
  high = sy_cost_input_format_short (input, doubt->high, sheet->decision->currency);
  marked = g_strdup_printf ("%s\u00a0%s", sy_evidence_mark_get_shape (doubt->cls), name);
  beam_tornado_add (tornado, marked, bar->at_low, bar->at_high, low, high);
}

void
sy_cost_fill_tornado (BeamTornado       *tornado,
                      const SyCostSheet *sheet)
{
  const SyDecision *decision = sheet->decision;
  guint n = 0;

  beam_tornado_clear (tornado);
  sy_cost_format_axis (beam_tornado_get_value_axis (tornado), decision->currency, TRUE);
  beam_tornado_set_base (tornado, decision->result.difference);
  beam_tornado_set_flip (tornado, 0, 0, 1, _("same cost"));

  /* The widest come first. One that moves nothing is of a line that is left out. */
  for (guint i = 0; i < decision->doubts->len && n < MAX_BARS; i++)
    if (decision->result.bars[i].swing > 0)
      {
        add_bar (tornado, sheet, &decision->result.bars[i]);
        n++;
      }
}

/* --- years ---------------------------------------------------------------- */

static void
set_sum (BeamBarChart            *bars,
         const SyCostSheet       *sheet,
         const SyOwnershipSpread *spread,
         guint                    year,
         guint                    side)
{
  const SyOwnership *cost = &sheet->decision->result.ownership[side];
  double factors[SY_N_COST_FACTORS];
  BeamBar bar = { .low = spread->low[side][year], .high = spread->high[side][year], .fill = BEAM_FILL_SOLID };

  sy_ownership_sum_factors (cost, &sheet->decision->cost.common, year, factors);

  for (guint i = 0; i < SY_N_COST_FACTORS; i++)
    if (!isnan (factors[i]))
      bar.parts[bar.n_parts++] = factors[i];

  if (bar.low >= bar.high)
    bar.low = bar.high = NAN;

  beam_bar_chart_set_bar (bars, year, side, bar.n_parts > 0 ? &bar : NULL);
}

void
sy_cost_fill_years (BeamBarChart            *bars,
                    const SyCostSheet       *sheet,
                    const SyOwnershipSpread *spread)
{
  const SyOwnership *cost = &sheet->decision->result.ownership[0];

  beam_bar_chart_clear (bars);
  sy_cost_format_axis (beam_bar_chart_get_value_axis (bars), sheet->decision->currency, FALSE);
  if (isnan (cost->npv))
    return;

  for (guint side = 0; side < 2; side++)
    {
      g_autofree char *label = sy_cost_sheet_dup_label (sheet, side);

      beam_bar_chart_add_subject (bars, label, (int) side);
    }

  for (guint i = 0; i < SY_N_COST_FACTORS; i++)
    if ((sy_cost_factor_get_lines (i) & ~cost->omitted) != 0)
      beam_bar_chart_add_part (bars, sy_cost_factor_get_title (i));

  for (guint year = 0; year <= cost->horizon; year++)
    {
      /* Translators: below bars, a year of use: "Year 3" */
      g_autofree char *name = year == 0 ? g_strdup (_("Release")) : g_strdup_printf (_("Year %u"), year);

      beam_bar_chart_add_category (bars, name, NULL);
      for (guint side = 0; side < 2; side++)
        set_sum (bars, sheet, spread, year, side);
    }
}

/* --- traffic -------------------------------------------------------------- */

void
sy_cost_find_traffic (const SyCostSheet *sheet,
                      SyCostTraffic     *ret_traffic)
{
  SyHostingPlan plan[2];
  double capacity[2][2];
  const double peak = sheet->decision->cost.common.peak_rps;
  SyCostTraffic traffic = { .peak = NAN, .peak_low = NAN, .peak_high = NAN };

  traffic.low = isfinite (peak) ? fmax (peak / RANGE, LOWEST_PEAK) : LOWEST_PEAK;
  traffic.high = isfinite (peak) ? fmax (fmin (peak * RANGE, HIGHEST_PEAK), traffic.low * RANGE) : HIGHEST_PEAK;

  for (guint side = 0; side < 2; side++)
    {
      plan[side] = sy_cost_sheet_get_plan (sheet, side);
      sy_cost_sheet_get_range (sheet, side == 0 ? "A.cap_slo" : "B.cap_slo", &capacity[side][0], &capacity[side][1]);
    }

  if (!sy_break_even_traffic (&plan[0], &plan[1], traffic.low, traffic.high, &traffic.peak))
    traffic.peak = NAN;

  for (guint corner = 0; corner < 4; corner++)
    {
      double found;

      plan[0].capacity = capacity[0][corner & 1];
      plan[1].capacity = capacity[1][corner >> 1];
      if (!sy_break_even_traffic (&plan[0], &plan[1], traffic.low, traffic.high, &found))
        continue;

      traffic.n_corners++;
      traffic.peak_low = fmin (traffic.peak_low, found);
      traffic.peak_high = fmax (traffic.peak_high, found);
    }

  *ret_traffic = traffic;
}

static void
add_curve (BeamPlot            *plot,
           const SyCostSheet   *sheet,
           const SyCostTraffic *traffic,
           guint                side)
{
  SyHostingPlan plan = sy_cost_sheet_get_plan (sheet, side);
  g_autofree char *label = sy_cost_sheet_dup_label (sheet, side);
  g_autoptr (BeamXYSeries) series = beam_xy_series_new (label);
  BeamXYPoint points[CURVE_POINTS];
  double peaks[CURVE_POINTS];
  double totals[3][CURVE_POINTS];
  double low, high;
  const double capacity = plan.capacity;

  sy_cost_sheet_get_range (sheet, side == 0 ? "A.cap_slo" : "B.cap_slo", &low, &high);

  for (guint i = 0; i < 3; i++)
    {
      plan.capacity = i == 0 ? capacity : i == 1 ? high : low;
      sy_break_even_curve (&plan, traffic->low, traffic->high, CURVE_POINTS, peaks, totals[i]);
    }

  for (guint i = 0; i < CURVE_POINTS; i++)
    points[i] = (BeamXYPoint){ peaks[i], totals[0][i], totals[1][i], totals[2][i] };

  beam_xy_series_set_points (series, points, CURVE_POINTS);
  beam_plot_add (plot, series, BEAM_MARK_STEPS, (int) side);
}

void
sy_cost_fill_traffic (BeamPlot            *plot,
                      const SyCostSheet   *sheet,
                      const SyCostTraffic *traffic)
{
  const SyDecision *decision = sheet->decision;
  const BeamGuide here = { GTK_ORIENTATION_VERTICAL, decision->cost.common.peak_rps, NAN, NAN, _("your peak") };
  const BeamGuide flip = { GTK_ORIENTATION_VERTICAL, traffic->peak, traffic->peak_low, traffic->peak_high, _("break-even") };

  beam_plot_clear (plot);
  sy_cost_format_axis (beam_plot_get_y_axis (plot), decision->currency, FALSE);
  beam_value_axis_set_format_func (beam_plot_get_x_axis (plot), format_rate, NULL, NULL);
  beam_value_axis_set_tight (beam_plot_get_x_axis (plot), TRUE);
  beam_plot_set_labels (plot, _("peak traffic"), _("hosting a month"));

  if (isnan (decision->result.month[0].total) || isnan (decision->result.month[1].total))
    return;

  for (guint side = 0; side < 2; side++)
    add_curve (plot, sheet, traffic, side);

  if (isfinite (here.value))
    beam_plot_add_guide (plot, &here);
  if (isfinite (flip.value))
    beam_plot_add_guide (plot, &flip);
}

char *
sy_cost_dup_traffic (const SyCostSheet   *sheet,
                     const SyCostTraffic *traffic)
{
  g_autofree char *low = sy_format_rate (traffic->low);
  g_autofree char *high = sy_format_rate (traffic->high);
  g_autofree char *peak = NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (isnan (sheet->decision->result.month[0].total) || isnan (sheet->decision->result.month[1].total))
    return g_strdup (_("It needs the peak traffic, and of both the capacity, the price of a machine and the copies on one."));

  if (isnan (traffic->peak))
    {
      if (traffic->n_corners > 0)
        /* Translators: %1$s and %2$s are loads, "30/s" */
        return g_strdup_printf (_("No break-even between %1$s and %2$s, but within the doubt about the capacities there may be one."),
                                low, high);

      /* Translators: %1$s and %2$s are loads, "30/s" */
      return g_strdup_printf (_("No break-even in range: the two do not change places between %1$s and %2$s."), low, high);
    }

  peak = sy_format_rate (traffic->peak);
  if (traffic->n_corners < 4)
    /* Translators: %s is a load, "3,400/s" */
    return g_strdup_printf (_("The two first change places at a peak of %s; within the doubt about the capacities, perhaps never."), peak);

  first = sy_format_rate (traffic->peak_low);
  last = sy_format_rate (traffic->peak_high);
  if (g_str_equal (first, last))
    /* Translators: %s is a load, "3,400/s" */
    return g_strdup_printf (_("The two first change places at a peak of %s."), peak);

  /* Translators: loads: "The two first change places at a peak of 3,400/s (2,900/s to 4,100/s)." */
  return g_strdup_printf (_("The two first change places at a peak of %1$s (%2$s to %3$s)."), peak, first, last);
}
