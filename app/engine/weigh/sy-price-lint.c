/* sy-price-lint.c: is a price list to be believed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-price-lint.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-fx.h"
#include "sy-json.h"
#include "sy-price.h"

/* What is being read. */
typedef struct
{
  const char *name;
  gint64      wall_us;
  GPtrArray  *prices;   /* (owned) (element-type SyPrice) (nullable elements): by item */
  GPtrArray  *rates;    /* (owned) (element-type SyFxRate) */
  GPtrArray  *findings; /* (owned) (element-type SyPriceFinding) */
} Lint;

void
sy_price_finding_free (SyPriceFinding *self)
{
  g_free (self->id);
  g_free (self->message);
  g_free (self);
}

const char *
sy_price_severity_to_string (SyPriceSeverity severity)
{
  static const char *const words[] = { "error", "warning", "note" };

  g_return_val_if_fail ((guint) severity < G_N_ELEMENTS (words), NULL);

  return words[severity];
}

static void
free_price (gpointer price)
{
  if (price != NULL)
    sy_price_free (price);
}

static void
lint_clear (Lint *lint)
{
  g_clear_pointer (&lint->prices, g_ptr_array_unref);
  g_clear_pointer (&lint->rates, g_ptr_array_unref);
  g_clear_pointer (&lint->findings, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lint, lint_clear)

static void G_GNUC_PRINTF (5, 6)
find (Lint           *lint,
      SyPriceSeverity severity,
      guint           index,
      const char     *code,
      const char     *format,
      ...)
{
  const SyPrice *price = index < lint->prices->len ? g_ptr_array_index (lint->prices, index) : NULL;
  SyPriceFinding *finding = g_new0 (SyPriceFinding, 1);
  va_list arguments;

  finding->severity = severity;
  finding->index = index;
  finding->id = price != NULL ? g_strdup (price->id) : NULL;
  finding->code = code;
  va_start (arguments, format);
  finding->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (lint->findings, finding);
}

static void
read_items (Lint      *lint,
            JsonArray *items)
{
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      const SyPricePlace place = { lint->name, i };
      JsonNode *node = json_array_get_element (items, i);
      g_autoptr (GError) error = NULL;
      SyPrice *price = NULL;

      if (JSON_NODE_HOLDS_OBJECT (node))
        price = sy_price_new_from_json (json_node_get_object (node), &place, &error);

      g_ptr_array_add (lint->prices, price);
      if (price == NULL)
        find (lint, SY_PRICE_FINDING_ERROR, i, "format", "%s", error != NULL ? error->message : "an item should be an object");
    }
}

static void
read_rates (Lint     *lint,
            JsonNode *node)
{
  JsonArray *rows = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonNode *row = json_array_get_element (rows, i);
      g_autofree char *where = g_strdup_printf ("fx: item %u", i + 1);
      g_autoptr (GError) error = NULL;
      SyFxRate *rate = NULL;

      if (JSON_NODE_HOLDS_OBJECT (row))
        rate = sy_fx_rate_new_from_json (json_node_get_object (row), where, &error);

      if (rate != NULL)
        g_ptr_array_add (lint->rates, rate);
      else
        find (lint, SY_PRICE_FINDING_ERROR, G_MAXUINT, "fx", "%s", error != NULL ? error->message : "a rate should be an object");
    }
}

static void
check_each (Lint *lint)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < lint->prices->len; i++)
    {
      const SyPrice *price = g_ptr_array_index (lint->prices, i);
      double age;

      if (price == NULL)
        continue;

      if (!g_hash_table_add (seen, price->id))
        find (lint, SY_PRICE_FINDING_ERROR, i, "duplicate", "this id is there before");
      if (!(price->amount > 0) && price->kind != SY_PRICE_EGRESS)
        find (lint, SY_PRICE_FINDING_ERROR, i, "price-zero", "a price should be above 0");
      if (!sy_currency_is_known (price->currency))
        find (lint, SY_PRICE_FINDING_ERROR, i, "currency", "%s is not a currency of ISO 4217", price->currency);

      age = sy_price_get_age_days (price, lint->wall_us);
      if (age < 0)
        find (lint, SY_PRICE_FINDING_ERROR, i, "future", "observed on %s, which is still to come", price->observed);
      else if (isnan (age))
        find (lint, SY_PRICE_FINDING_NOTE, i, "stale", "“%s” is no day; a cost with it is indicative", price->observed);
      else if (sy_price_is_stale (price, lint->wall_us))
        find (lint, SY_PRICE_FINDING_NOTE, i, "stale", "%.0f days old; a cost with it is indicative", floor (age));
    }
}

/* One currency that all others have a rate to is enough. */
static void
check_currencies (Lint *lint)
{
  const char *common = NULL;

  for (guint i = 0; i < lint->prices->len; i++)
    {
      const SyPrice *price = g_ptr_array_index (lint->prices, i);

      if (price == NULL)
        continue;

      if (common == NULL)
        common = price->currency;
      else if (isnan (sy_fx_convert (lint->rates, 1, price->currency, common, NULL)))
        {
          find (lint, SY_PRICE_FINDING_WARNING, i, "fx", "there is no rate from %s to %s; costs in both cannot be added",
                price->currency, common);
          return;
        }
    }
}

static void
check_families (Lint *lint)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) machines = g_array_new (FALSE, TRUE, sizeof (SyPriceMachine));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < lint->prices->len; i++)
    {
      const SyPrice *price = g_ptr_array_index (lint->prices, i);
      SyPriceMachine machine = { NULL };

      if (price == NULL || price->kind != SY_PRICE_VM || !(price->amount > 0))
        continue;

      g_ptr_array_add (groups, g_strjoin ("\n", price->provider, price->region, price->currency, NULL));
      machine.sku = price->sku;
      machine.group = g_ptr_array_index (groups, groups->len - 1);
      machine.vcpu = price->vcpu;
      machine.price = price->amount;
      g_array_append_val (machines, machine);
      g_array_append_val (places, i);
    }

  sy_price_lint_families ((SyPriceMachine *) (gpointer) machines->data, machines->len);

  for (guint i = 0; i < machines->len; i++)
    {
      const SyPriceMachine *machine = &g_array_index (machines, SyPriceMachine, i);
      const guint index = g_array_index (places, guint, i);

      if (g_strcmp0 (machine->code, "size-order") == 0)
        find (lint, SY_PRICE_FINDING_WARNING, index, machine->code, "dearer than a larger machine of its family");
      else if (machine->code != NULL)
        find (lint, SY_PRICE_FINDING_WARNING, index, machine->code, "%g for a core, where its family is about %g",
              machine->price / machine->vcpu, machine->expected);
    }
}

static int
compare_findings (gconstpointer a,
                  gconstpointer b)
{
  const SyPriceFinding *x = *(SyPriceFinding *const *) a;
  const SyPriceFinding *y = *(SyPriceFinding *const *) b;

  if (x->index != y->index)
    return x->index < y->index ? -1 : 1;

  return (x->severity > y->severity) - (x->severity < y->severity);
}

GPtrArray *
sy_price_lint (const char *name,
               const char *text,
               gsize       length,
               gint64      wall_us,
               GError    **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_auto (Lint) lint = { name, wall_us, NULL, NULL, NULL };
  JsonNode *root, *schema, *items;

  if (!sy_json_check (text, length, NULL, error) || !json_parser_load_from_data (parser, text, (gssize) length, error))
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }

  root = json_parser_get_root (parser);
  schema = JSON_NODE_HOLDS_OBJECT (root) ? json_object_get_member (json_node_get_object (root), "schema") : NULL;
  items = JSON_NODE_HOLDS_OBJECT (root) ? json_object_get_member (json_node_get_object (root), "items") : NULL;
  if (schema == NULL || !JSON_NODE_HOLDS_VALUE (schema) || json_node_get_value_type (schema) != G_TYPE_STRING
      || strcmp (json_node_get_string (schema), "steelyard.prices/1") != 0 || items == NULL
      || !JSON_NODE_HOLDS_ARRAY (items))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID,
                   "%s: should be an object of “schema” \"steelyard.prices/1\" with a list “items”", name);
      return NULL;
    }

  lint.prices = g_ptr_array_new_with_free_func (free_price);
  lint.rates = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_fx_rate_free);
  lint.findings = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_price_finding_free);

  read_items (&lint, json_node_get_array (items));
  read_rates (&lint, json_object_get_member (json_node_get_object (root), "fx"));
  check_each (&lint);
  check_currencies (&lint);
  check_families (&lint);
  g_ptr_array_sort (lint.findings, compare_findings);

  return g_steal_pointer (&lint.findings);
}
