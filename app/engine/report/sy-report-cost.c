/* sy-report-cost.c: what a report says about cost, and what that assumes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A comparison of the command line has none; then one sentence says so.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-report-build.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sy-ownership-case.h"
#include "sy-report-source.h"

#define OF_100 100.0
#define MAX_ROWS 12 /* of a figure; the table has them all */
#define MAX_YEARS 10 /* side by side */

/* A row: @what, and the figures of A and B. */
static void
add_pair (SyReportBlock *table,
          const char    *what,
          JsonObject    *pair)
{
  if (pair == NULL)
    return;

  sy_report_block_add (table, what);
  sy_report_block_take (table, sy_report_number (sy_report_value (pair, "A")));
  sy_report_block_take (table, sy_report_number (sy_report_value (pair, "B")));
}

static void
add_net_present_value (SyReportBlock *table,
                       JsonObject    *decision)
{
  JsonObject *sides = sy_report_object (sy_report_object (decision, "cost"), "five_year");
  const double years = sy_report_value (sy_report_object (decision, "question"), "horizon_years");
  g_autofree char *n = sy_report_number (years);
  /* Translators: a number of years */
  g_autofree char *what = isnan (years) ? g_strdup (_("All years, net present value")) : g_strdup_printf (_("%s years, net present value"), n);

  if (sides == NULL)
    return;

  sy_report_block_add (table, what);
  sy_report_block_take (table, sy_report_number (sy_report_value (sy_report_object (sides, "A"), "npv")));
  sy_report_block_take (table, sy_report_number (sy_report_value (sy_report_object (sides, "B"), "npv")));
}

/* What the amounts of hosting are without. */
static void
add_omitted (SyReport  *self,
             JsonArray *omitted)
{
  for (guint i = 0; i < sy_report_length (omitted); i++)
    {
      JsonNode *node = json_array_get_element (omitted, i);
      const char *what = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (g_strcmp0 (what, "egress") == 0)
        sy_report_add_paragraph (self, _("Hosting is without traffic out: the size of a response, or its price, is not known."));
      else if (g_strcmp0 (what, "balancer") == 0)
        sy_report_add_paragraph (self, _("Hosting is without a load balancer, of which no price is known."));
    }
}

/* How sure it is which of the two is cheaper. */
static void
add_doubt (SyReport   *self,
           JsonObject *cost)
{
  JsonObject *draws = sy_report_object (cost, "monte_carlo");
  const double p = sy_report_value (draws, "p_A_cheaper");
  g_autofree char *n = sy_report_number (sy_report_value (draws, "n"));
  g_autofree char *share = sy_report_number (round (p * OF_100 * 10) / 10);
  g_autofree char *low = sy_report_number (sy_report_value (draws, "q05"));
  g_autofree char *middle = sy_report_number (sy_report_value (draws, "q50"));
  g_autofree char *high = sy_report_number (sy_report_value (draws, "q95"));
  g_autofree char *text = NULL;

  if (isnan (p))
    {
      sy_report_add_paragraph (self, _("Which of the two costs less cannot be said from what is known."));
      return;
    }
  if (sy_report_value (draws, "q05") == sy_report_value (draws, "q95"))
    {
      sy_report_add_paragraph (self, _("No range is stated that would make the difference uncertain."));
      return;
    }

  /* Translators: a number of draws, a percentage, then three amounts */
  text = g_strdup_printf (_("In %s draws of what is uncertain, A costs less in %s %%. A less B: %s in the middle, 90 %% of the draws lie from %s to %s."),
                          n, share, middle, low, high);
  sy_report_add_paragraph (self, text);
}

/* "months to the first release (A)" for a name that we know; else the name. Where
 * there is little room, @first: the side stands before it. */
static char *
dup_parameter (const SyReportVeil *veil,
               JsonObject         *object,
               gboolean            first)
{
  const char *name = sy_report_word (object, "parameter");
  const SyOwnershipParameter *parameter = name != NULL ? sy_ownership_parameter_find (name) : NULL;

  if (parameter == NULL)
    return sy_report_dup_text (veil, object, "parameter");
  if (name[0] != '\0' && name[1] == '.')
    return first ? g_strdup_printf ("%c: %s", name[0], _(parameter->label)) : g_strdup_printf ("%s (%c)", _(parameter->label), name[0]);

  return g_strdup (_(parameter->label));
}

static void
add_number (SyReportBlock *table,
            JsonObject    *object,
            const char    *name)
{
  sy_report_block_take (table, sy_report_number (sy_report_value (object, name)));
}

/* Amounts of the years, the first of which is the beginning. */
static void
add_years (SyReport   *self,
           JsonObject *cost,
           const char *currency)
{
  const char *const head[] = { _("Year"), "A", "B", NULL };
  JsonObject *both = sy_report_object (cost, "five_year");
  JsonArray *years[] = { sy_report_array (sy_report_object (both, "A"), "year_total"),
                         sy_report_array (sy_report_object (both, "B"), "year_total") };
  const guint n = MAX (sy_report_length (years[0]), sy_report_length (years[1]));
  /* Translators: a currency */
  g_autofree char *title = currency != NULL ? g_strdup_printf (_("Cost of each year, %s"), currency) : g_strdup (_("Cost of each year"));
  SyFigure *figure = sy_figure_new (SY_FIGURE_COLUMNS, title);
  SyReportBlock *table;

  for (guint i = 0; i < MIN (n, MAX_YEARS); i++)
    {
      /* Translators: the number of a year */
      g_autofree char *label = i == 0 ? g_strdup (_("Begin")) : g_strdup_printf (_("Year %u"), i);
      SyFigureRow *row = sy_figure_add_row (figure, label);

      for (guint side = 0; side < 2; side++)
        {
          row->value[side] = sy_report_item (years[side], i);
          row->text[side] = sy_report_short (row->value[side]);
        }
    }
  sy_report_take_figure (self, figure);
  if (n == 0)
    return;

  table = sy_report_add_table (self, title, head);
  for (guint i = 0; i < n; i++)
    {
      sy_report_block_take (table, i == 0 ? g_strdup (_("Begin")) : g_strdup_printf ("%u", i));
      for (guint side = 0; side < 2; side++)
        sy_report_block_take (table, sy_report_number (sy_report_item (years[side], i)));
    }
}

static void
add_swings (SyReport           *self,
            JsonObject         *cost,
            const SyReportVeil *veil)
{
  JsonArray *bars = sy_report_array (cost, "tornado");
  const double difference = sy_report_value (cost, "difference_npv");
  g_autofree char *amount = sy_report_number (difference);
  /* Translators: an amount */
  g_autofree char *stated = g_strdup_printf (_("as stated: %s"), amount);
  SyFigure *figure = sy_figure_new (SY_FIGURE_SPANS, _("What the difference in cost turns on, A less B"));

  sy_figure_add_mark (figure, 0, _("both cost the same"));
  if (!isnan (difference))
    sy_figure_add_mark (figure, difference, stated);

  for (guint i = 0; i < sy_report_length (bars) && figure->rows->len < MAX_ROWS; i++)
    {
      JsonObject *bar = sy_report_element (bars, i);
      const double low = sy_report_value (bar, "at_low");
      const double high = sy_report_value (bar, "at_high");
      g_autofree char *label = dup_parameter (veil, bar, TRUE);
      SyFigureRow *row;

      if (!isfinite (low) || !isfinite (high))
        continue;

      row = sy_figure_add_row (figure, label);
      row->low[0] = low;
      row->high[0] = high;
      row->text[0] = sy_report_number (sy_report_value (bar, "low"));
      row->text[1] = sy_report_number (sy_report_value (bar, "high"));
    }

  sy_report_take_figure (self, figure);
}

static void
add_tornado (SyReport           *self,
             JsonArray          *bars,
             const SyReportVeil *veil)
{
  const char *const head[] = { _("Input"), _("Kind"), _("From"), _("To"), _("A less B, at the first"), _("At the second"), NULL };
  SyReportBlock *table;

  if (sy_report_length (bars) == 0)
    return;

  table = sy_report_add_table (self, _("What the difference in cost turns on, the widest swing first:"), head);
  for (guint i = 0; i < sy_report_length (bars); i++)
    {
      JsonObject *bar = sy_report_element (bars, i);

      sy_report_block_take (table, dup_parameter (veil, bar, FALSE));
      sy_report_block_take (table, sy_report_dup_text (veil, bar, "cls"));
      add_number (table, bar, "low");
      add_number (table, bar, "high");
      add_number (table, bar, "at_low");
      add_number (table, bar, "at_high");
    }
}

static void
add_break_evens (SyReport           *self,
                 JsonArray          *points,
                 const SyReportVeil *veil)
{
  const char *const head[] = { _("Input"), _("Both cost the same at"), NULL };
  SyReportBlock *table;

  if (sy_report_length (points) == 0)
    return;

  table = sy_report_add_table (self, _("Where the answer on cost flips:"), head);
  for (guint i = 0; i < sy_report_length (points); i++)
    {
      JsonObject *point = sy_report_element (points, i);
      const double value = sy_report_value (point, "value");

      sy_report_block_take (table, dup_parameter (veil, point, FALSE));
      sy_report_block_take (table, isnan (value) ? g_strdup (_("no value in its range")) : sy_report_number (value));
    }
}

static void
add_assumptions (SyReport           *self,
                 JsonArray          *assumptions,
                 const SyReportVeil *veil)
{
  const char *const head[] = { _("Input"), _("Value"), _("Kind"), _("Source"), _("Date"), NULL };
  SyReportBlock *table;

  sy_report_add_heading (self, 2, _("Assumptions"));
  table = sy_report_add_table (self, NULL, head);
  for (guint i = 0; i < sy_report_length (assumptions); i++)
    {
      JsonObject *assumption = sy_report_element (assumptions, i);

      sy_report_block_take (table, dup_parameter (veil, assumption, FALSE));
      add_number (table, assumption, "value");
      sy_report_block_take (table, sy_report_dup_text (veil, assumption, "cls"));
      sy_report_block_take (table, sy_report_dup_text (veil, assumption, "source"));
      sy_report_block_take (table, sy_report_dup_text (veil, assumption, "observed"));
    }
  sy_report_or_say (self, _("The decision lists no inputs of a cost; what it rests on is under Evidence."));
}

void
sy_report_add_cost (SyReport           *self,
                    JsonObject         *decision,
                    const SyReportVeil *veil)
{
  const char *const head[] = { _("Cost"), "A", "B", NULL };
  JsonObject *cost = sy_report_object (decision, "cost");
  g_autofree char *currency = sy_report_dup_text (veil, decision, "currency");
  /* Translators: a currency */
  g_autofree char *caption = currency != NULL ? g_strdup_printf (_("Amounts are in %s."), currency) : NULL;
  SyReportBlock *table;

  sy_report_add_heading (self, 2, _("Cost"));
  if (cost == NULL)
    sy_report_add_paragraph (self, _("No cost was weighed."));
  else
    {
      table = sy_report_add_table (self, caption, head);
      add_pair (table, _("Hosting, a month"), sy_report_object (cost, "monthly"));
      add_pair (table, _("A million requests"), sy_report_object (cost, "per_million"));
      add_net_present_value (table, decision);
      sy_report_or_say (self, _("No amount is known."));
      add_omitted (self, sy_report_array (cost, "monthly_omitted"));
      add_years (self, cost, currency);
      add_doubt (self, cost);
      add_swings (self, cost, veil);
      add_tornado (self, sy_report_array (cost, "tornado"), veil);
      add_break_evens (self, sy_report_array (cost, "break_even"), veil);
    }

  add_assumptions (self, sy_report_array (cost, "assumptions"), veil);
}
