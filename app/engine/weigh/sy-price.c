/* sy-price.c: one entry of a price list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-price.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "sy-error.h"

#define BYTES_PER_GIB (1024.0 * 1024.0 * 1024.0)
#define USEC_PER_DAY (24 * 3600 * 1e6)

/* What each kind may be sold by. A unit is never guessed. */
static const struct {
  const char *name;
  const char *units[5];
} kinds[SY_N_PRICE_KINDS] = {
  [SY_PRICE_VM] = { "vm", { "hour" } },
  [SY_PRICE_VM_PART] = { "vm-part", { "vcpu-hour", "gib-hour" } },
  [SY_PRICE_LB] = { "lb", { "hour" } },
  [SY_PRICE_LB_USAGE] = { "lb-usage", { "lcu-hour", "gb" } },
  [SY_PRICE_EGRESS] = { "egress", { "gb" } },
  [SY_PRICE_SERVERLESS] = { "serverless", { "million", "gb-second", "vcpu-second", "gib-second" } },
  [SY_PRICE_CONTAINER] = { "container", { "vcpu-second", "gib-second", "vcpu-hour", "gib-hour" } },
};

const char *
sy_price_kind_to_string (SyPriceKind kind)
{
  g_return_val_if_fail ((guint) kind < SY_N_PRICE_KINDS, NULL);

  return kinds[kind].name;
}

void
sy_price_free (SyPrice *self)
{
  g_free (self->id);
  g_free (self->provider);
  g_free (self->region);
  g_free (self->sku);
  g_free (self->unit);
  g_free (self->currency);
  g_free (self->observed);
  g_free (self->source);
  g_free (self->grade);
  g_free (self->discount);
  g_free (self);
}

static gboolean
refuse (const SyPricePlace *place,
        const char         *member,
        const char         *expected,
        GError            **error)
{
  g_autofree char *name = g_path_get_basename (place->path);

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID,
               "%s: item %u: “%s” should be %s", name, place->index + 1, member, expected);
  return FALSE;
}

static gboolean
holds_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
         && *json_node_get_string (node) != '\0';
}

static gboolean
is_true (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node);
}

static gboolean
read_string (JsonObject         *item,
             const char         *member,
             const SyPricePlace *place,
             char              **ret,
             GError            **error)
{
  JsonNode *node = json_object_get_member (item, member);

  if (!holds_text (node))
    return refuse (place, member, "a text", error);

  *ret = g_strdup (json_node_get_string (node));
  return TRUE;
}

static gboolean
read_positive (JsonObject         *item,
               const char         *member,
               const SyPricePlace *place,
               double             *ret,
               GError            **error)
{
  JsonNode *node = json_object_get_member (item, member);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return refuse (place, member, "a number above 0", error);

  *ret = json_node_get_double (node);

  if (!isfinite (*ret) || *ret <= 0)
    return refuse (place, member, "a number above 0", error);

  return TRUE;
}

double
sy_price_parse_decimal (const char *text)
{
  if (strspn (text, "0123456789.") != strlen (text) || strchr (text, '.') != strrchr (text, '.')
      || !g_ascii_isdigit (*text))
    return NAN;

  return g_ascii_strtod (text, NULL);
}

/* The first instant that @text can mean, in microseconds; FALSE for no date. */
static gboolean
parse_day (const char *text,
           gint64     *ret_us)
{
  static const char *const rests[] = { "-01-01", "-01", "" }; /* of "2026", "2026-07", "2026-07-20" */
  static const gsize lengths[] = { 4, 7, 10 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    if (strlen (text) == lengths[i])
      {
        g_autofree char *whole = g_strconcat (text, rests[i], "T00:00:00Z", NULL);
        g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (whole, NULL);

        if (day == NULL)
          return FALSE;

        *ret_us = g_date_time_to_unix (day) * G_USEC_PER_SEC;
        return TRUE;
      }

  return FALSE;
}

/* A mistyped day is a mistake; words are an honest "not known". */
static gboolean
looks_like_day (const char *text)
{
  return strspn (text, "0123456789-") == strlen (text) || (strspn (text, "0123456789") == 4 && text[4] == '-');
}

static gboolean
is_currency (const char *text)
{
  return strlen (text) == 3 && g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]) && g_ascii_isupper (text[2]);
}

static gboolean
read_kind (JsonObject         *item,
           const SyPricePlace *place,
           SyPrice            *price,
           GError            **error)
{
  g_autofree char *kind = NULL;
  g_autofree char *units = NULL;

  if (!read_string (item, "kind", place, &kind, error) || !read_string (item, "unit", place, &price->unit, error))
    return FALSE;

  for (guint i = 0; i < SY_N_PRICE_KINDS; i++)
    if (strcmp (kind, kinds[i].name) == 0)
      {
        price->kind = (SyPriceKind) i;
        if (g_strv_contains (kinds[i].units, price->unit))
          return TRUE;

        units = g_strjoinv ("\" or \"", (char **) kinds[i].units);
        kind = (g_free (kind), g_strdup_printf ("\"%s\"", units));
        return refuse (place, "unit", kind, error);
      }

  return refuse (place, "kind", "\"vm\", \"vm-part\", \"lb\", \"lb-usage\", \"egress\", \"serverless\" or \"container\"", error);
}

/* Traffic may cost another price from some gigabyte of a month on. */
static gboolean
read_tier (JsonObject         *item,
           const SyPricePlace *place,
           SyPrice            *price,
           GError            **error)
{
  if (!json_object_has_member (item, "from_gb"))
    return TRUE;
  if (price->kind != SY_PRICE_EGRESS)
    return refuse (place, "from_gb", "of an \"egress\" alone", error);

  return read_positive (item, "from_gb", place, &price->from_gb, error);
}

/* A machine has a size. What is not a machine has none. */
static gboolean
read_size (JsonObject         *item,
           const SyPricePlace *place,
           SyPrice            *price,
           GError            **error)
{
  double gib;

  price->vcpu = price->memory = price->per_hour = NAN;

  if (price->kind != SY_PRICE_VM)
    return TRUE;

  if (!read_positive (item, "vcpu", place, &price->vcpu, error) || !read_positive (item, "mem_gib", place, &gib, error))
    return FALSE;

  price->memory = gib * BYTES_PER_GIB;
  price->per_hour = price->amount;
  return TRUE;
}

SyPrice *
sy_price_new_from_json (JsonObject         *item,
                        const SyPricePlace *place,
                        GError            **error)
{
  g_autoptr (SyPrice) price = g_new0 (SyPrice, 1);
  g_autofree char *amount = NULL;
  gint64 day;

  if (!read_string (item, "id", place, &price->id, error)
      || !read_kind (item, place, price, error)
      || !read_string (item, "provider", place, &price->provider, error)
      || !read_string (item, "region", place, &price->region, error)
      || !read_string (item, "sku", place, &price->sku, error)
      || !read_string (item, "currency", place, &price->currency, error)
      || !read_string (item, "observed", place, &price->observed, error)
      || !read_string (item, "source", place, &price->source, error)
      || !read_string (item, "grade", place, &price->grade, error)
      || !read_string (item, "price", place, &amount, error))
    return NULL;

  price->amount = price->list = sy_price_parse_decimal (amount);
  if (!isfinite (price->amount))
    return refuse (place, "price", "a decimal number in quotes, such as \"0.0816\"", error), NULL;
  if (!is_currency (price->currency))
    return refuse (place, "currency", "three capital letters, such as \"EUR\"", error), NULL;
  if (looks_like_day (price->observed) && !parse_day (price->observed, &day))
    return refuse (place, "observed", "a day, such as \"2026-07-20\", a month, a year, or words for what is not known", error), NULL;

  if (!read_size (item, place, price, error) || !read_tier (item, place, price, error))
    return NULL;

  price->burstable = is_true (json_object_get_member (item, "burstable"));
  return g_steal_pointer (&price);
}

double
sy_price_day_get_age (const char *observed,
                      gint64      wall_us)
{
  gint64 day;

  if (!parse_day (observed, &day))
    return NAN;

  return (double) (wall_us - day) / USEC_PER_DAY;
}

double
sy_price_get_age_days (const SyPrice *self,
                       gint64         wall_us)
{
  return sy_price_day_get_age (self->observed, wall_us);
}

gboolean
sy_price_is_stale (const SyPrice *self,
                   gint64         wall_us)
{
  return !(sy_price_get_age_days (self, wall_us) <= SY_PRICE_STALE_DAYS);
}
