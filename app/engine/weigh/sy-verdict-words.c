/* sy-verdict-words.c: a verdict in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of deployments, never of languages; and nothing that is not in the numbers.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-verdict-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Nobody waits longer than this for a verdict. */
#define LONGEST_WAIT_HOURS 24

/* Loads closer than this are told as one. */
#define SAME_LOAD 1.005

const char *
sy_verdict_state_label (SyVerdictState state)
{
  switch (state)
    {
    case SY_VERDICT_NOT_COMPARABLE:
      return _("not comparable");
    case SY_VERDICT_TOO_CLOSE:
      return _("too close to call");
    case SY_VERDICT_PRACTICALLY_EQUAL:
      return _("practically equal");
    case SY_VERDICT_A_AHEAD:
      return _("A ahead");
    case SY_VERDICT_B_AHEAD:
      return _("B ahead");
    case SY_VERDICT_TOO_EARLY:
    default:
      return _("too early to say");
    }
}

char *
sy_verdict_load_range (const SyEffect *effect)
{
  if (isnan (effect->load[0]))
    return NULL;
  if (effect->load[1] / effect->load[0] < SAME_LOAD)
    return g_strdup_printf (_("%.4g requests/s"), effect->load[0]);

  return g_strdup_printf (_("%.4g to %.4g requests/s"), effect->load[0], effect->load[1]);
}

/* The first gate of this effect; NULL for none. */
static const SyGate *
first_gate (const SyVerdict *self,
            SyGateEffect     effect)
{
  for (guint i = 0; i < self->gates->len; i++)
    {
      const SyGate *gate = g_ptr_array_index (self->gates, i);

      if (gate->effect == effect)
        return gate;
    }

  return NULL;
}

/* (transfer full) */
static char *
size_of (const SyEffect *effect)
{
  /* Translators: what is compared, then how much A has of what B has */
  return g_strdup_printf (_("%s of A is %.2f times that of B (%.2f to %.2f, whenever one looks)"), effect->what, effect->ratio,
                          effect->low, effect->high);
}

/* Only where the moment itself does not compare. (transfer full) (nullable) */
static char *
size_at_equal_load (const SyEffect *effect)
{
  g_autofree char *range = sy_verdict_load_range (effect);

  if (range == NULL || isnan (effect->ratio))
    return NULL;

  switch (effect->basis)
    {
    case SY_LOAD_BASIS_WINDOWS:
      /* Translators: what is compared, how much A has of what B has, a number of pairs, "96 to 412 requests/s" */
      return g_strdup_printf (_("At equal load %s of A is %.2f times that of B (%.2f to %.2f, whenever one looks): %u pairs of windows, each of one load, %s"),
                              effect->what, effect->ratio, effect->low, effect->high, effect->n_windows, range);
    case SY_LOAD_BASIS_TRIAL:
      /* Translators: what is compared, how much A has of what B has, a number of pairs, "300 requests/s" */
      return g_strdup_printf (_("At equal load %s of A is %.2f times that of B (%.2f to %.2f): %u pairs of blocks of a load run, %s"),
                              effect->what, effect->ratio, effect->low, effect->high, effect->n_windows, range);
    case SY_LOAD_BASIS_NONE:
    case SY_LOAD_BASIS_MOMENT:
    case SY_LOAD_BASIS_INFERRED:
    default:
      return NULL;
    }
}

char *
sy_verdict_dup_excluded (const SyVerdict *self)
{
  if (self->n_excluded == 0)
    return NULL;

  /* Translators: a window is a stretch of some seconds, as long for both backends */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u window was left out: a person excluded it",
                                       "%u windows were left out: a person excluded them", self->n_excluded),
                          self->n_excluded);
}

static void
explain_reasons (SyVerdict *self)
{
  g_autofree char *at_equal_load = size_at_equal_load (&self->load);
  g_autofree char *excluded = sy_verdict_dup_excluded (self);

  if (!isnan (self->time.ratio))
    g_ptr_array_add (self->reasons, size_of (&self->time));
  if (at_equal_load != NULL)
    g_ptr_array_add (self->reasons, g_steal_pointer (&at_equal_load));

  g_ptr_array_add (self->reasons,
                   g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                 "%u window, %.1f minutes of evidence; A answered %.0f and B %.0f requests",
                                                 "%u windows, %.1f minutes of evidence; A answered %.0f and B %.0f requests",
                                                 self->time.n_windows),
                                    self->time.n_windows, self->minutes, self->requests[0], self->requests[1]));
  if (excluded != NULL)
    g_ptr_array_add (self->reasons, g_steal_pointer (&excluded));

  if (!isnan (self->cpu_per_request[0] + self->cpu_per_request[1]))
    g_ptr_array_add (self->reasons, g_strdup_printf (_("A spends %.3f and B %.3f ms of CPU a request"),
                                                     1000 * self->cpu_per_request[0], 1000 * self->cpu_per_request[1]));
}

static void
explain_against (SyVerdict *self)
{
  for (guint i = 0; i < self->gates->len; i++)
    {
      const SyGate *gate = g_ptr_array_index (self->gates, i);

      if (gate->effect != SY_GATE_PASSED && gate->code != SY_GATE_NEGLIGIBLE)
        g_ptr_array_add (self->against, g_strdup_printf ("%s: %s (%s)", gate->name, gate->message, gate->evidence));
    }

  if (self->state == SY_VERDICT_TOO_CLOSE)
    g_ptr_array_add (self->against, g_strdup_printf (_("The interval reaches across %.0f %%, the smallest difference that matters"),
                                                     100 * self->min_effect));
}

/* How long until enough windows like those until now decide. (transfer full) */
static char *
explain_more_windows (const SyVerdict *self)
{
  const double minutes = self->minutes / self->time.n_windows * self->more_windows;
  const guint hours = (guint) ceil (fmin (minutes / 60, LONGEST_WAIT_HOURS + 1));
  const guint rounded = (guint) ceil (fmin (minutes, 60 * LONGEST_WAIT_HOURS));

  if (!isfinite (minutes))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "About %u more window", "About %u more windows", self->more_windows),
                            self->more_windows);
  if (minutes <= 120)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "About %u more minute of evidence like this",
                                         "About %u more minutes of evidence like this", rounded), rounded);
  if (hours <= LONGEST_WAIT_HOURS)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "About %u more hour of evidence like this",
                                         "About %u more hours of evidence like this", hours), hours);

  return g_strdup (_("Time alone will hardly decide it: another load, or a smaller difference that matters"));
}

/* Why, and what to do; and where only time is missing at equal load, how long.
 * (transfer full) (nullable) */
static char *
explain_refusal (const SyVerdict *self)
{
  const SyGate *gate = first_gate (self, SY_GATE_REFUSE);
  g_autofree char *more = NULL;

  if (gate == NULL || self->more_windows == 0)
    return g_strdup (gate != NULL ? gate->remedy : NULL);

  more = explain_more_windows (self);
  /* Translators: what to do, then "About 3 more minutes of evidence like this" */
  return g_strdup_printf (_("%s. At equal load: %s"), gate->remedy, more);
}

static char *
explain_change (const SyVerdict *self)
{
  const SyGate *withholding = first_gate (self, SY_GATE_WITHHOLD);
  const double margin = 1 + self->min_effect;

  switch (self->state)
    {
    case SY_VERDICT_NOT_COMPARABLE:
      return explain_refusal (self);
    case SY_VERDICT_TOO_EARLY:
    case SY_VERDICT_TOO_CLOSE:
      if (withholding != NULL && withholding->code != SY_GATE_FEW)
        return g_strdup (withholding->remedy);
      if (self->more_windows > 0)
        return explain_more_windows (self);
      return g_strdup (_("More windows, or a smaller difference that matters"));
    case SY_VERDICT_PRACTICALLY_EQUAL:
      return g_strdup_printf (_("A ratio beyond %.2f or under %.2f for long enough"), margin, 1 / margin);
    case SY_VERDICT_A_AHEAD:
      return g_strdup_printf (_("A ratio above %.2f for long enough, or a gate that fails"), 1 / margin);
    case SY_VERDICT_B_AHEAD:
    default:
      return g_strdup_printf (_("A ratio below %.2f for long enough, or a gate that fails"), margin);
    }
}

void
sy_verdict_explain (SyVerdict *self)
{
  g_ptr_array_set_size (self->reasons, 0);
  g_ptr_array_set_size (self->against, 0);
  g_free (self->would_change);

  explain_reasons (self);
  explain_against (self);
  self->would_change = explain_change (self);
}

/* (transfer full) */
static char *
ahead (const SyEffect *effect,
       const char     *winner,
       gboolean        a_is_it)
{
  const double ratio = a_is_it ? effect->ratio : 1 / effect->ratio;
  const double low = a_is_it ? effect->low : 1 / effect->high;
  const double high = a_is_it ? effect->high : 1 / effect->low;

  return g_strdup_printf (_("%s is ahead at this load: its %s is %.2f times the other’s (%.2f to %.2f)"), winner, effect->what,
                          ratio, low, high);
}

static const char *
at_equal_load (SyVerdictState state)
{
  switch (state)
    {
    case SY_VERDICT_PRACTICALLY_EQUAL:
      return _("equal at equal load");
    case SY_VERDICT_TOO_CLOSE:
      return _("too close to call at equal load");
    case SY_VERDICT_A_AHEAD:
      return _("A is ahead at equal load");
    case SY_VERDICT_B_AHEAD:
      return _("B is ahead at equal load");
    case SY_VERDICT_NOT_COMPARABLE:
      return _("nor at equal load");
    case SY_VERDICT_TOO_EARLY:
    default:
      return _("nothing can be said yet at equal load");
    }
}

/* With the loads for which it holds. (transfer full) */
static char *
dup_at_equal_load (const SyEffect *effect)
{
  const char *words = at_equal_load (effect->state);
  g_autofree char *range = NULL;

  if (effect->state == SY_VERDICT_NOT_COMPARABLE)
    return g_strdup (words);
  if (effect->basis == SY_LOAD_BASIS_INFERRED)
    /* Translators: "equal at equal load", "p95 latency" */
    return g_strdup_printf (_("%s, though no load was carried by both (%s)"), words, effect->what);

  range = sy_verdict_load_range (effect);
  /* Translators: "equal at equal load", "96 to 412 requests/s", "p95 latency" */
  return range != NULL ? g_strdup_printf (_("%s, %s (%s)"), words, range, effect->what) : g_strdup (words);
}

char *
sy_verdict_headline (const SyVerdict *self,
                     const char      *a,
                     const char      *b)
{
  const SyGate *gate = first_gate (self, SY_GATE_REFUSE);
  g_autofree char *equal = dup_at_equal_load (&self->load);

  switch (self->state)
    {
    case SY_VERDICT_A_AHEAD:
      return ahead (&self->time, a, TRUE);
    case SY_VERDICT_B_AHEAD:
      return ahead (&self->time, b, FALSE);
    case SY_VERDICT_PRACTICALLY_EQUAL:
      return g_strdup_printf (_("%s and %s are practically equal at this load: %s differs by less than %.0f %%"), a, b,
                              self->time.what, 100 * self->min_effect);
    case SY_VERDICT_TOO_CLOSE:
      /* Translators: two deployments, "p95 latency" */
      return g_strdup_printf (_("%s and %s are too close to call in %s"), a, b, self->time.what);
    case SY_VERDICT_NOT_COMPARABLE:
      return g_strdup_printf (_("not comparable on the time axis (%s: %s); %s"), gate != NULL ? gate->name : "",
                              gate != NULL ? gate->message : "", equal);
    case SY_VERDICT_TOO_EARLY:
    default:
      gate = first_gate (self, SY_GATE_WITHHOLD);
      if (sy_verdict_is_at_equal_load (self))
        /* Translators: a code and why, then "A is ahead at equal load, 300 requests/s (p99 latency)" */
        return g_strdup_printf (_("too early to say on the time axis (%s: %s); %s"), gate != NULL ? gate->name : "",
                                gate != NULL ? gate->message : "", equal);
      return g_strdup_printf (_("too early to say (%s: %s)"), gate != NULL ? gate->name : "", gate != NULL ? gate->message : "");
    }
}
