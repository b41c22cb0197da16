/* sy-price.h: one entry of a price list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _JsonObject JsonObject; /* json-glib's; the interface does without it */

typedef enum {
  SY_PRICE_VM,         /* a machine; by the hour */
  SY_PRICE_VM_PART,    /* a core or a GiB of one, where machines are sold by parts */
  SY_PRICE_LB,         /* a load balancer; by the hour */
  SY_PRICE_LB_USAGE,   /* its capacity units */
  SY_PRICE_EGRESS,     /* gigabytes to the internet */
  SY_PRICE_SERVERLESS, /* calls, and what they take while they run */
  SY_PRICE_CONTAINER,  /* cores and memory by the second */
  SY_N_PRICE_KINDS
} SyPriceKind;

/* Immutable. */
typedef struct {
  char       *id;        /* "aws/us-east-1/m7g.large" */
  SyPriceKind kind;
  char       *provider;
  char       *region;
  char       *sku;
  char       *unit;      /* "hour", "gb-second"; what @amount buys one of */
  double      vcpu;      /* of a machine; NAN for other kinds */
  double      memory;    /* bytes, the same */
  double      amount;    /* what one pays for a unit, in @currency, with discounts */
  double      list;      /* without */
  double      from_gb;   /* of egress: gigabytes of a month after which it holds; 0 for other kinds */
  double      per_hour;  /* @amount of a machine; NAN for other kinds */
  char       *currency;  /* ISO 4217 */
  char       *observed;  /* ISO date of the price, "2026-07", "2026", or words: not known */
  char       *source;
  char       *grade;     /* A, A-, B, C */
  char       *discount;  /* (nullable): where the discount comes from */
  gboolean    burstable;
} SyPrice;

#define SY_PRICE_STALE_DAYS 180.0

/* Where in which file an entry stands, for messages. */
typedef struct {
  const char *path;
  guint       index;
} SyPricePlace;

/* Reads one item of steelyard.prices/1; data/prices/README.md has the format.
 * Errors: SY_ERROR_INVALID with file, item and member. Returns: (transfer full) */
SyPrice    *sy_price_new_from_json  (JsonObject *item, const SyPricePlace *place, GError **error);
void        sy_price_free           (SyPrice *self);
const char *sy_price_kind_to_string (SyPriceKind kind);

/* Days from the (first possible) day it was read to @wall_us; NAN when nobody
 * wrote the day down, below 0 for a day to come. */
double      sy_price_get_age_days   (const SyPrice *self, gint64 wall_us);

/* The same of a price that was read on @observed: a day, a month or a year, of
 * which the first day counts. */
double      sy_price_day_get_age    (const char *observed, gint64 wall_us);

/* Older than SY_PRICE_STALE_DAYS, or of unknown age: what rests on it is
 * indicative (R-PRICE-STALE). */
gboolean    sy_price_is_stale       (const SyPrice *self, gint64 wall_us);

/* "0.0816", "12": digits and at most one point. NAN for anything else. */
double      sy_price_parse_decimal  (const char *text);

/* An active code of ISO 4217? */
gboolean    sy_currency_is_known    (const char *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyPrice, sy_price_free)

G_END_DECLS
