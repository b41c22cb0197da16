/* sy-comparison.c: two backends, window by window
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Beside the pairs of simultaneous windows (SyWindowPairs) there are those of equal
 * load (SyEqualLoad), for when the moment does not compare.
 *
 * Limits: 8 640 pairs, a day of ten seconds; then the evidence begins anew.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-comparison.h"

#include <math.h>

#include "sy-equal-load.h"
#include "sy-verdict-rule.h"
#include "sy-verdict-words.h"
#include "sy-window-pairs.h"

#define MAX_PAIRS 8640
#define ALPHA 0.05
#define MAX_MORE 1000000 /* windows; nobody waits so long */

struct _SyComparison
{
  SyMetric metric;
  double min_effect;
  double warm_up;
  SyFairness known;
  gboolean gauge[2];
  SyWindowPairs *pairs; /* (owned) */
  SyEqualLoad *by_load; /* (owned) */
  SyEqualLoad *means_by_load; /* (owned): the same pairs, of the mean latency */
  SyEffect trial;       /* of a load trial; TOO_EARLY: none */
  SyBuckets *merged[2]; /* (owned) */
  double uptime;        /* of the first pair that counts, or of the last that did not */
  gint64 begin_us;      /* before it no figure of the next pair may begin; G_MININT64: any may */
  gboolean is_changed;  /* since the last window */
  guint n_changes;
  guint n_excluded;     /* pairs that a person excluded */
  SyVerdictState time_state;
  SyVerdictState load_state;
};

static void
drop_evidence (SyComparison *self)
{
  sy_window_pairs_clear (self->pairs);
  sy_equal_load_clear (self->by_load);
  sy_equal_load_clear (self->means_by_load);
  for (guint i = 0; i < 2; i++)
    {
      sy_buckets_free (self->merged[i]);
      self->merged[i] = sy_buckets_new ();
    }

  self->n_excluded = 0;
  self->uptime = NAN;
  self->begin_us = G_MININT64;
}

SyComparison *
sy_comparison_new (SyMetric metric)
{
  SyComparison *self = g_new0 (SyComparison, 1);

  self->metric = metric;
  self->min_effect = 0.05;
  self->warm_up = SY_FAIR_WARM_UP;
  sy_fairness_init (&self->known);
  self->pairs = sy_window_pairs_new ();
  self->by_load = sy_equal_load_new ();
  self->means_by_load = sy_equal_load_new ();
  sy_effect_init (&self->trial);
  for (guint i = 0; i < 2; i++)
    self->merged[i] = sy_buckets_new ();
  self->uptime = NAN;
  self->begin_us = G_MININT64;

  return self;
}

void
sy_comparison_free (SyComparison *self)
{
  sy_window_pairs_free (self->pairs);
  sy_equal_load_free (self->by_load);
  sy_equal_load_free (self->means_by_load);
  for (guint i = 0; i < 2; i++)
    sy_buckets_free (self->merged[i]);
  g_free (self);
}

SyMetric
sy_comparison_get_metric (const SyComparison *self)
{
  return self->metric;
}

void
sy_comparison_set_min_effect (SyComparison *self, double min_effect)
{
  g_return_if_fail (min_effect > 0);

  self->min_effect = min_effect;
}

void
sy_comparison_set_warm_up (SyComparison *self, double seconds)
{
  self->warm_up = seconds;
}

void
sy_comparison_set_known (SyComparison *self, const SyFairness *known)
{
  self->known = *known;
}

void
sy_comparison_set_trial (SyComparison *self, const SyEffect *effect)
{
  if (effect != NULL)
    self->trial = *effect;
  else
    self->trial.state = SY_VERDICT_TOO_EARLY;
}

void
sy_comparison_set_gauges (SyComparison *self, gboolean a, gboolean b)
{
  self->gauge[0] = a;
  self->gauge[1] = b;
}

static void
add_pair (SyComparison *self, const SyTimeWindow *const windows[2])
{
  SyWindowPair pair;

  for (guint i = 0; i < 2; i++)
    {
      const SyTimeWindow *window = windows[i];

      pair.values[SY_PAIR_LOG_VALUE][i] = log (sy_metric_get_value (self->metric, window));
      pair.values[SY_PAIR_REQUESTS][i] = window->requests;
      pair.values[SY_PAIR_LOAD][i] = window->throughput;
      pair.values[SY_PAIR_ERRORS][i] = window->error_ratio * window->requests;
      pair.values[SY_PAIR_IN_FLIGHT][i] = window->in_flight;
      pair.values[SY_PAIR_CPU][i] = window->cpu_cores;
      pair.values[SY_PAIR_LATENCY][i] = window->latency_mean;
    }
  pair.seconds = (double)(windows[0]->to_us - windows[0]->from_us + MAX (windows[0]->reach_us, windows[1]->reach_us))
                 / G_USEC_PER_SEC;

  sy_window_pairs_add (self->pairs, &pair);
  for (guint i = 0; i < 2; i++)
    {
      const SyQuantile value = sy_metric_get_bounded (self->metric, windows[i]);

      sy_equal_load_add_quantile (self->by_load, i, pair.values[SY_PAIR_LOAD][i], &value);
      sy_equal_load_add (self->means_by_load, i, pair.values[SY_PAIR_LOAD][i], log (pair.values[SY_PAIR_LATENCY][i]));
    }
}

/* Windows whose figures reach into each other are one piece of evidence told twice,
 * and what reaches back before a change is not of what is now. Scrapes come a little
 * late or early: a tenth of a window is no matter. */
static gboolean
reaches_back (SyComparison *self, const SyTimeWindow *a, const SyTimeWindow *b)
{
  const gint64 from_us = MIN (a->from_us - a->reach_us, b->from_us - b->reach_us);
  const gint64 slack_us = (a->to_us - a->from_us) / 10;

  if (self->is_changed)
    self->begin_us = MIN (a->from_us, b->from_us);
  self->is_changed = FALSE;

  return MAX (a->reach_us, b->reach_us) > 0 && self->begin_us != G_MININT64 && from_us + slack_us < self->begin_us;
}

void
sy_comparison_add (SyComparison *self,
                   const SyTimeWindow *a,
                   const SyTimeWindow *b,
                   const SyBuckets *a_durations,
                   const SyBuckets *b_durations,
                   double uptime)
{
  const SyTimeWindow *const windows[] = { a, b };
  const SyBuckets *const durations[] = { a_durations, b_durations };

  self->n_excluded += a->n_excluded > 0 || b->n_excluded > 0;
  if (!sy_time_window_is_whole (a) || !sy_time_window_is_whole (b))
    return;
  if (!(sy_metric_get_value (self->metric, a) > 0) || !(sy_metric_get_value (self->metric, b) > 0))
    return;

  if (reaches_back (self, a, b))
    return;

  uptime -= (double) MAX (a->reach_us, b->reach_us) / G_USEC_PER_SEC;
  if (uptime < self->warm_up)
    {
      self->uptime = uptime;
      return;
    }

  if (sy_window_pairs_get_n (self->pairs) == MAX_PAIRS)
    drop_evidence (self);
  if (sy_window_pairs_get_n (self->pairs) == 0)
    self->uptime = uptime;

  self->begin_us = MAX (a->to_us, b->to_us);
  add_pair (self, windows);
  for (guint i = 0; i < 2; i++)
    if (durations[i] != NULL)
      {
        if (sy_buckets_get_n (self->merged[i]) == 0)
          {
            sy_buckets_free (self->merged[i]);
            self->merged[i] = sy_buckets_copy (durations[i]);
          }
        else
          sy_buckets_merge (self->merged[i], durations[i]);
      }
}

void
sy_comparison_change (SyComparison *self)
{
  self->n_changes++;
  self->is_changed = TRUE;
  self->time_state = self->load_state = SY_VERDICT_TOO_EARLY;
  self->trial.state = SY_VERDICT_TOO_EARLY;
  drop_evidence (self);
}

static void
collect_facts (const SyComparison *self, const SySequence *sequence, SyFairness *facts)
{
  const double quantile = sy_metric_get_quantile (self->metric);
  SySequence means;

  sy_window_pairs_get_sequence (self->pairs, SY_PAIR_LATENCY, ALPHA, &means);
  *facts = self->known;
  facts->n_windows = sy_window_pairs_get_n (self->pairs);
  facts->quantile = quantile;
  facts->warm_up = self->warm_up;
  facts->n_changes = self->n_changes;
  facts->min_effect = self->min_effect;
  facts->load_apart = sy_window_pairs_get_load_apart (self->pairs);
  facts->uptime[0] = facts->uptime[1] = self->uptime;
  facts->log_ratio_low = sequence->low;
  facts->log_ratio_high = sequence->high;
  facts->mean_low = means.low;
  facts->mean_high = means.high;

  for (guint i = 0; i < 2; i++)
    {
      facts->requests[i] = sy_window_pairs_get_total (self->pairs, SY_PAIR_REQUESTS, i);
      facts->load[i] = sy_window_pairs_get_mean (self->pairs, SY_PAIR_LOAD, i);
      facts->errors[i] = sy_window_pairs_get_error_share (self->pairs, i);
      facts->in_flight[i] = self->gauge[i] ? sy_window_pairs_get_mean (self->pairs, SY_PAIR_IN_FLIGHT, i) : (double)NAN;
      facts->in_flight_error[i] = sy_window_pairs_get_in_flight_error (self->pairs, i);
      facts->latency_mean[i] = sy_window_pairs_get_mean (self->pairs, SY_PAIR_LATENCY, i);
      facts->drift[i] = sy_window_pairs_get_drift (self->pairs, i);
      facts->measured[i] = quantile > 0 ? sy_buckets_quantile (self->merged[i], quantile) : SY_QUANTILE_NONE;
    }
}

static void
set_interval (SyEffect *effect, const SySequence *sequence)
{
  effect->n_windows = sequence->n;
  if (!isfinite (sequence->low))
    return;

  effect->ratio = exp (sequence->mean);
  effect->low = exp (sequence->low);
  effect->high = exp (sequence->high);
}

static SyEffect
new_effect (const SyComparison *self, const SySequence *sequence, SyVerdictState state)
{
  SyEffect effect;

  sy_effect_init (&effect);
  effect.state = state;
  effect.what = sy_metric_label (self->metric);
  effect.unit = "s";
  effect.basis = SY_LOAD_BASIS_MOMENT;
  for (guint i = 0; i < 2; i++)
    effect.value[i] = sy_window_pairs_get_typical (self->pairs, i);

  sy_window_pairs_get_load_range (self->pairs, effect.load);
  set_interval (&effect, sequence);
  return effect;
}

/* What two that seem equal are where the buckets would not show a difference, and the
 * means do. */
static SyVerdictState
doubt_equal (SyVerdictState state, const SyFairness *facts)
{
  return state == SY_VERDICT_PRACTICALLY_EQUAL && !sy_fairness_is_equal (facts) ? SY_VERDICT_TOO_CLOSE : state;
}

/* Pairs until an interval that does not decide does, as it narrows with the root of
 * their number. 0 where it is narrow enough: what decides already, and not as equal,
 * waiting does not change. */
static guint
more_pairs (const SyComparison *self, const SySequence *sequence)
{
  const double half = (sequence->high - sequence->low) / 2;
  const double wanted = fabs (fabs (sequence->mean) - log1p (self->min_effect));

  if (half <= wanted)
    return 0;

  return (guint) fmin (ceil (sequence->n * (pow (half / wanted, 2) - 1)), MAX_MORE);
}

/* Fills @facts from the pairs. Returns about how many more of them would decide it, 0
 * where it is decided. */
static guint
judge_pairs (SyComparison *self, const SyEqualLoadPairs *pairs, SyFairness *facts)
{
  const double margin = log1p (self->min_effect);
  SyEqualLoadPairs means;
  SyVerdictState state;

  sy_equal_load_pairs (self->means_by_load, ALPHA, &means);
  facts->n_windows = pairs->sequence.n;
  facts->log_ratio_low = pairs->sequence.low;
  facts->log_ratio_high = pairs->sequence.high;
  facts->mean_low = means.sequence.low;
  facts->mean_high = means.sequence.high;
  for (guint i = 0; i < 2; i++)
    facts->measured[i] = pairs->measured[i];
  state = sy_verdict_rule_interval (pairs->sequence.low, pairs->sequence.high, margin, self->load_state);
  self->load_state = doubt_equal (state, facts);
  if (self->load_state != SY_VERDICT_TOO_CLOSE)
    return 0;

  /* It waits for the means where these alone stand against it. */
  return more_pairs (self, state == SY_VERDICT_PRACTICALLY_EQUAL ? &means.sequence : &pairs->sequence);
}

/* From windows of the same load, else from which of them carried more; fills
 * @verdict's load. */
static void
judge_windows (SyComparison *self, const SyFairness *facts, const SySequence *time, SyVerdict *verdict)
{
  const double margin = log1p (self->min_effect);
  SyFairness at_equal_load = *facts;
  SyEffect *effect = &verdict->load;
  g_autoptr (GPtrArray) own = NULL;
  SyEqualLoadPairs pairs;
  guint more = 0; /* pairs */

  for (guint i = 0; i < 2; i++)
    if (sy_window_pairs_has_load_drifted (self->pairs, i))
      at_equal_load.drift[i] = NAN;

  sy_equal_load_pairs (self->by_load, ALPHA, &pairs);
  if (pairs.sequence.n >= SY_SEQUENCE_MIN)
    {
      more = judge_pairs (self, &pairs, &at_equal_load);
      effect->basis = SY_LOAD_BASIS_WINDOWS;
      set_interval (effect, &pairs.sequence);
      for (guint i = 0; i < 2; i++)
        {
          effect->load[i] = pairs.load[i];
          effect->value[i] = pairs.value[i];
        }
    }
  else
    {
      self->load_state
          = sy_equal_load_infer (doubt_equal (sy_verdict_rule_interval (time->low, time->high, margin, self->load_state), facts),
                                 facts->load[0] > facts->load[1],
                                 fmax (sy_window_pairs_get_mean (self->pairs, SY_PAIR_CPU, 0),
                                       sy_window_pairs_get_mean (self->pairs, SY_PAIR_CPU, 1)));
      effect->basis = self->load_state == SY_VERDICT_TOO_EARLY ? SY_LOAD_BASIS_NONE : SY_LOAD_BASIS_INFERRED;
      effect->load[0] = effect->load[1] = NAN;
      if (self->load_state == SY_VERDICT_TOO_EARLY || self->load_state == SY_VERDICT_TOO_CLOSE)
        more = SY_SEQUENCE_MIN - pairs.sequence.n;
    }

  own = sy_fairness_gates (&at_equal_load);
  effect->state = sy_verdict_rule_equal_load (self->load_state, own, verdict);
  /* Pairs come as often as they came; against a gate more of them do not help. */
  if (effect->state == self->load_state && pairs.sequence.n > 0)
    verdict->more_windows = (guint) ceil ((double) more * time->n / pairs.sequence.n);
}

/* A trial asks both the same on purpose, so it goes before what came by itself
 * where the moment says nothing, also because nobody asks. What is wrong with the
 * moment is not wrong with it; but that they are not allowed the same holds for
 * both. */
static void
judge_load (SyComparison *self, const SyFairness *facts, const SySequence *time, SyVerdict *verdict)
{
  const SyGate *load = sy_verdict_find_gate (verdict, SY_GATE_LOAD);
  const SyGate *limits = sy_verdict_find_gate (verdict, SY_GATE_LIMITS);

  const gboolean says_nothing = verdict->state == SY_VERDICT_TOO_EARLY || verdict->state == SY_VERDICT_NOT_COMPARABLE;

  verdict->load = verdict->time;
  if (says_nothing && self->trial.state != SY_VERDICT_TOO_EARLY)
    {
      verdict->load = self->trial;
      if (limits != NULL && limits->effect == SY_GATE_REFUSE)
        verdict->load.state = SY_VERDICT_NOT_COMPARABLE;
      return;
    }

  if (load == NULL || load->effect == SY_GATE_PASSED)
    return;

  judge_windows (self, facts, time, verdict);
}

/* Windows until the interval, as wide as its spread makes it, decides. */
static guint
more_windows (const SyComparison *self, const SySequence *sequence)
{
  const double margin = log1p (self->min_effect);
  const double effect = fabs (fabs (sequence->mean) - margin);
  const double inflation = (1 + sequence->correlation) / (1 - sequence->correlation);
  guint needed;

  if (sequence->n < SY_SEQUENCE_MIN)
    return SY_SEQUENCE_MIN - sequence->n;

  needed = sy_sequence_values_needed (sequence->deviation * sqrt (inflation), effect, ALPHA);
  return needed > sequence->n ? needed - sequence->n : 0;
}

SyVerdict *
sy_comparison_get_verdict (SyComparison *self)
{
  SyVerdict *verdict = sy_verdict_new ();
  const double margin = log1p (self->min_effect);
  SySequence sequence;
  SyFairness facts;

  sy_window_pairs_get_sequence (self->pairs, SY_PAIR_LOG_VALUE, ALPHA, &sequence);
  collect_facts (self, &sequence, &facts);

  g_ptr_array_unref (verdict->gates);
  verdict->gates = sy_fairness_gates (&facts);
  verdict->alpha = ALPHA;
  verdict->min_effect = self->min_effect;
  verdict->n_excluded = self->n_excluded;
  verdict->minutes = sy_window_pairs_get_seconds (self->pairs) / 60;
  for (guint i = 0; i < 2; i++)
    verdict->requests[i] = facts.requests[i];

  self->time_state = sy_verdict_rule_interval (sequence.low, sequence.high, margin, self->time_state);
  self->time_state = sy_verdict_rule_gates (self->time_state, verdict->gates);
  verdict->state = self->time_state;
  verdict->time = new_effect (self, &sequence, verdict->state);
  judge_load (self, &facts, &sequence, verdict);

  if (verdict->state == SY_VERDICT_TOO_EARLY || verdict->state == SY_VERDICT_TOO_CLOSE)
    verdict->more_windows = more_windows (self, &sequence);

  for (guint i = 0; i < 2; i++)
    verdict->cpu_per_request[i] = sy_window_pairs_get_mean (self->pairs, SY_PAIR_CPU, i) / facts.load[i];

  sy_verdict_explain (verdict);
  return verdict;
}

const SyBuckets *
sy_comparison_get_durations (const SyComparison *self,
                             guint               index)
{
  g_return_val_if_fail (index < 2, NULL);

  return self->merged[index];
}

double *
sy_comparison_dup_log_ratios (const SyComparison *self, guint *ret_n)
{
  return sy_window_pairs_dup_log_ratios (self->pairs, ret_n);
}
