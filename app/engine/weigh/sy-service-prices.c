/* sy-service-prices.c: what a load balancer and traffic cost where a machine is rented
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-service-prices.h"

#include <math.h>
#include <string.h>

/* What counts as a load balancer's capacity unit; gigabytes are sold by others. */
#define UNIT_OF_BALANCER "lcu-hour"

static gboolean
is_of (const SyPrice *price,
       SyService      service)
{
  switch (service)
    {
    case SY_SERVICE_BALANCER:
      return price->kind == SY_PRICE_LB;
    case SY_SERVICE_UNIT:
      return price->kind == SY_PRICE_LB_USAGE && strcmp (price->unit, UNIT_OF_BALANCER) == 0;
    case SY_SERVICE_EGRESS:
    default:
      return price->kind == SY_PRICE_EGRESS;
    }
}

static gboolean
is_same_place (const SyPrice *a,
               const SyPrice *b)
{
  return strcmp (a->provider, b->provider) == 0 && strcmp (a->region, b->region) == 0;
}

/* 2: sold where the machine is, 1: by its provider, 0: by another. */
static int
rank_of (const SyPrice *price,
         const SyPrice *machine)
{
  if (machine == NULL || strcmp (price->provider, machine->provider) != 0)
    return 0;

  return is_same_place (price, machine) ? 2 : 1;
}

/* The first of the best. (nullable) */
static const SyPrice *
pick (SyPriceBook   *book,
      const SyPrice *machine,
      SyService      service)
{
  const SyPrice *best = NULL;
  int best_rank = -1;

  for (guint i = 0; i < sy_price_book_get_n_items (book); i++)
    {
      const SyPrice *price = sy_price_book_get_item (book, i);

      if (is_of (price, service) && rank_of (price, machine) > best_rank)
        {
          best = price;
          best_rank = rank_of (price, machine);
        }
    }

  return best;
}

/* FALSE: there is no room for it. */
static gboolean
insert_tier (SyServicePrices *self,
             const SyPrice   *price)
{
  guint at = self->n_tiers;

  if (self->n_tiers == G_N_ELEMENTS (self->tiers))
    return FALSE;

  for (; at > 0 && self->tiers[at - 1]->from_gb > price->from_gb; at--)
    self->tiers[at] = self->tiers[at - 1];
  self->tiers[at] = price;
  self->n_tiers++;
  return TRUE;
}

void
sy_service_prices_find (SyPriceBook     *book,
                        const SyPrice   *machine,
                        SyServicePrices *ret)
{
  const SyPrice *egress = pick (book, machine, SY_SERVICE_EGRESS);
  gboolean fits = TRUE;

  *ret = (SyServicePrices) { pick (book, machine, SY_SERVICE_BALANCER), pick (book, machine, SY_SERVICE_UNIT), { NULL }, 0 };
  for (guint i = 0; egress != NULL && fits && i < sy_price_book_get_n_items (book); i++)
    {
      const SyPrice *price = sy_price_book_get_item (book, i);

      if (is_of (price, SY_SERVICE_EGRESS) && is_same_place (price, egress))
        fits = insert_tier (ret, price);
    }

  /* Some of them would make a sum that nobody asks. */
  if (!fits)
    ret->n_tiers = 0;
}

void
sy_service_prices_fill (const SyServicePrices *self,
                        SyPriceBook           *book,
                        const char            *currency,
                        SyHostingPlan         *plan)
{
  plan->balancer_hour = self->balancer != NULL ? sy_price_book_convert (book, self->balancer, currency) : (double) NAN;
  plan->balancer_unit = self->unit != NULL ? sy_price_book_convert (book, self->unit, currency) : (double) NAN;
  plan->n_tiers = 0;
  if (self->n_tiers == 0)
    return;

  if (self->tiers[0]->from_gb > 0)
    plan->tiers[plan->n_tiers++] = (SyPriceTier) { self->tiers[0]->from_gb, 0 };
  for (guint i = 0; i < self->n_tiers; i++)
    plan->tiers[plan->n_tiers++] = (SyPriceTier) {
      i + 1 < self->n_tiers ? self->tiers[i + 1]->from_gb : (double) INFINITY,
      sy_price_book_convert (book, self->tiers[i], currency),
    };
}

const SyPrice *
sy_service_prices_get (const SyServicePrices *self,
                       guint                  service)
{
  g_return_val_if_fail (service < sy_service_prices_get_n (self), NULL);

  switch (service)
    {
    case SY_SERVICE_BALANCER:
      return self->balancer;
    case SY_SERVICE_UNIT:
      return self->unit;
    default:
      return self->tiers[service - SY_SERVICE_EGRESS];
    }
}

guint
sy_service_prices_get_n (const SyServicePrices *self)
{
  return SY_SERVICE_EGRESS + self->n_tiers;
}

gboolean
sy_service_price_is_foreign (const SyPrice *service,
                             const SyPrice *machine)
{
  return machine == NULL || !is_same_place (service, machine);
}
