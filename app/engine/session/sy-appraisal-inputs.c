/* sy-appraisal-inputs.c: every number of a decision, and where it comes from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-appraisal-inputs.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sy-copy-size.h"
#include "sy-load-capacity.h"

#define MAX_ERRORS 0.01 /* a capacity is one with at most so many errors. ASSUMED */

struct _SyAppraisalInputs
{
  GHashTable *values; /* (owned): name to SyAssumption with a source of its own */
};

static void
assumption_free (SyAssumption *self)
{
  g_free ((char *) self->source);
  g_free ((char *) self->observed);
  g_free (self);
}

/* @source: (transfer full) */
static void
put (SyAppraisalInputs *self,
     char              *name, /* (transfer full) */
     SyAssumption       value,
     char              *source)
{
  SyAssumption *copy = g_memdup2 (&value, sizeof value);

  copy->source = source;
  copy->observed = g_strdup (value.observed);
  g_hash_table_replace (self->values, name, copy);
}

static char *
sided (const char *name,
       guint       side)
{
  return g_strdup_printf ("%c.%s", side == 0 ? 'A' : 'B', name);
}

static SyLoadTarget
get_target (const SyAppraisalBasis *basis)
{
  SyAssumption threshold, share;

  sy_assumptions_get (basis->assumptions, "slo_threshold", &threshold);
  sy_assumptions_get (basis->assumptions, "slo_share", &share);
  return (SyLoadTarget) { threshold.value, share.value, MAX_ERRORS };
}

/* Of the windows of whatever load there was. */
static SyLoadCapacity
see_capacity (const SyAppraisalBasis *basis,
              const SyLoadTarget     *target,
              guint                   side)
{
  g_autoptr (GArray) bins = NULL;
  const SyTimeWindow *windows;
  guint n;

  if (isnan (target->share))
    return (SyLoadCapacity) { SY_CAPACITY_UNKNOWN, NAN, INFINITY };

  windows = sy_weighing_get_current_windows (basis->weighing, side, &n);
  bins = sy_load_bins (windows, n, target->share, target->max_errors);
  return sy_load_capacity (bins);
}

/* Of what came by itself, until now. (transfer full) */
static char *
dup_seen_origin (gint64 wall_us)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (wall_us / SY_USEC_PER_SEC);
  g_autofree char *day = now != NULL ? g_date_time_format (now, "%F") : NULL;

  /* Translators: a day, "2026-11-27" */
  return day != NULL ? g_strdup_printf (_("measured here on %s"), day) : g_strdup (_("measured here"));
}

/* What is said of the load one copy carries. A load at which the objective held
 * is no capacity: the limit may lie far above it. @origin: of the measurement. */
static void
put_capacity (SyAppraisalInputs    *self,
              const SyLoadCapacity *capacity,
              const char           *origin,
              guint                 side)
{
  SyAssumption value = { NAN, NAN, NAN, SY_EVIDENCE_MEASURED, NULL, NULL };
  char *source;

  switch (capacity->state)
    {
    case SY_CAPACITY_MEASURED:
      value.value = value.low = capacity->low;
      value.high = capacity->high;
      /* Translators: a load run, or "measured here on 2026-11-27"; two rates */
      source = g_strdup_printf (_("%s: the objective held at %.0f requests/s and not at %.0f"), origin, capacity->low, capacity->high);
      break;
    case SY_CAPACITY_AT_LEAST:
      source = g_strdup_printf (_("%s: the objective held at every load, up to %.0f requests/s; a load run beyond that finds the limit"),
                                origin, capacity->low);
      break;
    case SY_CAPACITY_BELOW:
      source = g_strdup_printf (_("%s: the objective did not hold at the smallest load, %.0f requests/s"), origin, capacity->high);
      break;
    case SY_CAPACITY_UNKNOWN:
    default:
      source = g_strdup (_("not measured yet: choose a use case or an objective, then make a load run"));
    }

  put (self, sided ("cap_slo", side), value, source);
}

static void
put_overload (SyAppraisalInputs    *self,
              const SyLoadOverload *overload,
              const char           *origin,
              guint                 side)
{
  if (isnan (overload->share))
    return;

  /* Translators: a load run, a rate */
  put (self, sided ("overload", side),
       (SyAssumption) { overload->share, overload->low, overload->high, SY_EVIDENCE_MEASURED, NULL, NULL },
       g_strdup_printf (_("%s: answers within the objective at %.0f requests/s, as a share of the most at any load"), origin,
                        overload->rate));
}

/* A load run of which no step counts: it was made, and says nothing. */
static void
put_disturbed (SyAppraisalInputs *self,
               const char        *origin,
               guint              side)
{
  /* Translators: a load run */
  put (self, sided ("cap_slo", side), (SyAssumption) { NAN, NAN, NAN, SY_EVIDENCE_MEASURED, NULL, NULL },
       g_strdup_printf (_("%s: no step of it counts, as other programs or the load generator were in the way; "
                          "repeat it when the machine is quiet"), origin));
}

/* A load run goes before what came by itself, unless it says nothing. */
static void
put_measured (SyAppraisalInputs      *self,
              const SyAppraisalBasis *basis,
              guint                   side)
{
  const SyLoadTarget target = get_target (basis);
  SyLoadCapacity seen = { SY_CAPACITY_UNKNOWN, NAN, INFINITY };
  SyLoadFinding found;

  if (basis->trial != NULL)
    {
      const char *origin = sy_trial_evidence_get_origin (basis->trial);

      sy_trial_evidence_find (basis->trial, side, &target, &found);
      put_overload (self, &found.overload, origin, side);
      if (found.capacity.state != SY_CAPACITY_UNKNOWN)
        {
          put_capacity (self, &found.capacity, origin, side);
          return;
        }
    }

  if (basis->weighing != NULL)
    {
      g_autofree char *origin = dup_seen_origin (basis->wall_us);

      seen = see_capacity (basis, &target, side);
      if (seen.state == SY_CAPACITY_UNKNOWN && sy_trial_evidence_is_disturbed (basis->trial, side))
        put_disturbed (self, sy_trial_evidence_get_origin (basis->trial), side);
      else
        put_capacity (self, &seen, origin, side);
    }
}

/* "1.00 cores, as measured and at least one, and 120 MB of memory". (transfer full) */
static char *
describe_size (const SyCopySize *size)
{
  g_autofree char *memory = size->bytes > 0 ? g_format_size ((guint64) size->bytes) : NULL;

  if (size->n_windows == 0)
    /* Translators: within "a copy is counted with …" */
    return g_strdup (_("one core, as nothing was measured yet"));
  if (memory == NULL)
    /* Translators: within "a copy is counted with …" */
    return g_strdup_printf (_("%.2f cores, as measured and at least one"), size->cores);

  /* Translators: within "a copy is counted with …"; the second is "120 MB" */
  return g_strdup_printf (_("%.2f cores, as measured and at least one, and %s of memory"), size->cores, memory);
}

/* What fits on the machine beside its system. A machine that is too small for one
 * copy has no number, so nothing is priced with it. */
static void
put_copies (SyAppraisalInputs      *self,
            const SyAppraisalBasis *basis,
            guint                   side)
{
  const SyTimeWindow *windows = NULL;
  SyAssumption value = { NAN, NAN, NAN, SY_EVIDENCE_ASSUMED, NULL, NULL };
  g_autofree char *what = NULL;
  SyCopySize size;
  SyPacking packing;
  guint n = 0;

  if (basis->price == NULL)
    return;

  if (basis->weighing != NULL)
    windows = sy_weighing_get_current_windows (basis->weighing, side, &n);
  sy_copy_size_read (windows, n, &size);
  packing = sy_copy_size_pack (&size, basis->price);
  what = describe_size (&size);
  if (packing.pods_per_node >= 1)
    {
      value.value = packing.pods_per_node;
      /* Translators: what a copy takes ("1.00 cores, as measured and at least one"), a machine */
      put (self, sided ("pods_per_node", side), value,
           g_strdup_printf (_("a copy is counted with %s: so many fit on %s beside its own system"), what, basis->price->sku));
    }
  else if (!isnan (packing.pods_per_node))
    /* Translators: what a copy takes ("4.00 cores, as measured and at least one"), a machine */
    put (self, sided ("pods_per_node", side), value,
         g_strdup_printf (_("a copy is counted with %s, and not one fits on %s: choose a larger machine"), what, basis->price->sku));
}

static void
put_price (SyAppraisalInputs      *self,
           const SyAppraisalBasis *basis,
           guint                   side)
{
  const char *currency = sy_assumptions_get_currency (basis->assumptions);
  const double amount = sy_price_book_convert (basis->prices, basis->price, currency);

  /* Translators: a machine, a day, where its price was read */
  put (self, sided ("node_price", side), (SyAssumption) { amount, NAN, NAN, SY_EVIDENCE_PRICED, NULL, basis->price->observed },
       isnan (amount) ? g_strdup_printf (_("there is no rate from %s to %s"), basis->price->currency, currency)
                      : g_strdup_printf (_("%s, %s: %s"), basis->price->id, basis->price->observed, basis->price->source));
}

/* A stand-in from elsewhere is assumed, not priced. @ret_source: (transfer full) */
static SyAssumption
get_listed (const SyAppraisalBasis *basis,
            const SyPrice          *price,
            char                  **ret_source)
{
  const char *currency = sy_assumptions_get_currency (basis->assumptions);
  SyAssumption value = { sy_price_book_convert (basis->prices, price, currency), NAN, NAN, SY_EVIDENCE_PRICED, NULL, price->observed };
  /* Translators: the name of a price in a list, a day, where it was read */
  g_autofree char *origin = g_strdup_printf (_("%s, %s: %s"), price->id, price->observed, price->source);

  if (sy_service_price_is_foreign (price, basis->price))
    {
      value.cls = SY_EVIDENCE_ASSUMED;
      /* Translators: the name of a price, a day, where it was read */
      *ret_source = g_strdup_printf (_("the list has none of this provider and region; %s"), origin);
    }
  else
    *ret_source = g_steal_pointer (&origin);

  return value;
}

/* Of a load balancer and of traffic, under the names of sy_appraisal_service_name().
 * The first tier of traffic stands for all of them where a person would type one. */
static void
put_services (SyAppraisalInputs      *self,
              const SyAppraisalBasis *basis)
{
  SyServicePrices services;

  sy_service_prices_find (basis->prices, basis->price, &services);
  for (guint i = 0; i < sy_service_prices_get_n (&services); i++)
    {
      const SyPrice *price = sy_service_prices_get (&services, i);
      const char *parameter = sy_appraisal_service_parameter (i);
      SyAssumption value;
      char *source;

      if (price == NULL || sy_assumptions_is_stated (basis->assumptions, parameter))
        continue;

      value = get_listed (basis, price, &source);
      if (i == SY_SERVICE_EGRESS)
        put (self, g_strdup (parameter), value, g_strdup (source));
      put (self, sy_appraisal_service_name (i), value, source);
    }
}

/* With its day, where nobody said more of it. (transfer full) (nullable) */
static char *
dup_source (const SyAssumption *value,
            gboolean            stated)
{
  if (value->source != NULL || !stated)
    return g_strdup (value->source);
  if (value->observed == NULL)
    return g_strdup (_("stated"));

  /* Translators: a person typed a number on this day, "2026-11-27" */
  return g_strdup_printf (_("stated on %s"), value->observed);
}

/* What is stated, or the default; but not over what was found. */
static void
put_stated (SyAppraisalInputs *self,
            SyAssumptions     *assumptions,
            char              *name) /* (transfer full) */
{
  const gboolean stated = sy_assumptions_is_stated (assumptions, name);
  SyAssumption value;

  sy_assumptions_get (assumptions, name, &value);
  if (stated || !g_hash_table_contains (self->values, name))
    put (self, name, value, dup_source (&value, stated));
  else
    g_free (name);
}

/* The one tier of traffic that there is where a person states its price. */
static void
put_stated_tier (SyAppraisalInputs *self)
{
  SyAssumption value;

  sy_appraisal_inputs_get (self, sy_appraisal_service_parameter (SY_SERVICE_EGRESS), &value);
  put (self, sy_appraisal_service_name (SY_SERVICE_EGRESS), value, g_strdup (value.source));
}

static void
put_parameter (SyAppraisalInputs *self,
               SyAssumptions     *assumptions,
               const char        *name,
               gboolean           common)
{
  if (common)
    {
      put_stated (self, assumptions, g_strdup (name));
      return;
    }

  for (guint side = 0; side < 2; side++)
    put_stated (self, assumptions, sided (name, side));
}

SyAppraisalInputs *
sy_appraisal_inputs_new (const SyAppraisalBasis *basis)
{
  static const char *const more[] = {
    "slo_threshold", "slo_share", "budget", "mvp_deadline", "horizon", "zones", "spare", "min_nodes", "autoscale", "overload",
    "lb_price", "lb_unit_price", "egress_price",
  };
  SyAppraisalInputs *self = g_new0 (SyAppraisalInputs, 1);
  guint n;
  const SyOwnershipParameter *parameters = sy_ownership_parameters (&n);

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) assumption_free);

  for (guint side = 0; side < 2; side++)
    {
      put_measured (self, basis, side);
      if (basis->price != NULL && basis->prices != NULL)
        put_price (self, basis, side);
      put_copies (self, basis, side);
    }

  if (basis->prices != NULL)
    put_services (self, basis);
  for (guint i = 0; i < n; i++)
    put_parameter (self, basis->assumptions, parameters[i].name, parameters[i].common);
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    put_parameter (self, basis->assumptions, more[i], sy_assumption_parameter_find (more[i])->common);
  if (sy_assumptions_is_stated (basis->assumptions, sy_appraisal_service_parameter (SY_SERVICE_EGRESS)))
    put_stated_tier (self);

  return self;
}

char *
sy_appraisal_service_name (guint service)
{
  const char *parameter = sy_appraisal_service_parameter (service);

  return service < SY_SERVICE_EGRESS ? g_strdup (parameter) : g_strdup_printf ("%s.%u", parameter, service - SY_SERVICE_EGRESS);
}

const char *
sy_appraisal_service_parameter (guint service)
{
  static const char *const names[] = {
    [SY_SERVICE_BALANCER] = "lb_price",
    [SY_SERVICE_UNIT] = "lb_unit_price",
    [SY_SERVICE_EGRESS] = "egress_price",
  };

  return names[MIN (service, SY_SERVICE_EGRESS)];
}

void
sy_appraisal_inputs_free (SyAppraisalInputs *self)
{
  g_hash_table_unref (self->values);
  g_free (self);
}

gboolean
sy_appraisal_inputs_get (SyAppraisalInputs *self,
                         const char        *name,
                         SyAssumption      *ret)
{
  const SyAssumption *value = g_hash_table_lookup (self->values, name);

  *ret = value != NULL ? *value : (SyAssumption) { NAN, NAN, NAN, SY_EVIDENCE_ASSUMED, NULL, NULL };
  return !isnan (ret->value);
}
