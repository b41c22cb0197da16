/* sy-report-cost.c: what a report says about cost and priorities
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A decision of the command line has neither; then one sentence says so.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-report-build.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sy-ownership-case.h"
#include "sy-report-source.h"

#define OF_100 100.0

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

  /* Translators: a number of draws, a percentage, then three amounts */
  text = g_strdup_printf (_("In %s draws of what is uncertain, A costs less in %s %%. A less B: %s in the middle, 90 %% of the draws lie from %s to %s."),
                          n, share, middle, low, high);
  sy_report_add_paragraph (self, text);
}

/* "months to the first release (A)" for a name that we know; else the name. */
static char *
dup_parameter (const SyReportVeil *veil,
               JsonObject         *object)
{
  const char *name = sy_report_word (object, "parameter");
  const SyOwnershipParameter *parameter = name != NULL ? sy_ownership_parameter_find (name) : NULL;

  if (parameter == NULL)
    return sy_report_dup_text (veil, object, "parameter");
  if (name[0] != '\0' && name[1] == '.')
    return g_strdup_printf ("%s (%c)", _(parameter->label), name[0]);

  return g_strdup (_(parameter->label));
}

static void
add_number (SyReportBlock *table,
            JsonObject    *object,
            const char    *name)
{
  sy_report_block_take (table, sy_report_number (sy_report_value (object, name)));
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

      sy_report_block_take (table, dup_parameter (veil, bar));
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

      sy_report_block_take (table, dup_parameter (veil, point));
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

      sy_report_block_take (table, dup_parameter (veil, assumption));
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
      add_doubt (self, cost);
      add_tornado (self, sy_report_array (cost, "tornado"), veil);
      add_break_evens (self, sy_report_array (cost, "break_even"), veil);
    }

  add_assumptions (self, sy_report_array (cost, "assumptions"), veil);
}

static void
add_criteria (SyReport           *self,
              JsonArray          *criteria,
              const SyReportVeil *veil)
{
  const char *const head[] = { _("Criterion"), _("Kind"), "A", "B", _("Give or take"), NULL };
  SyReportBlock *table = sy_report_add_table (self, _("Points of 100 for each criterion:"), head);

  for (guint i = 0; i < sy_report_length (criteria); i++)
    {
      JsonObject *criterion = sy_report_element (criteria, i);
      JsonObject *values = sy_report_object (criterion, "v");

      sy_report_block_take (table, sy_report_dup_text (veil, criterion, "label"));
      sy_report_block_take (table, sy_report_dup_text (veil, criterion, "cls"));
      add_number (table, values, "A");
      add_number (table, values, "B");
      add_number (table, criterion, "half_width");
    }
  sy_report_or_say (self, _("No criteria were scored."));
}

static void
add_stances (SyReport           *self,
             JsonObject         *decision,
             const SyReportVeil *veil)
{
  const char *const head[] = { _("Priorities"), _("A first, of 100 readings"), _("Weight on measurements, of 100"), NULL };
  JsonObject *priorities = sy_report_object (sy_report_object (decision, "decision"), "priorities");
  JsonObject *measured = sy_report_object (sy_report_object (decision, "verdict"), "measured_share_of_weight");
  g_autoptr (GList) names = priorities != NULL ? json_object_get_members (priorities) : NULL;
  SyReportBlock *table = sy_report_add_table (self, _("Who comes first, by what matters most:"), head);

  for (GList *name = names; name != NULL; name = name->next)
    {
      const double p = sy_report_value (sy_report_object (priorities, name->data), "p_A_first");
      const double share = sy_report_value (measured, name->data);

      sy_report_block_take (table, g_str_equal (name->data, "none_stated") ? g_strdup (_("none stated"))
                                                                           : sy_report_veil_text (veil, name->data));
      sy_report_block_take (table, sy_report_number (p * OF_100));
      sy_report_block_take (table, isnan (share) ? NULL : sy_report_number (share * OF_100));
    }
  sy_report_or_say (self, _("No priorities were weighed."));
}

static void
add_flips (SyReport           *self,
           JsonArray          *flips,
           const SyReportVeil *veil)
{
  const char *const head[] = { _("Priorities"), _("Criterion"), _("Weight"), _("Flips at"), NULL };
  SyReportBlock *table = sy_report_add_table (self, _("Where another weight turns the answer:"), head);

  for (guint i = 0; i < sy_report_length (flips); i++)
    {
      JsonObject *flip = sy_report_element (flips, i);

      sy_report_block_take (table, sy_report_dup_text (veil, flip, "preset"));
      sy_report_block_take (table, sy_report_dup_text (veil, flip, "criterion"));
      add_number (table, flip, "weight");
      add_number (table, flip, "flips_at");
    }
  sy_report_or_say (self, _("No weight of a single criterion turns the answer."));
}

void
sy_report_add_priorities (SyReport           *self,
                          JsonObject         *decision,
                          const SyReportVeil *veil)
{
  JsonObject *weighed = sy_report_object (decision, "decision");

  sy_report_add_heading (self, 2, _("Weights and flip points"));
  if (weighed == NULL)
    {
      sy_report_add_paragraph (self, _("No priorities were weighed."));
      return;
    }

  add_criteria (self, sy_report_array (weighed, "criteria"), veil);
  add_stances (self, decision, veil);
  add_flips (self, sy_report_array (weighed, "flip"), veil);
}
