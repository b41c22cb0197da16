/* sy-model-gates.c: may this model, price or weight be used?
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-model-gates.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sy-price.h"

#define SECONDS_PER_DAY 86400
#define LAST_SECOND 2e11 /* what calendars have */

static SyGate *
gate (SyGateCode    code,
      SyGateEffect  effect,
      double        value,
      double        limit,
      const char   *message,
      char         *evidence) /* (transfer full) */
{
  SyGate *self = sy_gate_new (code, effect, value, limit, message, evidence);

  g_free (evidence);
  return self;
}

SyGate *
sy_gate_extrapolation (double load,
                       double max_measured)
{
  const double limit = SY_USL_EXTRAPOLATION * max_measured;
  const gboolean passed = load <= limit;

  return gate (SY_GATE_EXTRAP, passed ? SY_GATE_PASSED : SY_GATE_REFUSE, load, limit,
               passed ? _("The load lies within what was measured, or close to it")
                      : _("The load lies beyond what was measured: nothing is said about it"),
               g_strdup_printf (_("Measured up to %.4g, asked about %.4g"), max_measured, load));
}

SyGate *
sy_gate_fit (const SyUslFit *fit,
             guint           n_loads)
{
  double se_load, se_throughput, error = INFINITY;
  const char *message = _("The model fits well enough to explain what was measured");
  gboolean passed = FALSE;

  if (sy_usl_fit_peak_error (fit, &se_load, &se_throughput))
    error = se_throughput / sy_usl_peak_throughput (&fit->model);

  if (n_loads < SY_USL_MIN_LOADS)
    message = _("There are too few different loads to fit a model");
  else if (fit->beta_bound)
    message = _("The model finds no peak: throughput still grows where the measurements end");
  else if (!(error <= SY_MAX_PEAK_ERROR))
    message = _("The peak of the model is too uncertain");
  else
    passed = TRUE;

  return gate (SY_GATE_FIT, passed ? SY_GATE_PASSED : SY_GATE_REFUSE, error, SY_MAX_PEAK_ERROR, message,
               isfinite (error) ? g_strdup_printf (_("%u loads, the peak is known to %.0f %%"), n_loads, 100 * error)
                                : g_strdup_printf (_("%u loads, the peak is not known"), n_loads));
}

/* The day after the last on which a price that is @age_days old was recent.
 * (transfer full) (nullable) */
static char *
format_end (double age_days,
            gint64 wall_us)
{
  const double since = (double) wall_us / G_USEC_PER_SEC - (age_days - SY_PRICE_STALE_DAYS) * SECONDS_PER_DAY;
  g_autoptr (GDateTime) day = fabs (since) < LAST_SECOND ? g_date_time_new_from_unix_utc ((gint64) since) : NULL;

  return day != NULL ? g_date_time_format (day, "%F") : NULL;
}

SyGate *
sy_gate_price_age (const char *what,
                   const char *observed,
                   gint64      wall_us)
{
  const double age = sy_price_day_get_age (observed, wall_us);
  const gboolean passed = age <= SY_PRICE_STALE_DAYS;
  g_autofree char *end = passed || isnan (age) ? NULL : format_end (age, wall_us);
  char *evidence;

  if (isnan (age))
    evidence = g_strdup_printf (_("%s: nobody wrote down when it was read"), what);
  else if (end == NULL)
    evidence = g_strdup_printf (_("%s: %.0f days old"), what, floor (age));
  else
    /* Translators: the name of a price, a number of days, the day it was read, the day since which it is too old */
    evidence = g_strdup_printf (_("%s: %.0f days old, read on %s, too old since %s"), what, floor (age), observed, end);

  return gate (SY_GATE_PRICE_STALE, passed ? SY_GATE_PASSED : SY_GATE_NOTICE, age, SY_PRICE_STALE_DAYS,
               passed ? _("The price is recent") : _("The price is old: what rests on it is only indicative"), evidence);
}

SyGate *
sy_gate_currency (const char *from,
                  const char *to,
                  gboolean    has_rate)
{
  const gboolean passed = has_rate || g_strcmp0 (from, to) == 0;

  return gate (SY_GATE_FX, passed ? SY_GATE_PASSED : SY_GATE_REFUSE, NAN, NAN,
               passed ? _("All amounts are in one currency, or have a rate")
                      : _("Amounts in different currencies cannot be added without a rate"),
               g_strdup_printf (_("%s to %s"), from, to));
}

SyGate *
sy_gate_unit (const char *what,
              const char *unit)
{
  const gboolean passed = unit != NULL && *unit != '\0';

  return gate (SY_GATE_UNIT, passed ? SY_GATE_PASSED : SY_GATE_REFUSE, NAN, NAN,
               passed ? _("The price says what it is for") : _("The price does not say what it is for"),
               passed ? g_strdup_printf ("%s: %s", what, unit) : g_strdup (what));
}

SyGate *
sy_gate_double (const char *const *monetised,
                const char *const *scored)
{
  for (guint i = 0; monetised[i] != NULL; i++)
    if (g_strv_contains (scored, monetised[i]))
      return gate (SY_GATE_DOUBLE, SY_GATE_REFUSE, NAN, NAN, _("A factor is counted twice: in money and as a score"),
                   g_strdup (monetised[i]));

  return gate (SY_GATE_DOUBLE, SY_GATE_PASSED, NAN, NAN, _("Each factor is counted once"),
               g_strdup_printf (_("%u factors in money, %u as scores"), g_strv_length ((char **) monetised),
                                g_strv_length ((char **) scored)));
}

SyGate *
sy_gate_consistency (double ratio)
{
  const gboolean passed = ratio <= SY_MAX_INCONSISTENCY;

  return gate (SY_GATE_CR, passed ? SY_GATE_PASSED : SY_GATE_REFUSE, ratio, SY_MAX_INCONSISTENCY,
               passed ? _("The pairwise comparisons agree") : _("The pairwise comparisons contradict each other"),
               g_strdup_printf (_("Consistency ratio %.3f"), ratio));
}

SyGate *
sy_gate_weights (guint n_stated)
{
  return gate (SY_GATE_NOWEIGHTS, n_stated > 0 ? SY_GATE_PASSED : SY_GATE_NOTICE, n_stated, NAN,
               n_stated > 0 ? _("It is said what matters more") : _("It is not said what matters more: all weights count alike"),
               g_strdup_printf (_("%u weights"), n_stated));
}

SyGate *
sy_gate_judged (double share)
{
  const gboolean passed = share >= SY_MIN_MEASURED_SHARE;

  return gate (SY_GATE_JUDGED, passed ? SY_GATE_PASSED : SY_GATE_NOTICE, share, SY_MIN_MEASURED_SHARE,
               passed ? _("Most of the weight rests on measurements") : _("This is mostly your judgement, not a measurement"),
               g_strdup_printf (_("%.0f %% of the weight is measured"), 100 * share));
}
