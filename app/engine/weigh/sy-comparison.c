/* sy-comparison.c: two backends, window by window
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything that the verdict needs is kept by pair, so that it can be computed
 * again from nothing else: no running sum grows stale. Beside the pairs of
 * simultaneous windows there are those of equal load (SyEqualLoad), for when the
 * moment does not compare.
 *
 * Limits: 8 640 pairs, a day of ten seconds; then the evidence begins anew.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-comparison.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sy-equal-load.h"
#include "sy-verdict-rule.h"
#include "sy-verdict-words.h"

#define MAX_PAIRS 8640
#define ALPHA 0.05
#define MAX_MORE 1000000 /* windows; nobody waits so long */

/* A drift must also be more than noise: so many of its standard errors. */
#define DRIFT_ERRORS 3.0

typedef struct
{
  double log_value[2]; /* of what is compared */
  double requests[2];
  double load[2];
  double errors[2]; /* requests that failed */
  double in_flight[2];
  double cpu[2];
  double latency[2];
  double seconds;
} Pair;

struct _SyComparison
{
  SyMetric metric;
  double min_effect;
  double warm_up;
  SyFairness known;
  gboolean gauge[2];
  GArray *pairs;        /* (owned) (element-type Pair) */
  SyEqualLoad *by_load; /* (owned) */
  SyEqualLoad *means_by_load; /* (owned): the same pairs, of the mean latency */
  SyEffect trial;       /* of a load trial; TOO_EARLY: none */
  SyBuckets *merged[2]; /* (owned) */
  double uptime;        /* of the first pair that counts, or of the last that did not */
  guint n_changes;
  guint n_excluded;     /* pairs that a person excluded */
  SyVerdictState time_state;
  SyVerdictState load_state;
};

const char *
sy_metric_label (SyMetric metric)
{
  switch (metric)
    {
    case SY_METRIC_P50:
      return _ ("p50 latency");
    case SY_METRIC_P95:
      return _ ("p95 latency");
    case SY_METRIC_P99:
      return _ ("p99 latency");
    case SY_METRIC_MEAN:
    default:
      return _ ("mean latency");
    }
}

double
sy_metric_get_quantile (SyMetric metric)
{
  static const double quantiles[]
      = { [SY_METRIC_P50] = 0.5, [SY_METRIC_P95] = 0.95, [SY_METRIC_P99] = 0.99, [SY_METRIC_MEAN] = 0 };

  return quantiles[metric];
}

double
sy_metric_get_value (SyMetric metric, const SyTimeWindow *window)
{
  switch (metric)
    {
    case SY_METRIC_P50:
      return window->p50.estimate;
    case SY_METRIC_P95:
      return window->p95.estimate;
    case SY_METRIC_P99:
      return window->p99.estimate;
    case SY_METRIC_MEAN:
    default:
      return window->latency_mean;
    }
}

static void
drop_evidence (SyComparison *self)
{
  g_array_set_size (self->pairs, 0);
  sy_equal_load_clear (self->by_load);
  sy_equal_load_clear (self->means_by_load);
  for (guint i = 0; i < 2; i++)
    {
      sy_buckets_free (self->merged[i]);
      self->merged[i] = sy_buckets_new ();
    }

  self->n_excluded = 0;
  self->uptime = NAN;
}

SyComparison *
sy_comparison_new (SyMetric metric)
{
  SyComparison *self = g_new0 (SyComparison, 1);

  self->metric = metric;
  self->min_effect = 0.05;
  self->warm_up = SY_FAIR_WARM_UP;
  sy_fairness_init (&self->known);
  self->pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  self->by_load = sy_equal_load_new ();
  self->means_by_load = sy_equal_load_new ();
  sy_effect_init (&self->trial);
  for (guint i = 0; i < 2; i++)
    self->merged[i] = sy_buckets_new ();
  self->uptime = NAN;

  return self;
}

void
sy_comparison_free (SyComparison *self)
{
  g_array_unref (self->pairs);
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
  Pair pair;

  for (guint i = 0; i < 2; i++)
    {
      const SyTimeWindow *window = windows[i];

      pair.log_value[i] = log (sy_metric_get_value (self->metric, window));
      pair.requests[i] = window->requests;
      pair.load[i] = window->throughput;
      pair.errors[i] = window->error_ratio * window->requests;
      pair.in_flight[i] = window->in_flight;
      pair.cpu[i] = window->cpu_cores;
      pair.latency[i] = window->latency_mean;
    }
  pair.seconds = (double)(windows[0]->to_us - windows[0]->from_us) / G_USEC_PER_SEC;

  g_array_append_val (self->pairs, pair);
  for (guint i = 0; i < 2; i++)
    {
      sy_equal_load_add (self->by_load, i, pair.load[i], pair.log_value[i]);
      sy_equal_load_add (self->means_by_load, i, pair.load[i], log (pair.latency[i]));
    }
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

  if (uptime < self->warm_up)
    {
      self->uptime = uptime;
      return;
    }

  if (self->pairs->len == MAX_PAIRS)
    drop_evidence (self);
  if (self->pairs->len == 0)
    self->uptime = uptime;

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
  self->time_state = self->load_state = SY_VERDICT_TOO_EARLY;
  self->trial.state = SY_VERDICT_TOO_EARLY;
  drop_evidence (self);
}

/* The mean over pairs of the @offset-th double, weighted by time; NAN where
 * any is. */
static double
mean_of (const SyComparison *self, gsize offset)
{
  double sum = 0, seconds = 0;

  for (guint i = 0; i < self->pairs->len; i++)
    {
      const Pair *pair = &g_array_index (self->pairs, Pair, i);

      sum += pair->seconds * *(const double *)(const void *)((const char *)pair + offset);
      seconds += pair->seconds;
    }

  return sum / seconds;
}

static double
total_of (const SyComparison *self, gsize offset)
{
  double sum = 0;

  for (guint i = 0; i < self->pairs->len; i++)
    sum += *(const double *)(const void *)((const char *)&g_array_index (self->pairs, Pair, i) + offset);

  return sum;
}

#define OFFSET(member, side) (G_STRUCT_OFFSET (Pair, member) + (side) * sizeof (double))

/* Mean and its squared standard error of log values from @from to @to. */
static double
mean_log (const SyComparison *self, guint side, guint from, guint to, double *ret_error)
{
  const guint n = to - from;
  double sum = 0, squares = 0;

  for (guint i = from; i < to; i++)
    sum += g_array_index (self->pairs, Pair, i).log_value[side];
  for (guint i = from; i < to; i++)
    squares += pow (g_array_index (self->pairs, Pair, i).log_value[side] - sum / n, 2);

  *ret_error = squares / (n - 1) / n;
  return sum / n;
}

/* How much the last third lies over the first; 0 where that may be noise, NAN
 * with too few windows. */
static double
drift_of (const SyComparison *self, guint side)
{
  const guint n = self->pairs->len;
  const guint third = n / 3;
  double first, last, first_error, last_error;

  if (n < SY_SEQUENCE_MIN || third < 2)
    return NAN;

  first = mean_log (self, side, 0, third, &first_error);
  last = mean_log (self, side, n - third, n, &last_error);
  if (fabs (last - first) < DRIFT_ERRORS * sqrt (first_error + last_error))
    return 0;

  return expm1 (last - first);
}

/* How far the mean of in flight less throughput times latency may be off by chance:
 * a gauge that is read now and then misses most of what happens between. INFINITY
 * where too few windows tell. */
static double
in_flight_error (const SyComparison *self, guint side)
{
  const guint n = self->pairs->len;
  double sum = 0, squares = 0;

  if (n < SY_SEQUENCE_MIN)
    return INFINITY;

  for (guint i = 0; i < n; i++)
    {
      const Pair *pair = &g_array_index (self->pairs, Pair, i);
      const double apart = pair->in_flight[side] - pair->load[side] * pair->latency[side];

      sum += apart;
      squares += apart * apart;
    }

  return sqrt (fmax (0, squares - sum * sum / n) / (n - 1) / n);
}

/* The typical ratio of the loads of simultaneous windows, less what the chance
 * of so many requests makes of it: a count of n varies by its root. */
static double
load_apart (const SyComparison *self)
{
  double squares = 0;

  for (guint i = 0; i < self->pairs->len; i++)
    {
      const Pair *pair = &g_array_index (self->pairs, Pair, i);

      squares += pow (log (pair->load[0] / pair->load[1]), 2) - 1 / pair->requests[0] - 1 / pair->requests[1];
    }

  return self->pairs->len > 0 ? exp (sqrt (fmax (0, squares / self->pairs->len))) : (double) NAN;
}

/* Of the logarithms of what is compared, or of the mean latencies. */
static void
time_sequence (const SyComparison *self, gboolean means, SySequence *ret)
{
  g_autofree double *ratios = g_new (double, self->pairs->len + 1);

  for (guint i = 0; i < self->pairs->len; i++)
    {
      const Pair *pair = &g_array_index (self->pairs, Pair, i);

      ratios[i] = means ? log (pair->latency[0] / pair->latency[1]) : pair->log_value[0] - pair->log_value[1];
    }

  sy_sequence_mean (ratios, self->pairs->len, ALPHA, ret);
}

static void
collect_facts (const SyComparison *self, const SySequence *sequence, SyFairness *facts)
{
  const double quantile = sy_metric_get_quantile (self->metric);
  SySequence means;

  time_sequence (self, TRUE, &means);
  *facts = self->known;
  facts->n_windows = self->pairs->len;
  facts->quantile = quantile;
  facts->warm_up = self->warm_up;
  facts->n_changes = self->n_changes;
  facts->min_effect = self->min_effect;
  facts->load_apart = load_apart (self);
  facts->uptime[0] = facts->uptime[1] = self->uptime;
  facts->log_ratio_low = sequence->low;
  facts->log_ratio_high = sequence->high;
  facts->mean_low = means.low;
  facts->mean_high = means.high;

  for (guint i = 0; i < 2; i++)
    {
      facts->requests[i] = total_of (self, OFFSET (requests, i));
      facts->load[i] = mean_of (self, OFFSET (load, i));
      facts->errors[i] = total_of (self, OFFSET (errors, i)) / facts->requests[i];
      facts->in_flight[i] = self->gauge[i] ? mean_of (self, OFFSET (in_flight, i)) : (double)NAN;
      facts->in_flight_error[i] = in_flight_error (self, i);
      facts->latency_mean[i] = mean_of (self, OFFSET (latency, i));
      facts->drift[i] = drift_of (self, i);
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

/* Of the typical window: the geometric mean, so that the ratio of the two is that
 * of the sequence. A quantile of all windows together would be another thing: one
 * bad minute moves it by a factor, and the ratio by a tenth. NAN: no window. */
static double
typical_value (const SyComparison *self, guint side)
{
  return exp (total_of (self, OFFSET (log_value, side)) / self->pairs->len);
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
    effect.value[i] = typical_value (self, i);

  for (guint i = 0; i < 2 * self->pairs->len; i++)
    {
      const double load = g_array_index (self->pairs, Pair, i / 2).load[i % 2];

      effect.load[0] = fmin (effect.load[0], load);
      effect.load[1] = fmax (effect.load[1], load);
    }

  set_interval (&effect, sequence);
  return effect;
}

/* Whether a gate other than that of the load stands against any comparison. */
static gboolean
is_refused_at_any_load (const GPtrArray *gates)
{
  for (guint i = 0; i < gates->len; i++)
    {
      const SyGate *gate = g_ptr_array_index (gates, i);

      if (gate->effect == SY_GATE_REFUSE && gate->code != SY_GATE_LOAD)
        return TRUE;
    }

  return FALSE;
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

/* Returns about how many more pairs would decide it, 0 where it is decided. */
static guint
judge_pairs (SyComparison *self, const SyFairness *facts, const SyEqualLoadPairs *pairs)
{
  const double margin = log1p (self->min_effect);
  SyFairness at_equal_load = *facts;
  SyEqualLoadPairs means;
  SyVerdictState state;

  sy_equal_load_pairs (self->means_by_load, ALPHA, &means);
  at_equal_load.mean_low = means.sequence.low;
  at_equal_load.mean_high = means.sequence.high;
  state = sy_verdict_rule_interval (pairs->sequence.low, pairs->sequence.high, margin, self->load_state);
  self->load_state = doubt_equal (state, &at_equal_load);
  if (self->load_state != SY_VERDICT_TOO_CLOSE)
    return 0;

  /* It waits for the means where these alone stand against it. */
  return more_pairs (self, state == SY_VERDICT_PRACTICALLY_EQUAL ? &means.sequence : &pairs->sequence);
}

/* From windows of the same load, else from which of them carried more. Returns about
 * how many more windows would decide it, 0 where that cannot be said. */
static guint
judge_windows (SyComparison *self, const SyFairness *facts, const SySequence *time, SyEffect *effect)
{
  const double margin = log1p (self->min_effect);
  SyEqualLoadPairs pairs;
  guint more = 0; /* pairs */

  sy_equal_load_pairs (self->by_load, ALPHA, &pairs);
  if (pairs.sequence.n >= SY_SEQUENCE_MIN)
    {
      more = judge_pairs (self, facts, &pairs);
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
                                 fmax (mean_of (self, OFFSET (cpu, 0)), mean_of (self, OFFSET (cpu, 1))));
      effect->basis = self->load_state == SY_VERDICT_TOO_EARLY ? SY_LOAD_BASIS_NONE : SY_LOAD_BASIS_INFERRED;
      effect->load[0] = effect->load[1] = NAN;
      if (self->load_state == SY_VERDICT_TOO_EARLY || self->load_state == SY_VERDICT_TOO_CLOSE)
        more = SY_SEQUENCE_MIN - pairs.sequence.n;
    }

  effect->state = self->load_state;
  /* Pairs come as often as they came. */
  return pairs.sequence.n > 0 ? (guint) ceil ((double) more * time->n / pairs.sequence.n) : 0;
}

/* A trial asks both the same on purpose, so it goes before what came by itself,
 * and what is wrong with that is not wrong with it; but that they are not allowed
 * the same holds for both. */
static void
judge_load (SyComparison *self, const SyFairness *facts, const SySequence *time, SyVerdict *verdict)
{
  const SyGate *load = sy_verdict_find_gate (verdict, SY_GATE_LOAD);
  const SyGate *limits = sy_verdict_find_gate (verdict, SY_GATE_LIMITS);

  verdict->load = verdict->time;
  if (load == NULL || load->effect == SY_GATE_PASSED)
    return;

  if (self->trial.state != SY_VERDICT_TOO_EARLY)
    {
      verdict->load = self->trial;
      if (limits != NULL && limits->effect == SY_GATE_REFUSE)
        verdict->load.state = SY_VERDICT_NOT_COMPARABLE;
      return;
    }

  verdict->more_windows = judge_windows (self, facts, time, &verdict->load);
  if (is_refused_at_any_load (verdict->gates))
    {
      verdict->load.state = SY_VERDICT_NOT_COMPARABLE;
      verdict->more_windows = 0;
    }
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

  time_sequence (self, FALSE, &sequence);
  collect_facts (self, &sequence, &facts);

  g_ptr_array_unref (verdict->gates);
  verdict->gates = sy_fairness_gates (&facts);
  verdict->alpha = ALPHA;
  verdict->min_effect = self->min_effect;
  verdict->n_excluded = self->n_excluded;
  verdict->minutes = total_of (self, G_STRUCT_OFFSET (Pair, seconds)) / 60;
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
    verdict->cpu_per_request[i] = mean_of (self, OFFSET (cpu, i)) / facts.load[i];

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
  double *ratios = self->pairs->len > 0 ? g_new (double, self->pairs->len) : NULL;

  *ret_n = self->pairs->len;
  for (guint i = 0; i < self->pairs->len; i++)
    {
      const Pair *pair = &g_array_index (self->pairs, Pair, i);

      ratios[i] = pair->log_value[0] - pair->log_value[1];
    }

  return ratios;
}
