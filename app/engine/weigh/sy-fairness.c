/* sy-fairness.c: may these two be compared, and in what?
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A gate a function. Each says what it found and against which limit also when
 * it lets the comparison pass; what is not known is not judged.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-fairness.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sy-capacity.h"
#include "sy-load-step.h"
#include "sy-mix.h"
#include "sy-order-statistic.h"
#include "sy-sequence.h"

/* Beyond this many standard errors a reading is not off by chance. */
#define CERTAIN_ERRORS 3.0

static SyGate *
gate (SyGateCode    code,
      gboolean      passed,
      SyGateEffect  otherwise,
      double        value,
      double        limit,
      const char   *good,
      const char   *bad,
      char         *evidence) /* (transfer full) */
{
  SyGate *self = sy_gate_new (code, passed ? SY_GATE_PASSED : otherwise, value, limit, passed ? good : bad, evidence);

  g_free (evidence);
  return self;
}

static SyGate *
few (const SyFairness *self)
{
  return gate (SY_GATE_FEW, self->n_windows >= SY_SEQUENCE_MIN, SY_GATE_WITHHOLD, self->n_windows, SY_SEQUENCE_MIN,
               _("There are enough windows to say something"), _("There are too few windows to say anything"),
               g_strdup_printf (_("%u of at least %u windows"), self->n_windows, SY_SEQUENCE_MIN));
}

static SyGate *
requests (const SyFairness *self)
{
  const double least = fmin (self->requests[0], self->requests[1]);
  g_autofree char *name = NULL;
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  guint needed;
  SyGate *result;

  if (!(self->quantile > 0 && self->quantile < 1) || isnan (self->requests[0] + self->requests[1]))
    return NULL;

  needed = sy_order_min_n (self->quantile);
  result = gate (SY_GATE_N, least >= needed, SY_GATE_WITHHOLD, least, needed,
                 _("Both answered enough requests for this percentile"),
                 _("One of them answered too few requests for this percentile"),
                 g_strdup_printf (_("A %.0f, B %.0f requests of at least %u"), self->requests[0], self->requests[1], needed));

  /* R-N-P95, R-N-P999: the digits after the point. */
  g_ascii_formatd (digits, sizeof digits, "%.4g", self->quantile);
  name = g_strdup_printf ("R-N-P%s", digits + 2);
  sy_gate_set_name (result, name);
  return result;
}

static SyGate *
load (const SyFairness *self)
{
  double ratio = self->load[0] / self->load[1];

  if (isnan (ratio))
    return NULL;

  /* Of one schedule moments may differ, by what waits, but not the whole: latencies
   * of what was answered say nothing of what was not. */
  if (self->same_offer)
    {
      ratio = fmax (ratio, 1 / ratio);
      return gate (SY_GATE_LOAD, ratio <= SY_FAIR_LOAD_RATIO, SY_GATE_REFUSE, ratio, SY_FAIR_LOAD_RATIO,
                   _("Both are offered the same load"),
                   _("Of the same load one finishes clearly less: what it leaves unanswered is in no latency"),
                   g_strdup_printf (_("Of one schedule A finished %.4g and B %.4g requests/s"), self->load[0], self->load[1]));
    }

  /* Loads that take turns are the same on the whole and never at one moment. */
  if (self->load_apart > fmax (ratio, 1 / ratio))
    ratio = self->load_apart;

  return gate (SY_GATE_LOAD, ratio <= SY_FAIR_LOAD_RATIO && ratio >= 1 / SY_FAIR_LOAD_RATIO, SY_GATE_REFUSE, ratio,
               SY_FAIR_LOAD_RATIO, _("Both carry the same load"),
               _("They carry different loads, so latencies of the same moment do not compare"),
               g_strdup_printf (_("A %.4g, B %.4g requests/s"), self->load[0], self->load[1]));
}

static SyGate *
mix (const SyFairness *self)
{
  if (isnan (self->mix_distance))
    return NULL;

  return gate (SY_GATE_MIX, self->mix_distance <= SY_MIX_TOLERANCE, SY_GATE_REFUSE, self->mix_distance, SY_MIX_TOLERANCE,
               _("Both are asked the same kinds of requests"),
               _("They are asked different kinds of requests, so their totals do not compare"),
               g_strdup_printf (_("%.1f %% of the requests would have to be of another kind"), 100 * self->mix_distance));
}

static SyGate *
warm (const SyFairness *self)
{
  const double youngest = fmin (self->uptime[0], self->uptime[1]);
  const double drift = fmax (fabs (self->drift[0]), fabs (self->drift[1]));
  const gboolean is_young = youngest < self->warm_up;

  /* fmin() and fmax() take the known one. */
  if (isnan (youngest) && isnan (drift))
    return NULL;

  /* Of one that is old enough the other cannot be told to be. */
  if (!is_young && isnan (drift) && isnan (self->uptime[0] + self->uptime[1]))
    return NULL;

  if (is_young || isnan (drift))
    return gate (SY_GATE_WARM, !is_young, SY_GATE_WITHHOLD, youngest, self->warm_up,
                 _("Both have warmed up"), _("One of them has just started"),
                 g_strdup_printf (_("The younger has run for %.0f s of at least %.0f s"), youngest, self->warm_up));

  return gate (SY_GATE_WARM, !(drift > SY_FAIR_DRIFT), SY_GATE_WITHHOLD, drift, SY_FAIR_DRIFT,
               _("Both have warmed up and hold steady"), _("One of them is still changing"),
               g_strdup_printf (_("Between the first and the last third: A %+.0f %%, B %+.0f %%"),
                                100 * self->drift[0], 100 * self->drift[1]));
}

static SyGate *
errors (const SyFairness *self)
{
  const double worst = fmax (self->errors[0], self->errors[1]);
  const double apart = fabs (self->errors[0] - self->errors[1]);

  /* What one of them hides may be worse, or not; but one that fails is one too many. */
  if (isnan (apart))
    return !(worst > SY_FAIR_ERRORS) ? NULL
           : gate (SY_GATE_ERRORS, FALSE, SY_GATE_REFUSE, worst, SY_FAIR_ERRORS, "",
                   _("Requests fail, and failures answer fast: there is no winner in latency"),
                   g_strdup_printf (_("%s %.2f %% errors; of the other nothing is known"), isnan (self->errors[1]) ? "A" : "B",
                                    100 * worst));

  return gate (SY_GATE_ERRORS, !(worst > SY_FAIR_ERRORS) && !(apart > SY_FAIR_ERRORS_APART), SY_GATE_REFUSE,
               worst > SY_FAIR_ERRORS ? worst : apart, worst > SY_FAIR_ERRORS ? SY_FAIR_ERRORS : SY_FAIR_ERRORS_APART,
               _("Hardly any requests fail"), _("Requests fail, and failures answer fast: there is no winner in latency"),
               g_strdup_printf (_("A %.2f %%, B %.2f %% errors"), 100 * self->errors[0], 100 * self->errors[1]));
}

static SyGate *
omission (const SyFairness *self)
{
  if (!self->closed_loop)
    return NULL;

  return gate (SY_GATE_CO, FALSE, SY_GATE_NOTICE, NAN, NAN, "",
               _("The clients wait for answers before they ask again: this is service time, not what users would wait"),
               g_strdup (_("The load is known to be a closed loop")));
}

/* Of the load of our own: what it could not measure is no result. */
static SyGate *
generator (const SyFairness *self)
{
  const SyGeneratorFacts *facts = &self->generator;
  const double lost = fmax (facts->lost[0], facts->lost[1]);

  if (facts->is_limited)
    return gate (SY_GATE_GENERATOR, FALSE, SY_GATE_WITHHOLD, NAN, NAN, "",
                 _("The load generator was late or too busy: the times say more of it than of the two"),
                 g_strdup (_("It says so itself")));
  if (facts->foreign_cores > SY_LOAD_FOREIGN)
    return gate (SY_GATE_GENERATOR, FALSE, SY_GATE_WITHHOLD, facts->foreign_cores, SY_LOAD_FOREIGN, "",
                 _("Other programs used this machine while it was loaded"),
                 g_strdup_printf (_("%.2f cores of at most %.2f"), facts->foreign_cores, SY_LOAD_FOREIGN));
  if (isnan (facts->lost[0] + facts->lost[1]))
    return NULL;

  return gate (SY_GATE_GENERATOR, !(lost > SY_FAIR_ERRORS) && !(fabs (facts->lost[0] - facts->lost[1]) > SY_FAIR_ERRORS_APART),
               SY_GATE_WITHHOLD, lost, SY_FAIR_ERRORS, _("The load was sent as it was due, and answered"),
               _("Requests that were due were dropped, failed or never answered: they are in no latency"),
               g_strdup_printf (_("A %.2f %%, B %.2f %% of the schedule"), 100 * facts->lost[0], 100 * facts->lost[1]));
}

/* A winner needs buckets that tell the two apart; two that are equal, buckets that
 * would, or means that are as near: a quantile is interpolated, so that within one
 * bucket hardly anything moves it. */
static SyGate *
buckets (const SyFairness *self)
{
  const double margin = log1p (self->min_effect);
  const gboolean decided = self->log_ratio_low > margin || self->log_ratio_high < -margin;
  const gboolean equal = self->log_ratio_low >= -margin && self->log_ratio_high <= margin;
  double low, high;

  if (!sy_fairness_ratio (&self->measured[0], &self->measured[1], &low, &high))
    return NULL;
  if (equal)
    return gate (SY_GATE_BUCKET, sy_fairness_is_equal (self), SY_GATE_WITHHOLD, high / low, NAN,
                 _("The buckets, or the means, tell that the two are equal"), _("The buckets are too coarse to say that the two are equal"),
                 g_strdup_printf (_("By the buckets’ bounds A is %.3g to %.3g times B, by the means %.3g to %.3g"), low, high,
                                  exp (self->mean_low), exp (self->mean_high)));

  return gate (SY_GATE_BUCKET, !decided || low > 1 || high < 1, SY_GATE_WITHHOLD, high / low, NAN,
               decided ? _("The buckets tell the two apart") : _("Nothing has to be told apart by buckets"),
               _("The buckets are too coarse to say which is ahead"),
               g_strdup_printf (_("By the buckets’ bounds A is %.3g to %.3g times B"), low, high));
}

static SyGate *
beyond (const SyFairness *self)
{
  const gboolean infinite = isinf (self->measured[0].upper) || isinf (self->measured[1].upper);

  if (isnan (self->measured[0].lower) || isnan (self->measured[1].lower))
    return NULL;

  return gate (SY_GATE_INF, !infinite, SY_GATE_REFUSE, NAN, NAN, _("The percentile lies within the buckets"),
               _("The percentile lies beyond the last bucket: only a lower bound is known"),
               g_strdup_printf (_("A is above %.3g s, B above %.3g s"), self->measured[0].lower, self->measured[1].lower));
}

/* More than the tolerance, and more than chance makes of it. */
static gboolean
is_off (const SyFairness *self,
        guint             side,
        double            error)
{
  const double chance = CERTAIN_ERRORS * self->in_flight_error[side] / self->in_flight[side];

  return error > SY_LITTLE_TOLERANCE + chance;
}

static SyGate *
little (const SyFairness *self)
{
  double error[2];
  gboolean off;

  for (guint i = 0; i < 2; i++)
    error[i] = sy_little_error (self->in_flight[i], self->load[i], self->latency_mean[i]);
  if (isnan (fmax (error[0], error[1])))
    return NULL;

  off = is_off (self, 0, error[0]) || is_off (self, 1, error[1]);
  return gate (SY_GATE_LITTLE, !off, SY_GATE_NOTICE, fmax (error[0], error[1]), SY_LITTLE_TOLERANCE,
               _("In flight, throughput and latency agree"),
               _("In flight, throughput and latency contradict each other: one of the instruments is off"),
               g_strdup_printf (_("Off by A %.0f %%, B %.0f %%"), 100 * error[0], 100 * error[1]));
}

static SyGate *
limits (const SyFairness *self)
{
  const double cores = self->cores[0] / self->cores[1];
  const double memory = self->memory[0] / self->memory[1];
  const gboolean differ = (!isnan (cores) && fabs (cores - 1) > 1e-9) || (!isnan (memory) && fabs (memory - 1) > 1e-9);

  if (isnan (cores) && isnan (memory))
    return NULL;

  return gate (SY_GATE_LIMITS, !differ, SY_GATE_REFUSE, isnan (cores) ? memory : cores, 1,
               _("Both may use the same cores and memory"), _("One may use more of the machine than the other"),
               g_strdup_printf (_("A %.3g cores and %.3g bytes, B %.3g cores and %.3g bytes"), self->cores[0],
                                self->memory[0], self->cores[1], self->memory[1]));
}

static SyGate *
same_host (const SyFairness *self)
{
  if (!self->same_host)
    return NULL;

  return gate (SY_GATE_SAMEHOST, FALSE, SY_GATE_NOTICE, NAN, NAN, "", _("Both run on one machine and disturb each other"),
               g_strdup (_("Both addresses name the same host")));
}

static SyGate *
changed (const SyFairness *self)
{
  return gate (SY_GATE_CHANGED, self->n_changes == 0, SY_GATE_NOTICE, self->n_changes, 0,
               _("Neither restarted"), _("One of them restarted or changed; only windows since then count"),
               g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u change", "%u changes", self->n_changes), self->n_changes));
}

static SyGate *
negligible (const SyFairness *self)
{
  const double margin = log1p (self->min_effect);

  if (self->log_ratio_low < -margin || self->log_ratio_high > margin || isnan (self->log_ratio_low)
      || !sy_fairness_is_equal (self))
    return NULL;

  return gate (SY_GATE_NEGLIGIBLE, FALSE, SY_GATE_NOTICE, fmax (-self->log_ratio_low, self->log_ratio_high), margin, "",
               _("The difference is too small to matter: they are practically equal"),
               g_strdup_printf (_("A is %.3f to %.3f times B, within %.0f %%"), exp (self->log_ratio_low),
                                exp (self->log_ratio_high), 100 * self->min_effect));
}

void
sy_generator_facts_init (SyGeneratorFacts *self)
{
  *self = (SyGeneratorFacts) { FALSE, NAN, { NAN, NAN } };
}

void
sy_fairness_init (SyFairness *self)
{
  *self = (SyFairness) {
    .quantile = 0.95,
    .requests = { NAN, NAN },
    .load = { NAN, NAN },
    .load_apart = NAN,
    .mix_distance = NAN,
    .uptime = { NAN, NAN },
    .warm_up = SY_FAIR_WARM_UP,
    .drift = { NAN, NAN },
    .errors = { NAN, NAN },
    .generator = { FALSE, NAN, { NAN, NAN } },
    .in_flight = { NAN, NAN },
    .latency_mean = { NAN, NAN },
    .measured = { SY_QUANTILE_NONE, SY_QUANTILE_NONE },
    .cores = { NAN, NAN },
    .memory = { NAN, NAN },
    .log_ratio_low = -INFINITY,
    .log_ratio_high = INFINITY,
    .mean_low = -INFINITY,
    .mean_high = INFINITY,
    .min_effect = 0.05,
  };
}

GPtrArray *
sy_fairness_gates (const SyFairness *self)
{
  static SyGate *(*const all[]) (const SyFairness *) = {
    few, requests, load, mix, warm, errors, omission, generator, buckets, beyond, little, limits, same_host, changed, negligible,
  };
  GPtrArray *gates = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_gate_free);

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      SyGate *result = all[i] (self);

      if (result != NULL)
        g_ptr_array_add (gates, result);
    }

  return gates;
}

gboolean
sy_fairness_ratio (const SyQuantile *a,
                   const SyQuantile *b,
                   double           *ret_low,
                   double           *ret_high)
{
  if (!(b->lower >= 0 && b->upper > 0 && a->lower >= 0 && a->upper > 0))
    return FALSE;

  *ret_low = isinf (b->upper) ? 0 : a->lower / b->upper;
  *ret_high = b->lower > 0 ? a->upper / b->lower : (double) INFINITY;
  return TRUE;
}

gboolean
sy_fairness_is_equal (const SyFairness *self)
{
  const double margin = log1p (self->min_effect);
  double low, high;

  if (!sy_fairness_ratio (&self->measured[0], &self->measured[1], &low, &high))
    return TRUE;

  return (log (low) >= -margin && log (high) <= margin) || (self->mean_low >= -margin && self->mean_high <= margin);
}
