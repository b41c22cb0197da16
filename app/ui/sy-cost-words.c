/* sy-cost-words.c: what five years say, in sentences
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The month is in sy-cost-row.c.
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-cost-words.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "sy-cost-input.h"
#include "sy-decision-words.h"
#include "sy-money.h"
#include "sy-sentence.h"
#include "sy-text.h"

const char *
sy_cost_factor_get_title (SyCostFactor factor)
{
  static const char *const titles[SY_N_COST_FACTORS] = {
    N_("Hosting"), N_("People"), N_("Time to market"), N_("Integrations"), N_("Maintenance"),
  };

  g_return_val_if_fail ((guint) factor < SY_N_COST_FACTORS, NULL);

  return _(titles[factor]);
}

/* Times in a hundred, as people count chances; never "in 0" or "in 100" where
 * there was one. */
static int
count_in_hundred (double share)
{
  const int rounded = (int) round (share * 100);

  if (rounded == 0 && share > 0)
    return 1;

  return rounded == 100 && share < 1 ? 99 : rounded;
}

/* An answer with what weakens all of it in front. @text: (transfer full) */
static char *
qualify (const SyCostSheet *sheet,
         char              *text)
{
  g_autofree char *owned = text;

  if (!sy_cost_sheet_is_indicative (sheet))
    return g_steal_pointer (&owned);

  /* Translators: %s is a sentence about costs that rest on old prices or on one without a rate */
  return g_strdup_printf (_("Indicative: %s"), owned);
}

char *
sy_cost_words_dup_headline (const SyCostSheet *sheet)
{
  const SyDecisionResult *result = &sheet->decision->result;
  const char *currency = sheet->decision->currency;
  const guint cheaper = result->difference > 0 ? 1 : 0;
  const guint years = sheet->decision->cost.common.horizon;
  const double p = cheaper == 0 ? result->monte_carlo.p_a_cheaper : 1 - result->monte_carlo.p_a_cheaper;
  g_autofree char *label = sy_cost_sheet_dup_label (sheet, cheaper);
  g_autofree char *amount = sy_money_format (fabs (result->difference), currency);
  g_autofree char *first = NULL;

  if (!isfinite (result->difference))
    return g_strdup (_("The costs cannot be compared yet: too little is stated below."));

  if (result->difference == 0)
    return g_strdup (_("Both cost the same by what is stated."));

  /* Translators: %1$s is a deployment, %2$s an amount, %3$u a number of years */
  first = g_strdup_printf (ngettext ("%1$s costs %2$s less in %3$u year", "%1$s costs %2$s less over %3$u years", years),
                           label, amount, years);

  if (sheet->decision->doubts->len == 0)
    /* Translators: %s is a sentence about a difference in costs; no range was stated for any input */
    return qualify (sheet, g_strdup_printf (_("%s, if every input is exactly as stated."), first));

  /* Translators: %1$s is "Orders costs $79.6 k less over 5 years", %2$d a number from 0 to 100 */
  return qualify (sheet, g_strdup_printf (_("%1$s; it is the cheaper one in %2$d of 100 draws from the stated ranges."),
                                          first, count_in_hundred (p)));
}

char *
sy_cost_words_dup_omitted (const SyCostSheet *sheet)
{
  const guint omitted = sheet->decision->result.ownership[0].omitted;
  GString *lines = g_string_new (NULL);
  g_autofree char *outside = sy_decision_dup_outside (sheet->decision);
  g_autofree char *owned = NULL;
  g_autofree char *sentence = NULL;

  for (guint i = 0; i < SY_N_COST_LINES; i++)
    if (omitted & (1u << i))
      /* Translators: between the members of a list in a sentence */
      g_string_append_printf (lines, "%s%s", lines->len > 0 ? _(", ") : "", sy_cost_line_get_title (i));

  owned = g_string_free (lines, FALSE);
  if (*owned == '\0')
    return g_steal_pointer (&outside);

  /* Translators: %s is a list, "hiring, delay" */
  sentence = g_strdup_printf (_("Left out on both sides, as an input is not stated: %s."), owned);
  if (outside == NULL)
    return g_steal_pointer (&sentence);

  return g_strdup_printf ("%s %s", sentence, outside);
}

/* What the gates of @code found, in one sentence: which price, since when, and what
 * to do. NULL: nothing. (transfer full) */
static char *
dup_warning (const SyCostSheet *sheet,
             SyGateCode         code)
{
  g_autoptr (GString) found = g_string_new (NULL);
  const SyGate *last = NULL;

  for (guint i = 0; i < sheet->decision->gates->len; i++)
    {
      const SyGate *gate = g_ptr_array_index (sheet->decision->gates, i);
      g_autofree char *evidence = NULL;

      if (gate->code != code || gate->effect == SY_GATE_PASSED)
        continue;

      evidence = sy_display_text (gate->evidence, -1, SY_DISPLAY_TEXT_MAX);
      /* Translators: between two findings of one kind */
      g_string_append_printf (found, "%s%s", last != NULL ? _("; ") : "", evidence);
      last = gate;
    }

  /* Translators: what is the matter with a price, the figures, what to do */
  return last != NULL ? g_strdup_printf (_("%s (%s). %s."), last->message, found->str, last->remedy) : NULL;
}

char *
sy_cost_words_dup_prices (const SyCostSheet *sheet)
{
  g_autofree char *old = dup_warning (sheet, SY_GATE_PRICE_STALE);
  g_autofree char *foreign = dup_warning (sheet, SY_GATE_FX);
  g_autofree char *both = NULL;

  if (old == NULL && foreign == NULL)
    return NULL;

  both = old != NULL && foreign != NULL ? g_strdup_printf ("%s %s", old, foreign) : g_strdup (old != NULL ? old : foreign);
  /* Translators: %s says which price, since when, and what to do about it */
  return g_strdup_printf (_("Every amount here is indicative. %s"), both);
}

/* A rough factor is what a person remembers: 3, 40, 200. */
static double
round_factor (double factor)
{
  const double scale = pow (10, floor (log10 (factor)));

  return factor < 10 ? round (factor) : round (factor / scale) * scale;
}

char *
sy_cost_words_dup_tornado (const SyCostSheet *sheet)
{
  const SyDecision *decision = sheet->decision;
  const SyTornadoBar *bars = decision->result.bars;
  const SyTornadoBar *first = NULL;
  const SyTornadoBar *hosting = NULL;
  g_autofree char *name = NULL;
  g_autofree char *swing = NULL;

  for (guint i = 0; i < decision->doubts->len; i++)
    {
      const SyDoubt *doubt = g_ptr_array_index (decision->doubts, bars[i].range);

      if (!(bars[i].swing > 0))
        continue;
      if (first == NULL)
        first = &bars[i];
      if (hosting == NULL && doubt->cls == SY_EVIDENCE_MEASURED)
        hosting = &bars[i];
    }

  if (first == NULL)
    return g_strdup (_("No input has a range yet. Open one below and say how low and how high it may be."));

  name = sy_cost_sheet_dup_name (sheet, ((const SyDoubt *) g_ptr_array_index (decision->doubts, first->range))->parameter);
  swing = sy_money_format (first->swing, decision->currency);

  if (hosting != NULL && hosting != first && first->swing / hosting->swing >= 2)
    {
      g_autofree char *factor = g_strdup_printf ("%.0f", round_factor (first->swing / hosting->swing));

      /* Translators: %1$s is an input ("Time to the first release, Orders"), %2$s an amount, %3$s a rough factor ("40") */
      return g_strdup_printf (_("“%1$s” moves the difference by %2$s: about %3$s times as much as anything measured."),
                              name, swing, factor);
    }

  /* Translators: %1$s is an input ("Time to the first release, Orders"), %2$s an amount */
  return g_strdup_printf (_("“%1$s” moves the difference most: by %2$s."), name, swing);
}

static void
append_break_even (GString           *text,
                   const SyCostSheet *sheet,
                   const char        *parameter,
                   double             value)
{
  const SyCostInput *input = sy_cost_input_find (parameter);
  g_autofree char *name = sy_cost_sheet_dup_name (sheet, parameter);
  g_autofree char *amount = sy_cost_input_format_short (input, value, sheet->decision->currency);

  if (text->len > 0)
    g_string_append_c (text, '\n');

  /* Translators: %1$s is an input, %2$s its value: "Both cost the same at $79.7 k a year (Salary, Orders)" */
  g_string_append_printf (text, _("Both cost the same at %2$s (%1$s)"), name, amount);
}

/* Those that were found, a line each; then, in one, those that have none. */
char *
sy_cost_words_dup_break_evens (const SyCostSheet *sheet)
{
  const SyDecision *decision = sheet->decision;
  GString *text = g_string_new (NULL);
  GString *none = g_string_new (NULL);
  g_autofree char *without = NULL;

  for (guint i = 0; i < decision->break_evens->len; i++)
    {
      const char *parameter = g_ptr_array_index (decision->break_evens, i);
      g_autofree char *name = sy_cost_sheet_dup_name (sheet, parameter);

      if (sy_cost_input_find (parameter) == NULL)
        continue;

      if (isfinite (decision->result.break_even[i]))
        append_break_even (text, sheet, parameter, decision->result.break_even[i]);
      else
        /* Translators: between the members of a list of inputs */
        g_string_append_printf (none, "%s%s", none->len > 0 ? _("; ") : "", name);
    }

  without = g_string_free (none, FALSE);
  if (*without != '\0')
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      /* Translators: %s is a list of inputs; at no plausible value of them do both cost the same */
      g_string_append_printf (text, _("No break-even in range of: %s"), without);
    }

  if (text->len > 0)
    return g_string_free (text, FALSE);

  g_string_free (text, TRUE);
  return NULL;
}

/* Inputs of the lines that are in the sum, without the hosting's own. */
static void
explain_labour (const SyCostSheet *sheet,
                SyProvenance      *provenance,
                guint              side)
{
  static const char *const names[] = {
    "team", "salary", "burden", "skilled_share", "hire_fee", "ramp_weeks", "ramp_productivity", "attrition",
    "mvp_months", "missing_integrations", "integration_weeks", "integration_upkeep", "maintenance", "upgrade_weeks",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    sy_cost_sheet_explain_side (sheet, provenance, side, names[i]);
}

SyProvenance *
sy_cost_explain_years (const SyCostSheet *sheet,
                       guint              side)
{
  static const char *const common[] = { "discount", "wage_growth", "traffic_growth", "peak_rps", "cost_of_delay_month" };
  static const char *const hosting[] = { "cap_slo", "utilisation", "node_price", "pods_per_node", "resp_bytes" };
  g_autofree char *label = sy_cost_sheet_dup_label (sheet, side);
  /* Translators: %s is a deployment */
  g_autofree char *title = g_strdup_printf (_("Present value of all costs, %s"), label);
  SyProvenance *provenance =
    sy_provenance_new (title, _("Before the release: team × time × loaded salary, first hires, missing integrations, delay. "
                                "Each year after: maintenance, hires for those who leave, upkeep, upgrades, twelve months of "
                                "hosting at that year's traffic. Each year is divided by (1 + discount) for every year until then."));

  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    sy_cost_sheet_explain (sheet, provenance, common[i]);
  explain_labour (sheet, provenance, side);
  for (guint i = 0; i < G_N_ELEMENTS (hosting); i++)
    sy_cost_sheet_explain_side (sheet, provenance, side, hosting[i]);
  sy_cost_sheet_explain_balancer (sheet, provenance);
  sy_cost_sheet_explain_egress (sheet, provenance);

  return provenance;
}

SyProvenance *
sy_cost_explain_difference (const SyCostSheet *sheet)
{
  const SyDecision *decision = sheet->decision;
  g_autofree char *formula = NULL;
  SyProvenance *provenance;

  /* Translators: %1$u is a number of draws, %2$u what their random numbers start from */
  formula = g_strdup_printf (_("The present value of A less that of B. Its interval is where 90 of 100 draws lie: %1$u draws, "
                               "each takes a number from every range below (triangular, seed %2$u)."),
                             decision->n_draws, (guint) decision->seed);
  provenance = sy_provenance_new (_("Difference over the years"), formula);

  for (guint i = 0; i < decision->doubts->len; i++)
    {
      const SyDoubt *doubt = g_ptr_array_index (decision->doubts, i);
      const SyCostInput *input = sy_cost_input_find (doubt->parameter);
      g_autofree char *name = sy_cost_sheet_dup_name (sheet, doubt->parameter);
      g_autofree char *low = NULL;
      g_autofree char *high = NULL;
      g_autofree char *range = NULL;
      g_autofree char *source = NULL;
      SyAssumption assumption;

      if (input == NULL)
        continue;

      sy_cost_sheet_get_input (sheet, doubt->parameter, &assumption);
      if (assumption.source != NULL)
        source = sy_sentence_dup_safe (_(assumption.source), SY_DISPLAY_TEXT_MAX);

      low = sy_cost_input_format_short (input, doubt->low, decision->currency);
      high = sy_cost_input_format_short (input, doubt->high, decision->currency);
      /* Translators: a range, "4 months to 6 months" */
      range = g_strdup_printf (_("%1$s to %2$s"), low, high);
      sy_provenance_add (provenance, name, range, doubt->cls, source);
    }

  return provenance;
}
