/* sy-load-plan.c: what load to put on whom, within bounds
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-drive"

#include "config.h"

#include "sy-load-plan.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"

#define DEFAULT_DURATION_US (20 * G_GINT64_CONSTANT (1000000))
#define DEFAULT_SEED 1
#define USEC_PER_SEC 1e6

SyLoadPlan *
sy_load_plan_new (SyWorkload *workload)
{
  SyLoadPlan *self = g_new0 (SyLoadPlan, 1);

  self->workload = sy_workload_ref (workload);
  self->targets = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_url_unref);
  self->consents = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_url_unref);
  self->duration_us = DEFAULT_DURATION_US;
  self->timeout_us = SY_LOAD_DEFAULT_TIMEOUT_US;
  self->seed = DEFAULT_SEED;
  return self;
}

void
sy_load_plan_free (SyLoadPlan *self)
{
  sy_workload_unref (self->workload);
  g_ptr_array_unref (self->targets);
  g_ptr_array_unref (self->consents);
  g_free (self->rates);
  g_free (self);
}

static gboolean
add_url (GPtrArray   *urls,
         const char  *address,
         GError     **error)
{
  g_autoptr (SyUrl) url = sy_url_parse (address, error);

  if (url == NULL)
    return FALSE;

  if (sy_url_is_web_socket (url))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: load is driven over http:// or https://", sy_url_get_redacted (url));
      return FALSE;
    }

  g_ptr_array_add (urls, g_steal_pointer (&url));
  return TRUE;
}

gboolean
sy_load_plan_add_target (SyLoadPlan  *self,
                         const char  *address,
                         GError     **error)
{
  return add_url (self->targets, address, error);
}

gboolean
sy_load_plan_add_consent (SyLoadPlan  *self,
                          const char  *origin,
                          GError     **error)
{
  return add_url (self->consents, origin, error);
}

void
sy_load_plan_set_rates (SyLoadPlan   *self,
                        const double *rates,
                        guint         n_rates)
{
  g_free (self->rates);
  self->rates = g_memdup2 (rates, n_rates * sizeof *rates);
  self->n_rates = n_rates;
}

static gboolean
same_origin (gconstpointer a,
             gconstpointer b)
{
  return strcmp (sy_url_get_origin (a), sy_url_get_origin (b)) == 0;
}

static gboolean
check_targets (SyLoadPlan  *self,
               GError     **error)
{
  if (self->targets->len == 0 || self->targets->len > SY_LOAD_MAX_TARGETS)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "a load needs 1 to %d targets", SY_LOAD_MAX_TARGETS);
      return FALSE;
    }

  for (guint i = 0; i < self->targets->len; i++)
    {
      const SyUrl *url = g_ptr_array_index (self->targets, i);

      if (!sy_url_is_loopback (url) &&
          !g_ptr_array_find_with_equal_func (self->consents, url, same_origin, NULL))
        {
          g_set_error (error, SY_ERROR, SY_ERROR_INVALID,
                       "%s is another machine: load goes there only with consent for exactly that origin",
                       sy_url_get_origin (url));
          return FALSE;
        }

      for (guint j = 0; j < i; j++)
        if (same_origin (url, g_ptr_array_index (self->targets, j)))
          {
            g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s is a target twice", sy_url_get_origin (url));
            return FALSE;
          }
    }

  return TRUE;
}

double
sy_load_plan_get_peak (const SyLoadPlan *self)
{
  const SyArrivalPattern *pattern = &self->workload->arrival;
  double peak = 0;

  for (guint i = 0; i < self->n_rates; i++)
    peak = MAX (peak, self->rates[i]);

  if (pattern->seconds[0] <= 0)
    return peak;

  /* A burst that a short run never comes to does not count. */
  gboolean second_is_reached = (double) self->duration_us > pattern->seconds[0] * USEC_PER_SEC;

  return peak * (second_is_reached ? MAX (pattern->factor[0], pattern->factor[1]) : pattern->factor[0]);
}

static gboolean
check_rates (SyLoadPlan  *self,
             GError     **error)
{
  if (self->n_rates == 0)
    sy_load_plan_set_rates (self, &self->workload->arrival.rate, 1);

  if (self->n_rates > SY_LOAD_MAX_STEPS)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%u steps: at most %d", self->n_rates, SY_LOAD_MAX_STEPS);
      return FALSE;
    }

  for (guint i = 0; i < self->n_rates; i++)
    if (!(self->rates[i] > 0 && isfinite (self->rates[i])))
      {
        g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "a rate is a number of requests per second above 0");
        return FALSE;
      }

  double total = sy_load_plan_get_peak (self) * self->targets->len;

  if (total > SY_LOAD_MAX_RATE)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID,
                   "%g requests/s over all targets, bursts included: the bound is %g", total, SY_LOAD_MAX_RATE);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_connections (SyLoadPlan  *self,
                   GError     **error)
{
  guint fair_share = SY_LOAD_MAX_CONNECTIONS / self->targets->len;

  if (self->connections == 0)
    self->connections = MIN (SY_LOAD_DEFAULT_CONNECTIONS, fair_share);

  if (self->connections > fair_share)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%u connections to each of %u targets: the bound is %d together",
                   self->connections, self->targets->len, SY_LOAD_MAX_CONNECTIONS);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_time (const char  *what,
            gint64       value_us,
            gint64       maximum_us,
            GError     **error)
{
  if (value_us > 0 && value_us <= maximum_us)
    return TRUE;

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "a %s of %g s: the bound is %g s",
               what, (double) value_us / USEC_PER_SEC, (double) maximum_us / USEC_PER_SEC);
  return FALSE;
}

static gboolean
check_timeout (SyLoadPlan  *self,
               GError     **error)
{
  if (self->timeout_us >= SY_LOAD_MIN_TIMEOUT_US)
    return check_time ("timeout", self->timeout_us, SY_LOAD_MAX_TIMEOUT_US, error);

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "a timeout of %g s: at least %g s",
               (double) self->timeout_us / USEC_PER_SEC, SY_LOAD_MIN_TIMEOUT_US / USEC_PER_SEC);
  return FALSE;
}

static gboolean
check_warm_up (SyLoadPlan  *self,
               GError     **error)
{
  if (self->warm_up_us >= 0 && self->warm_up_us < self->duration_us)
    return TRUE;

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "a warm-up of %g s: it must leave something of the %g s of load",
               (double) self->warm_up_us / USEC_PER_SEC, (double) self->duration_us / USEC_PER_SEC);
  return FALSE;
}

gboolean
sy_load_plan_check (SyLoadPlan  *self,
                    GError     **error)
{
  return check_targets (self, error) &&
         check_rates (self, error) &&
         check_connections (self, error) &&
         check_time ("duration", self->duration_us, SY_LOAD_MAX_DURATION_US, error) &&
         check_timeout (self, error) &&
         check_warm_up (self, error);
}
