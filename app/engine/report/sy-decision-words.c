/* sy-decision-words.c: a decision in plain words
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shares are said as so many of 100: people read frequencies better than
 * percentages (G. Gigerenzer, U. Hoffrage 1995).
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-decision-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define OF_100 100.0
#define LEAST_AMOUNT 0.5

static const char *
side (const SyDecision *self,
      gboolean          a)
{
  return self->label[a ? 0 : 1] != NULL ? self->label[a ? 0 : 1] : a ? "A" : "B";
}

static gboolean
has_cost (const SyDecision *self)
{
  return !isnan (self->result.difference);
}

/* Of two numbers of 100 that make a whole, the larger; what is not certain is
 * not said to be. */
static char *
of_hundred (double share)
{
  const double n = round (share * OF_100);

  if (n >= OF_100 && share < 1)
    return g_strdup (_("more than 99 of 100"));

  /* Translators: a number up to 100 */
  return g_strdup_printf (_("%.0f of 100"), n);
}

/* "months to the first release (A)" */
static char *
describe_parameter (const SyDecision *self,
                    const char       *name)
{
  const char *label = _(sy_ownership_parameter_find (name)->label);

  if (name[1] != '.')
    return g_strdup (label);

  /* Translators: the name of an input, the label of a deployment */
  return g_strdup_printf (_("%s of %s"), label, side (self, name[0] == 'A'));
}

/* The id of a shipped use case is its name, in English. */
static char *
describe_stance (const SyDecision *self,
                 guint             i)
{
  const double p = self->result.p_stance[i];
  const SyStance *stance = g_ptr_array_index (self->stances, i);
  g_autofree char *often = of_hundred (fmax (p, 1 - p));

  /* Translators: the label of a deployment, "93 of 100", the name of a set of priorities */
  return g_strdup_printf (_("%s in %s readings of “%s”"), side (self, p >= 0.5), often, _(stance->id));
}

const char *
sy_cost_line_get_title (SyCostLine line)
{
  /* Translators: parts of the costs, within a list in a sentence */
  static const char *const titles[SY_N_COST_LINES] = {
    [SY_COST_BUILD] = N_("building the first release"),
    [SY_COST_HIRING] = N_("hiring"),
    [SY_COST_INTEGRATION] = N_("integrations"),
    [SY_COST_DELAY] = N_("delay"),
    [SY_COST_INFRA] = N_("hosting"),
    [SY_COST_MAINTENANCE] = N_("maintenance"),
    [SY_COST_UPGRADE] = N_("upgrades"),
  };

  g_return_val_if_fail ((guint) line < SY_N_COST_LINES, NULL);

  return _(titles[line]);
}

char *
sy_decision_dup_headline (const SyDecision *self)
{
  g_autoptr (GString) stances = g_string_new (NULL);

  for (guint i = 0; i < self->stances->len && self->criteria->len > 0; i++)
    {
      g_autofree char *stance = describe_stance (self, i);

      g_string_append_printf (stances, "%s%s", i > 0 ? "; " : "", stance);
    }

  switch (self->result.state)
    {
    case SY_DECISION_REFUSED:
      if (sy_decision_find_money_gate (self, SY_GATE_REFUSE) != NULL)
        return g_strdup (_("What the two cost cannot be compared."));
      return g_strdup (_("The two cannot be compared as they ran."));
    case SY_DECISION_NOT_YET:
      return g_strdup (_("Nothing can be said yet."));
    case SY_DECISION_PRACTICALLY_EQUAL:
      return g_strdup_printf (_("%s and %s are practically equal."), side (self, TRUE), side (self, FALSE));
    case SY_DECISION_A_AHEAD:
    case SY_DECISION_B_AHEAD:
      if (stances->len == 0)
        return g_strdup_printf (_("%s is ahead."), side (self, self->result.state == SY_DECISION_A_AHEAD));
      return g_strdup_printf (_("%s is ahead: %s."), side (self, self->result.state == SY_DECISION_A_AHEAD), stances->str);
    case SY_DECISION_DEPENDS:
    default:
      return g_strdup_printf (_("It depends on what matters: %s."), stances->str);
    }
}

static const SyDoubt *
doubt_of (const SyDecision *self,
          guint             bar)
{
  return g_ptr_array_index (self->doubts, self->result.bars[bar].range);
}

/* The largest swing of what was measured; NAN: no measurement has a range. */
static double
find_measured_swing (const SyDecision *self)
{
  double swing = NAN;

  for (guint i = 0; i < self->doubts->len; i++)
    if (doubt_of (self, i)->cls == SY_EVIDENCE_MEASURED)
      swing = fmax (swing, self->result.bars[i].swing);

  return swing;
}

/* The largest swing, against the largest that was measured: is it the servers?
 * Amounts are told in whole units, so less than half of one is none. */
static char *
describe_driver (const SyDecision *self)
{
  g_autofree char *name = NULL;
  double swing, measured;

  if (self->doubts->len == 0 || !has_cost (self) || !(self->result.bars[0].swing >= LEAST_AMOUNT))
    return NULL;

  swing = self->result.bars[0].swing;
  measured = find_measured_swing (self);
  name = describe_parameter (self, doubt_of (self, 0)->parameter);

  if (doubt_of (self, 0)->cls == SY_EVIDENCE_MEASURED)
    /* Translators: the name of an input that was measured, an amount, a currency */
    return g_strdup_printf (_("What moves the cost most was measured here: %s, by %.0f %s."), name, swing, self->currency);
  if (isnan (measured))
    /* Translators: the name of an input, an amount, a currency */
    return g_strdup_printf (_("What moves the cost most is %s, by %.0f %s."), name, swing, self->currency);
  if (measured < LEAST_AMOUNT)
    /* Translators: the name of an input, an amount, a currency */
    return g_strdup_printf (_("What moves the cost most is %s, by %.0f %s; what was measured here is known well enough not to move it."),
                            name, swing, self->currency);

  /* Translators: the name of an input, an amount, a currency, an amount, a currency */
  return g_strdup_printf (_("What moves the cost most is %s, by %.0f %s; what was measured here moves it by at most %.0f %s."),
                          name, swing, self->currency, measured, self->currency);
}

static char *
describe_cost (const SyDecision *self)
{
  const SyDecisionResult *result = &self->result;
  const gboolean a_cheaper = result->difference < 0;
  const double p = a_cheaper ? result->monte_carlo.p_a_cheaper : 1 - result->monte_carlo.p_a_cheaper;
  const guint years = self->cost.common.horizon;
  g_autofree char *often = NULL;

  if (!has_cost (self))
    return g_strdup (_("What it costs cannot be said: the inputs that only you know are blank."));
  if (result->difference == 0)
    return g_strdup (_("Both cost the same by what is stated."));
  if (self->doubts->len == 0)
    /* Translators: number of years, label of a deployment, amount, currency */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Over %u year %s costs about %.0f %s less, if every input is exactly as stated.",
                                         "Over %u years %s costs about %.0f %s less, if every input is exactly as stated.", years),
                            years, side (self, a_cheaper), fabs (result->difference), self->currency);

  often = of_hundred (p);

  /* Translators: number of years, label of a deployment, amount, currency, "86 of 100" */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Over %u year %s costs about %.0f %s less, in %s draws of what is uncertain.",
                                       "Over %u years %s costs about %.0f %s less, in %s draws of what is uncertain.", years),
                          years, side (self, a_cheaper), fabs (result->difference), self->currency, often);
}

/* Why a price weakens the decision, or withholds it, and what to do about it. */
static char *
describe_prices (const SyDecision *self)
{
  const SyGate *gate = sy_decision_find_money_gate (self, SY_GATE_REFUSE);

  if (gate == NULL)
    gate = sy_decision_find_money_gate (self, SY_GATE_NOTICE);

  /* Translators: what is the matter with a price, the figures, what to do */
  return gate != NULL ? g_strdup_printf (_("%s (%s). %s."), gate->message, gate->evidence, gate->remedy) : NULL;
}

char *
sy_decision_dup_outside (const SyDecision *self)
{
  const SyHostingMonth *month = self->result.month;
  g_autoptr (GString) text = g_string_new (NULL);

  if (isnan (month[0].total) || isnan (month[1].total))
    return NULL;

  if (isnan (self->cost.a.hosting.response_bytes) || isnan (self->cost.b.hosting.response_bytes))
    g_string_append (text, _("Hosting is without traffic out, as the size of a response is not stated for both."));
  else if (isnan (month[0].egress) || isnan (month[1].egress))
    g_string_append (text, _("Hosting is without traffic out, of which no price is known."));
  if (isnan (month[0].balancer) || isnan (month[1].balancer))
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", _("Hosting is without a load balancer, of which no price is known."));

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static char *
describe_month (const SyDecision *self)
{
  const double a = self->result.month[0].total;
  const double b = self->result.month[1].total;
  g_autofree char *outside = sy_decision_dup_outside (self);
  g_autofree char *month = NULL;

  if (isnan (a) || isnan (b))
    return NULL;

  /* Translators: amount, currency, label of a deployment, amount, currency, label of a deployment */
  month = g_strdup_printf (_("Hosting costs %.0f %s a month with %s and %.0f %s with %s."), a, self->currency,
                           side (self, TRUE), b, self->currency, side (self, FALSE));
  return outside != NULL ? g_strdup_printf ("%s %s", month, outside) : g_steal_pointer (&month);
}

/* The lines of cost that are blank on one side or both. */
static char *
describe_omitted (const SyDecision *self)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; has_cost (self) && i < SY_N_COST_LINES; i++)
    if (self->result.ownership[0].omitted & (1u << i))
      g_string_append_printf (lines, "%s%s", lines->len > 0 ? _(", ") : "", sy_cost_line_get_title ((SyCostLine) i));

  /* Translators: a list of lines of cost */
  return lines->len > 0 ? g_strdup_printf (_("Left out for want of an input: %s."), lines->str) : NULL;
}

/* What is counted once, as money, and is no criterion therefore. */
static char *
describe_paid (const SyDecision *self)
{
  static const struct { const char *factor, *name; } names[] = {
    { "time-to-market", N_("delay") }, { "hiring", N_("hiring") }, { "integrations", N_("missing integrations") }, { "upgrades", N_("upgrades") },
  };
  g_autoptr (GString) paid = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ptr_array_find_with_equal_func (self->monetised, names[i].factor, g_str_equal, NULL))
      /* Translators: between the members of a list in a sentence */
      g_string_append_printf (paid, "%s%s", paid->len > 0 ? _(", ") : "", _(names[i].name));

  /* Translators: a list of factors, "hiring, integrations" */
  return paid->len > 0 ? g_strdup_printf (_("Counted as money, and not scored again: %s."), paid->str) : NULL;
}

static char *
describe_measured (const SyDecision *self)
{
  double least = 1;

  if (self->stances->len == 0 || self->criteria->len == 0)
    return NULL;

  for (guint i = 0; i < self->stances->len; i++)
    least = fmin (least, self->result.measured[i]);

  if (least >= SY_CRITERIA_LITTLE_MEASURED)
    return g_strdup_printf (_("%.0f of 100 parts of the weight rest on measurements."), least * OF_100);

  return g_strdup_printf (_("Only %.0f of 100 parts of the weight rest on measurements; this is mostly your judgement."), least * OF_100);
}

static void
add (GPtrArray *texts,
     char      *text)
{
  if (text != NULL)
    g_ptr_array_add (texts, text);
}

GPtrArray *
sy_decision_dup_reasons (const SyDecision *self)
{
  GPtrArray *reasons = g_ptr_array_new_with_free_func (g_free);

  if (self->verdict != NULL)
    for (guint i = 0; i < self->verdict->reasons->len; i++)
      add (reasons, g_strdup (g_ptr_array_index (self->verdict->reasons, i)));

  add (reasons, describe_prices (self));
  add (reasons, describe_cost (self));
  add (reasons, describe_driver (self));
  add (reasons, describe_month (self));
  add (reasons, describe_omitted (self));
  return reasons;
}

char *
sy_decision_dup_paragraph (const SyDecision *self)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  add (sentences, sy_decision_dup_headline (self));
  add (sentences, describe_prices (self));
  add (sentences, describe_month (self));
  add (sentences, describe_cost (self));
  add (sentences, describe_driver (self));
  add (sentences, describe_omitted (self));
  add (sentences, describe_paid (self));
  add (sentences, describe_measured (self));
  add (sentences, g_strdup (_("This speaks of the two deployments as they were set up and measured here, not of what they are written in.")));

  g_ptr_array_add (sentences, NULL);
  return g_strjoinv (" ", (char **) sentences->pdata);
}
