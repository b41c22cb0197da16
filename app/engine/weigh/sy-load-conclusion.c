/* sy-load-conclusion.c: what blocks of a load say of two backends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-load-conclusion.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sy-fairness.h"
#include "sy-law.h"
#include "sy-verdict-rule.h"

#define ALPHA 0.05

/* Requests that a percentile needs in every block; see R-N-P99, R-N-P95. */
#define MIN_P99 368
#define MIN_P95 72

#define DECIDING_SHARE 0.75

static double
measure (const SyLoadStep *step,
         double            quantile)
{
  return quantile >= 0.99 ? step->p99 : quantile >= 0.95 ? step->p95 : step->mean;
}

/* What is compared: the tail, where every block has enough requests for it. */
static double
choose_quantile (const GPtrArray *steps)
{
  double fewest = INFINITY;

  for (guint i = 0; i < steps->len; i++)
    {
      const SyLoadStep *step = g_ptr_array_index (steps, i);

      if (sy_load_step_counts (step))
        fewest = fmin (fewest, sy_load_histogram_count (&step->histogram));
    }

  return fewest >= MIN_P99 ? 0.99 : fewest >= MIN_P95 ? 0.95 : 0;
}

/* The block that counts, of @level, @pair and @slot. */
static const SyLoadStep *
find_block (const GPtrArray *steps,
            guint            level,
            guint            pair,
            guint            slot)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const SyLoadStep *step = g_ptr_array_index (steps, i);

      if (step->level == level && step->pair == pair && step->slot == slot && sy_load_step_counts (step))
        return step;
    }

  return NULL;
}

/* Student's t over the logarithms of @n ratios. */
static void
find_interval (const double *logs,
               guint         n,
               SyEffect     *effect)
{
  double mean = 0, squares = 0, half;

  for (guint i = 0; i < n; i++)
    mean += logs[i] / n;
  for (guint i = 0; i < n; i++)
    squares += (logs[i] - mean) * (logs[i] - mean);

  half = sy_law_student_quantile (1 - ALPHA / 2, n - 1) * sqrt (squares / (n - 1) / n);
  effect->ratio = exp (mean);
  effect->low = exp (mean - half);
  effect->high = exp (mean + half);
}

void
sy_load_merge_blocks (const GPtrArray *steps,
                      guint            side,
                      guint            level,
                      SyLoadHistogram *ret)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const SyLoadStep *step = g_ptr_array_index (steps, i);

      if (step->side == side && (level == SY_LOAD_MAX_LEVELS || step->level == level) && sy_load_step_counts (step))
        sy_load_histogram_merge (ret, &step->histogram);
    }
}

static double
merged_value (const GPtrArray *steps,
              guint            side,
              guint            level,
              double           quantile)
{
  SyLoadHistogram all = { 0 };
  double value = 0, n = 0;

  if (quantile > 0)
    {
      sy_load_merge_blocks (steps, side, level, &all);
      value = sy_load_histogram_quantile (&all, quantile);
      sy_load_histogram_clear (&all);
      return value;
    }

  for (guint i = 0; i < steps->len; i++)
    {
      const SyLoadStep *step = g_ptr_array_index (steps, i);
      const double count = sy_load_histogram_count (&step->histogram);

      if (step->side != side || step->level != level || !sy_load_step_counts (step))
        continue;
      value += step->mean * count;
      n += count;
    }

  return value / n;
}

static void
conclude_level (SyLoadConclusion *self,
                SyLoadProtocol   *protocol,
                guint             level,
                double            min_effect)
{
  const SyLoadProtocolPlan *plan = sy_load_protocol_get_plan (protocol);
  const GPtrArray *steps = sy_load_protocol_get_steps (protocol);
  g_autofree double *logs = g_new (double, plan->n_pairs);
  SyLoadLevel *ret = &self->levels[level];
  guint n = 0;

  *ret = (SyLoadLevel) {
    .share = plan->levels[level],
    .rate = sy_load_protocol_get_rate (protocol, level),
    .effect = { .what = self->quantile >= 0.99 ? _("p99 latency") : self->quantile > 0 ? _("p95 latency") : _("mean latency"),
                .unit = "s", .ratio = NAN, .low = NAN, .high = NAN, .state = SY_VERDICT_TOO_EARLY,
                .basis = SY_LOAD_BASIS_TRIAL, .load = { sy_load_protocol_get_rate (protocol, level), sy_load_protocol_get_rate (protocol, level) } },
  };

  for (guint pair = 0; pair < plan->n_pairs; pair++)
    {
      const SyLoadStep *a = find_block (steps, level, pair, 0);
      const SyLoadStep *b = find_block (steps, level, pair, 1);
      const double ratio = a != NULL && b != NULL ? measure (a, self->quantile) / measure (b, self->quantile) : (double) NAN;

      if (ratio > 0 && isfinite (ratio))
        logs[n++] = log (ratio);
    }

  ret->effect.n_windows = n;
  for (guint side = 0; side < 2; side++)
    ret->effect.value[side] = merged_value (steps, plan->same ? 0 : side, level, self->quantile);
  if (n < SY_LOAD_MIN_PAIRS)
    return;

  find_interval (logs, n, &ret->effect);
  ret->effect.state = sy_verdict_rule_interval (log (ret->effect.low), log (ret->effect.high), log1p (min_effect),
                                                SY_VERDICT_TOO_EARLY);
}

static void
count_faults (SyLoadConclusion *self,
              const GPtrArray  *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const SyLoadStep *step = g_ptr_array_index (steps, i);

      if (step->phase != SY_LOAD_BLOCK)
        continue;
      self->n_limited += step->generator_limited;

      /* A block that was repeated in peace is none. */
      if (step->disturbed && find_block (steps, step->level, step->pair, step->slot) == NULL
          && (i + 1 == steps->len || ((const SyLoadStep *) g_ptr_array_index (steps, i + 1))->attempt == 0))
        self->n_disturbed++;
    }
}

/* Mean share of errors in the blocks of @side. */
static double
errors_of (const GPtrArray *steps,
           guint            side)
{
  double errors = 0, offered = 0;

  for (guint i = 0; i < steps->len; i++)
    {
      const SyLoadStep *step = g_ptr_array_index (steps, i);

      if (step->side != side || !sy_load_step_counts (step))
        continue;
      errors += step->error_share * step->offered;
      offered += step->offered;
    }

  return errors / offered;
}

static void
say (GPtrArray  *texts,
     char       *text)
{
  g_ptr_array_add (texts, text);
}

static void
explain (SyLoadConclusion  *self,
         SyLoadProtocol    *protocol,
         const char *const *names)
{
  for (guint i = 0; i < (self->same ? 1 : 2); i++)
    {
      const SyLoadCapacity capacity = sy_load_protocol_get_capacity (protocol, i);
      g_autofree char *words = sy_load_capacity_words (&capacity, sy_load_protocol_get_limit (protocol, i));

      /* Translators: a backend's name, and what it carries: "Orders: at least 900 requests/s" */
      say (self->reasons, g_strdup_printf (_("%s: %s"), names[i], words));
    }

  for (guint i = 0; i < self->n_levels; i++)
    {
      const SyLoadLevel *level = &self->levels[i];

      if (!isnan (level->effect.ratio) && !self->same)
        say (self->reasons, g_strdup_printf (_("At %.0f %% of the smaller capacity (%.4g requests/s) the ratio of %s is %.2f (%.2f to %.2f)"),
                                             100 * level->share, level->rate, level->effect.what, level->effect.ratio,
                                             level->effect.low, level->effect.high));
    }

  if (self->n_limited > 0)
    say (self->against, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "In %u block the generator was late or too busy",
                                                      "In %u blocks the generator was late or too busy", self->n_limited),
                                         self->n_limited));
  if (self->n_disturbed > 0)
    say (self->against, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u block was disturbed by other programs, each time it was tried",
                                                      "%u blocks were disturbed by other programs, each time they were tried", self->n_disturbed),
                                         self->n_disturbed));
}

/* What ended a ramp was no fault of the backend. */
static gboolean
is_of_machine (SyLoadLimit limit)
{
  return limit == SY_LOAD_UNSEEN || limit == SY_LOAD_DISTURBED;
}

/* The verdict of the level that decides, unless something withholds it. */
static void
decide (SyLoadConclusion *self,
        SyLoadProtocol   *protocol)
{
  const GPtrArray *steps = sy_load_protocol_get_steps (protocol);
  const double errors[] = { errors_of (steps, 0), errors_of (steps, 1) };

  if (isnan (sy_load_protocol_get_rate (protocol, 0)))
    {
      const gboolean is_busy = is_of_machine (sy_load_protocol_get_limit (protocol, 0))
                               || is_of_machine (sy_load_protocol_get_limit (protocol, 1));

      self->state = is_busy ? SY_VERDICT_TOO_EARLY : SY_VERDICT_NOT_COMPARABLE;
      say (self->against, g_strdup (is_busy ? _("This machine was too busy to tell: try again when it is quiet")
                                           : _("A backend did not hold the objective even at the smallest load")));
      return;
    }

  self->state = self->levels[self->main].effect.state;
  if (self->state == SY_VERDICT_TOO_EARLY)
    {
      say (self->against, g_strdup_printf (_("Fewer than %d pairs of blocks count: no verdict"), SY_LOAD_MIN_PAIRS));
      return;
    }

  if (fmax (errors[0], errors[1]) > SY_FAIR_ERRORS || fabs (errors[0] - errors[1]) > SY_FAIR_ERRORS_APART)
    {
      self->state = SY_VERDICT_NOT_COMPARABLE;
      say (self->against, g_strdup_printf (_("Errors (%.1f %% and %.1f %%): the times of what was answered do not compare"),
                                           100 * errors[0], 100 * errors[1]));
    }

  for (guint i = 0; i < self->n_levels; i++)
    if ((self->state == SY_VERDICT_A_AHEAD && self->levels[i].effect.state == SY_VERDICT_B_AHEAD)
        || (self->state == SY_VERDICT_B_AHEAD && self->levels[i].effect.state == SY_VERDICT_A_AHEAD))
      {
        self->state = SY_VERDICT_TOO_CLOSE;
        say (self->against, g_strdup (_("Who is ahead depends on the load")));
      }
}

SyLoadConclusion *
sy_load_conclude (SyLoadProtocol    *protocol,
                  double             min_effect,
                  const char *const  names[2])
{
  const SyLoadProtocolPlan *plan = sy_load_protocol_get_plan (protocol);
  SyLoadConclusion *self = g_new0 (SyLoadConclusion, 1);

  self->reasons = g_ptr_array_new_with_free_func (g_free);
  self->against = g_ptr_array_new_with_free_func (g_free);
  self->same = plan->same;
  self->noise = NAN;
  self->n_levels = plan->n_levels;
  self->quantile = choose_quantile (sy_load_protocol_get_steps (protocol));
  count_faults (self, sy_load_protocol_get_steps (protocol));

  for (guint i = 0; i < self->n_levels; i++)
    {
      conclude_level (self, protocol, i, min_effect);
      if (fabs (plan->levels[i] - DECIDING_SHARE) < fabs (plan->levels[self->main] - DECIDING_SHARE))
        self->main = i;
    }

  explain (self, protocol, names);
  if (!self->same)
    decide (self, protocol);
  else if (!isnan (self->levels[self->main].effect.ratio))
    self->noise = fmax (self->levels[self->main].effect.high, 1 / self->levels[self->main].effect.low) - 1;

  return self;
}

void
sy_load_conclusion_get_effect (const SyLoadConclusion *self,
                               SyEffect               *ret)
{
  *ret = self->levels[self->main].effect;
  ret->state = self->same ? SY_VERDICT_TOO_EARLY : self->state;
}

void
sy_load_conclusion_free (SyLoadConclusion *self)
{
  g_ptr_array_unref (self->reasons);
  g_ptr_array_unref (self->against);
  g_free (self);
}

/* (transfer full) */
static char *
noise_words (const SyLoadConclusion *self,
             const char             *name)
{
  if (isnan (self->noise))
    return g_strdup (_("The noise is not known: too few blocks count"));

  /* Translators: a backend measured against itself; then "p99 latency", a percentage */
  return g_strdup_printf (_("%s differs from itself by up to %.1f %% in %s: smaller differences are noise here"), name,
                          100 * self->noise, self->levels[self->main].effect.what);
}

char *
sy_load_conclusion_headline (const SyLoadConclusion *self,
                             const char *const       names[2])
{
  const SyEffect *effect = &self->levels[self->main].effect;
  const gboolean a_ahead = self->state == SY_VERDICT_A_AHEAD;

  if (self->same)
    return noise_words (self, names[0]);

  switch (self->state)
    {
    case SY_VERDICT_A_AHEAD:
    case SY_VERDICT_B_AHEAD:
      /* Translators: a backend's name, a share of the capacity, "p99 latency", and a ratio with its interval */
      return g_strdup_printf (_("%s is ahead at %.0f %% of the smaller capacity: its %s is %.2f times the other’s (%.2f to %.2f)"),
                              names[a_ahead ? 0 : 1], 100 * self->levels[self->main].share, effect->what,
                              a_ahead ? effect->ratio : 1 / effect->ratio, a_ahead ? effect->low : 1 / effect->high,
                              a_ahead ? effect->high : 1 / effect->low);
    case SY_VERDICT_PRACTICALLY_EQUAL:
      return g_strdup_printf (_("%s and %s are practically equal at the same load"), names[0], names[1]);
    case SY_VERDICT_TOO_CLOSE:
      return g_strdup_printf (_("%s and %s are too close to call"), names[0], names[1]);
    case SY_VERDICT_NOT_COMPARABLE:
      return g_strdup_printf (_("%s and %s do not compare under this load"), names[0], names[1]);
    case SY_VERDICT_TOO_EARLY:
    default:
      return g_strdup (_("No verdict: too little of what was measured counts"));
    }
}

static const char *
limit_words (SyLoadLimit limit)
{
  switch (limit)
    {
    case SY_LOAD_ABORTED:
      return _("most requests failed");
    case SY_LOAD_FAILS:
      return _("too many requests failed");
    case SY_LOAD_FALLS_SHORT:
      return _("it answered fewer than were due");
    case SY_LOAD_TOO_SLOW:
      return _("it was slower than the objective");
    case SY_LOAD_QUEUES:
      return _("more and more requests were waiting");
    case SY_LOAD_UNSEEN:
      return _("the load generator was late");
    case SY_LOAD_DISTURBED:
      return _("other programs used this machine");
    case SY_LOAD_HOLDS:
    default:
      return "";
    }
}

char *
sy_load_capacity_words (const SyLoadCapacity *capacity,
                        SyLoadLimit           limit)
{
  switch (capacity->state)
    {
    case SY_CAPACITY_AT_LEAST:
      if (is_of_machine (limit))
        /* Translators: then "the load generator was late" */
        return g_strdup_printf (_("carries at least %.4g requests/s; more could not be measured: %s"), capacity->low, limit_words (limit));
      return g_strdup_printf (_("carries at least %.4g requests/s; raise the load to find the limit"), capacity->low);
    case SY_CAPACITY_MEASURED:
      return g_strdup_printf (_("carries %.4g requests/s; not %.4g, where %s"), capacity->low, capacity->high, limit_words (limit));
    case SY_CAPACITY_BELOW:
      return g_strdup_printf (_("carries fewer than %.4g requests/s, the smallest load: %s"), capacity->high, limit_words (limit));
    case SY_CAPACITY_UNKNOWN:
    default:
      if (is_of_machine (limit))
        /* Translators: "the load generator was late" */
        return g_strdup_printf (_("not known, even at the smallest load: %s"), limit_words (limit));
      return g_strdup (_("not known yet"));
    }
}
