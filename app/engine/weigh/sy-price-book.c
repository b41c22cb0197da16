/* sy-price-book.c: what machines cost, where that was read, and when
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-price-book.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-json.h"

#define SCHEMA "steelyard.prices/1"
#define PERCENT 100.0

/* Of a file that somebody chose: thousands of times what a list takes. */
#define MOST_BYTES (64 << 20)

/* What a provider takes off its list for us. */
typedef struct
{
  char  *provider; /* (owned) */
  char  *source;   /* (owned) */
  double factor;   /* of the list that is paid, 0 … 1 */
} Discount;

struct _SyPriceBook
{
  GObject    parent_instance;

  GPtrArray  *prices;     /* (owned) (element-type SyPrice): every kind */
  GHashTable *by_id;      /* (owned): id of a price, borrowed, to its index + 1 */
  GPtrArray  *machines;   /* (owned) (element-type SyPrice), borrowed from @prices: once all is read */
  GPtrArray  *rates;      /* (owned) (element-type SyFxRate) */
  GPtrArray  *discounts;  /* (owned) (element-type Discount) */
  char       *default_id; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (SyPriceBook, sy_price_book, G_TYPE_OBJECT)

static void
discount_free (Discount *discount)
{
  g_free (discount->provider);
  g_free (discount->source);
  g_free (discount);
}

static gboolean
holds_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
         && *json_node_get_string (node) != '\0';
}

static gboolean
member_is (JsonObject *object,
           const char *member,
           const char *expected)
{
  JsonNode *node = json_object_get_member (object, member);

  return holds_text (node) && strcmp (json_node_get_string (node), expected) == 0;
}

static void
add_price (SyPriceBook *self,
           SyPrice     *price)
{
  const guint at = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, price->id));

  if (at > 0)
    {
      SyPrice *old = g_ptr_array_index (self->prices, at - 1);

      g_hash_table_replace (self->by_id, price->id, GUINT_TO_POINTER (at));
      self->prices->pdata[at - 1] = price;
      sy_price_free (old);
      return;
    }

  g_ptr_array_add (self->prices, price);
  g_hash_table_insert (self->by_id, price->id, GUINT_TO_POINTER (self->prices->len));
}

/* The objects of list @member; NULL and no error when it is not there and not
 * @required. */
static JsonArray *
read_list (JsonObject  *root,
           const char  *member,
           gboolean     required,
           const char  *path,
           GError     **error)
{
  JsonNode *node = json_object_get_member (root, member);
  JsonArray *list;

  if (node == NULL && !required)
    return NULL;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: “%s” should be a list", path, member);
      return NULL;
    }

  list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (list, i)))
      {
        g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: %s: item %u should be an object", path, member, i + 1);
        return NULL;
      }

  return list;
}

static gboolean
read_items (SyPriceBook  *self,
            JsonObject   *root,
            const char   *path,
            GError      **error)
{
  JsonArray *items = read_list (root, "items", TRUE, path, error);

  if (items == NULL)
    return FALSE;

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      const SyPricePlace place = { path, i };
      SyPrice *price = sy_price_new_from_json (json_array_get_object_element (items, i), &place, error);

      if (price == NULL)
        return FALSE;

      add_price (self, price);
    }

  return TRUE;
}

static gboolean
read_rates (SyPriceBook  *self,
            JsonObject   *root,
            const char   *path,
            GError      **error)
{
  g_autoptr (GError) inner = NULL;
  JsonArray *rows = read_list (root, "fx", FALSE, path, &inner);

  for (guint i = 0; rows != NULL && inner == NULL && i < json_array_get_length (rows); i++)
    {
      g_autofree char *where = g_strdup_printf ("%s: fx: item %u", path, i + 1);
      SyFxRate *rate = sy_fx_rate_new_from_json (json_array_get_object_element (rows, i), where, &inner);

      if (rate != NULL)
        g_ptr_array_add (self->rates, rate);
    }

  if (inner == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

/* {"provider": "aws", "percent": "12.5", "source": "our contract of 2026"} */
static gboolean
read_discounts (SyPriceBook  *self,
                JsonObject   *root,
                const char   *path,
                GError      **error)
{
  g_autoptr (GError) inner = NULL;
  JsonArray *rows = read_list (root, "discounts", FALSE, path, &inner);

  for (guint i = 0; rows != NULL && inner == NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      double percent = NAN;
      Discount *discount;

      if (holds_text (json_object_get_member (row, "percent")))
        percent = sy_price_parse_decimal (json_object_get_string_member (row, "percent"));

      if (!(percent >= 0 && percent < PERCENT) || !holds_text (json_object_get_member (row, "provider"))
          || !holds_text (json_object_get_member (row, "source")))
        {
          g_set_error (&inner, SY_ERROR, SY_ERROR_INVALID,
                       "%s: discounts: item %u should have a “provider”, a “source” and a “percent” from \"0\" to below \"100\"",
                       path, i + 1);
          break;
        }

      discount = g_new0 (Discount, 1);
      discount->provider = g_strdup (json_object_get_string_member (row, "provider"));
      discount->source = g_strdup (json_object_get_string_member (row, "source"));
      discount->factor = 1 - percent / PERCENT;
      g_ptr_array_add (self->discounts, discount);
    }

  if (inner == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

/* @name is where the text comes from, for messages. */
static gboolean
read_text (SyPriceBook  *self,
           const char   *name,
           const char   *text,
           gsize         length,
           GError      **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *root;

  if (!sy_json_check (text, length, NULL, error)
      || !json_parser_load_from_data (parser, text, (gssize) length, error))
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }

  if (!JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: should be an object of schema " SCHEMA, name);
      return FALSE;
    }

  root = json_node_get_object (json_parser_get_root (parser));
  if (!member_is (root, "schema", SCHEMA))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: “schema” should be \"" SCHEMA "\"", name);
      return FALSE;
    }

  if (!read_items (self, root, name, error) || !read_rates (self, root, name, error)
      || !read_discounts (self, root, name, error))
    return FALSE;

  if (holds_text (json_object_get_member (root, "default")))
    {
      g_free (self->default_id);
      self->default_id = g_strdup (json_object_get_string_member (root, "default"));
    }

  return TRUE;
}

static gboolean
read_file (SyPriceBook  *self,
           const char   *path,
           GError      **error)
{
  g_autofree char *text = NULL;
  gsize length;

  return g_file_get_contents (path, &text, &length, error) && read_text (self, path, text, length, error);
}

/* What somebody chose may be anything. */
static gboolean
check_file (const char  *path,
            GError     **error)
{
  GStatBuf info;

  if (g_stat (path, &info) == 0 && (!S_ISREG (info.st_mode) || info.st_size > MOST_BYTES))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: this is no price list", path);
      return FALSE;
    }

  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In the order of file names, so that the result does not depend on the disk. */
static gboolean
read_directory (SyPriceBook  *self,
                const char   *directory,
                GError      **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (directory, G_FILE_TEST_IS_DIR))
    return TRUE;

  dir = g_dir_open (directory, 0, error);
  if (dir == NULL)
    return FALSE;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (names, g_strdup (name));

  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (directory, g_ptr_array_index (names, i), NULL);

      if (!read_file (self, path, error))
        return FALSE;
    }

  return TRUE;
}

/* The last discount of a provider counts; two would be one that nobody agreed to. */
static void
apply_discounts (SyPriceBook *self,
                 SyPrice     *price)
{
  for (guint i = self->discounts->len; i > 0; i--)
    {
      const Discount *discount = g_ptr_array_index (self->discounts, i - 1);

      if (strcmp (discount->provider, price->provider) != 0)
        continue;

      price->amount = price->list * discount->factor;
      price->discount = g_strdup (discount->source);
      if (price->kind == SY_PRICE_VM)
        price->per_hour = price->amount;
      return;
    }
}

/* Once all is read. FALSE when there is no machine; @where says where not. */
static gboolean
finish (SyPriceBook  *self,
        const char   *where,
        GError      **error)
{
  for (guint i = 0; i < self->prices->len; i++)
    {
      SyPrice *price = g_ptr_array_index (self->prices, i);

      apply_discounts (self, price);
      if (price->kind == SY_PRICE_VM)
        g_ptr_array_add (self->machines, price);
    }

  if (self->machines->len == 0)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: there is no price of a machine here", where);
      return FALSE;
    }

  return TRUE;
}

static void
sy_price_book_finalize (GObject *object)
{
  SyPriceBook *self = SY_PRICE_BOOK (object);

  g_ptr_array_unref (self->machines);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->prices);
  g_ptr_array_unref (self->rates);
  g_ptr_array_unref (self->discounts);
  g_free (self->default_id);

  G_OBJECT_CLASS (sy_price_book_parent_class)->finalize (object);
}

static void
sy_price_book_class_init (SyPriceBookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sy_price_book_finalize;
}

static void
sy_price_book_init (SyPriceBook *self)
{
  self->prices = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_price_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->machines = g_ptr_array_new ();
  self->rates = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_fx_rate_free);
  self->discounts = g_ptr_array_new_with_free_func ((GDestroyNotify) discount_free);
}

SyPriceBook *
sy_price_book_new (const char * const  *directories,
                   GError             **error)
{
  return sy_price_book_new_with_file (directories, NULL, error);
}

SyPriceBook *
sy_price_book_new_with_file (const char * const  *directories,
                             const char          *path,
                             GError             **error)
{
  g_autoptr (SyPriceBook) self = g_object_new (SY_TYPE_PRICE_BOOK, NULL);

  for (gsize i = 0; directories[i] != NULL; i++)
    if (!read_directory (self, directories[i], error))
      return NULL;

  if (path != NULL && (!check_file (path, error) || !read_file (self, path, error)))
    return NULL;

  if (!finish (self, directories[0], error))
    return NULL;

  return g_steal_pointer (&self);
}

SyPriceBook *
sy_price_book_new_from_data (const char  *name,
                             const char  *text,
                             gsize        length,
                             GError     **error)
{
  g_autoptr (SyPriceBook) self = g_object_new (SY_TYPE_PRICE_BOOK, NULL);

  if (!read_text (self, name, text, length, error))
    return NULL;

  if (!finish (self, name, error))
    return NULL;

  return g_steal_pointer (&self);
}

guint
sy_price_book_get_n (SyPriceBook *self)
{
  return self->machines->len;
}

const SyPrice *
sy_price_book_get (SyPriceBook *self,
                   guint        index)
{
  g_return_val_if_fail (index < self->machines->len, NULL);

  return g_ptr_array_index (self->machines, index);
}

const SyPrice *
sy_price_book_find (SyPriceBook *self,
                    const char  *id)
{
  const SyPrice *price = sy_price_book_find_item (self, id);

  return price != NULL && price->kind == SY_PRICE_VM ? price : NULL;
}

const SyPrice *
sy_price_book_get_default (SyPriceBook *self)
{
  const SyPrice *price = sy_price_book_find (self, self->default_id);

  return price != NULL ? price : sy_price_book_get (self, 0);
}

guint
sy_price_book_get_n_items (SyPriceBook *self)
{
  return self->prices->len;
}

const SyPrice *
sy_price_book_get_item (SyPriceBook *self,
                        guint        index)
{
  g_return_val_if_fail (index < self->prices->len, NULL);

  return g_ptr_array_index (self->prices, index);
}

const SyPrice *
sy_price_book_find_item (SyPriceBook *self,
                         const char  *id)
{
  const guint at = id != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, id)) : 0;

  return at > 0 ? g_ptr_array_index (self->prices, at - 1) : NULL;
}

GPtrArray *
sy_price_book_get_rates (SyPriceBook *self)
{
  return self->rates;
}

const SyFxRate *
sy_price_book_find_rate (SyPriceBook   *self,
                         const SyPrice *price,
                         const char    *currency)
{
  const SyFxRate *rate;

  sy_fx_convert (self->rates, price->amount, price->currency, currency, &rate);
  return rate;
}

double
sy_price_book_convert (SyPriceBook   *self,
                       const SyPrice *price,
                       const char    *currency)
{
  return sy_fx_convert (self->rates, price->amount, price->currency, currency, NULL);
}
