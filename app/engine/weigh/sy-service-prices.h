/* sy-service-prices.h: what a load balancer and traffic cost where a machine is rented
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-hosting.h"
#include "sy-price-book.h"

G_BEGIN_DECLS

/* Which of them; a tier of traffic is SY_SERVICE_EGRESS plus its number. */
typedef enum {
  SY_SERVICE_BALANCER, /* by the hour */
  SY_SERVICE_UNIT,     /* its capacity units, by the hour */
  SY_SERVICE_EGRESS,   /* gigabytes to the internet */
} SyService;

/**
 * SyServicePrices:
 *
 * Entries of a price book, borrowed from it: those of the machine's provider and
 * region where there are any, else of its provider, else whatever the book has;
 * the traffic tiers are all of one provider and region. Empty where the book has
 * none: then nobody knows, and the costs leave it out. Likewise where a place has
 * more tiers than fit: some of them would make a wrong price.
 */
typedef struct {
  const SyPrice *balancer; /* (nullable) */
  const SyPrice *unit;     /* (nullable) */
  const SyPrice *tiers[SY_HOSTING_MAX_TIERS - 1]; /* by where they begin, rising */
  guint          n_tiers;
} SyServicePrices;

/* @machine: NULL for none in particular. */
void           sy_service_prices_find   (SyPriceBook *book, const SyPrice *machine, SyServicePrices *ret);

/* Sets the prices of @plan, in @currency; NAN, and no tiers, for what is not known
 * or has no rate. Gigabytes before the first tier are free. */
void           sy_service_prices_fill   (const SyServicePrices *self, SyPriceBook *book, const char *currency,
                                         SyHostingPlan *plan);

/* @service: SY_SERVICE_BALANCER … SY_SERVICE_EGRESS + n_tiers - 1. (nullable) */
const SyPrice *sy_service_prices_get    (const SyServicePrices *self, guint service);
guint          sy_service_prices_get_n  (const SyServicePrices *self); /* so many of them */

/* Of another provider or region than @machine's: a stand-in, no list price of it. */
gboolean       sy_service_price_is_foreign (const SyPrice *service, const SyPrice *machine);

G_END_DECLS
