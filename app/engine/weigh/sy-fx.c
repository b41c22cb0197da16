/* sy-fx.c: rates between currencies, each with its day
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-fx.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-price.h"

void
sy_fx_rate_free (SyFxRate *self)
{
  g_free (self->date);
  g_free (self->source);
  g_free (self);
}

static const char *
get_text (JsonObject *row,
          const char *member)
{
  JsonNode *node = json_object_get_member (row, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static gboolean
read_pair (const char *pair,
           SyFxRate   *rate)
{
  if (pair == NULL || strlen (pair) != strlen ("EUR/USD") || pair[3] != '/')
    return FALSE;

  memcpy (rate->from, pair, 3);
  memcpy (rate->to, pair + 4, 3);
  return sy_currency_is_known (rate->from) && sy_currency_is_known (rate->to) && strcmp (rate->from, rate->to) != 0;
}

SyFxRate *
sy_fx_rate_new_from_json (JsonObject *row,
                          const char *where,
                          GError    **error)
{
  g_autoptr (SyFxRate) rate = g_new0 (SyFxRate, 1);
  const char *number = get_text (row, "rate");

  if (!read_pair (get_text (row, "pair"), rate))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: “pair” should be two currencies, such as \"EUR/USD\"", where);
      return NULL;
    }

  rate->rate = number != NULL ? sy_price_parse_decimal (number) : 0;
  if (!isfinite (rate->rate) || !(rate->rate > 0))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: “rate” should be a decimal number in quotes, above 0", where);
      return NULL;
    }

  if (get_text (row, "date") == NULL || get_text (row, "source") == NULL)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: a rate needs a “date” and a “source”", where);
      return NULL;
    }

  rate->date = g_strdup (get_text (row, "date"));
  rate->source = g_strdup (get_text (row, "source"));
  return g_steal_pointer (&rate);
}

double
sy_fx_convert (GPtrArray       *rates,
               double           amount,
               const char      *from,
               const char      *to,
               const SyFxRate **ret_rate)
{
  if (ret_rate != NULL)
    *ret_rate = NULL;

  if (strcmp (from, to) == 0)
    return amount;

  for (guint i = rates->len; i > 0; i--)
    {
      const SyFxRate *rate = g_ptr_array_index (rates, i - 1);
      const gboolean forward = strcmp (rate->from, from) == 0 && strcmp (rate->to, to) == 0;
      const gboolean backward = strcmp (rate->from, to) == 0 && strcmp (rate->to, from) == 0;

      if (!forward && !backward)
        continue;

      if (ret_rate != NULL)
        *ret_rate = rate;
      return forward ? amount * rate->rate : amount / rate->rate;
    }

  return NAN;
}
