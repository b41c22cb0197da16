/* sy-price-book.c: what machines cost, where that was read, and when
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-price-book.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-json.h"

#define SCHEMA "steelyard.prices/1"
#define BYTES_PER_GIB (1024.0 * 1024.0 * 1024.0)

struct _SyPriceBook
{
  GObject    parent_instance;

  GPtrArray *prices;     /* (owned) (element-type SyPrice) */
  char      *default_id; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (SyPriceBook, sy_price_book, G_TYPE_OBJECT)

/* Where in which file we are, for messages. */
typedef struct
{
  const char *path;
  guint       index;
} Place;

static void
sy_price_free (SyPrice *price)
{
  g_free (price->id);
  g_free (price->provider);
  g_free (price->region);
  g_free (price->sku);
  g_free (price->currency);
  g_free (price->observed);
  g_free (price->source);
  g_free (price->grade);
  g_free (price);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyPrice, sy_price_free)

static gboolean
refuse (const Place  *place,
        const char   *member,
        const char   *expected,
        GError      **error)
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
member_is (JsonObject *object,
           const char *member,
           const char *expected)
{
  JsonNode *node = json_object_get_member (object, member);

  return holds_text (node) && strcmp (json_node_get_string (node), expected) == 0;
}

static gboolean
read_string (JsonObject   *item,
             const char   *member,
             const Place  *place,
             char        **ret,
             GError      **error)
{
  JsonNode *node = json_object_get_member (item, member);

  if (!holds_text (node))
    return refuse (place, member, "a text", error);

  *ret = g_strdup (json_node_get_string (node));
  return TRUE;
}

static gboolean
read_positive (JsonObject   *item,
               const char   *member,
               const Place  *place,
               double       *ret,
               GError      **error)
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

/* Prices are decimal strings: digits with at most one point. */
static gboolean
read_price (JsonObject   *item,
            const Place  *place,
            double       *ret,
            GError      **error)
{
  g_autofree char *text = NULL;

  if (!read_string (item, "price", place, &text, error))
    return FALSE;

  if (strspn (text, "0123456789.") != strlen (text) || strchr (text, '.') != strrchr (text, '.')
      || !g_ascii_isdigit (*text))
    return refuse (place, "price", "a decimal number in quotes, such as \"0.0816\"", error);

  *ret = g_ascii_strtod (text, NULL);
  return TRUE;
}

static gboolean
is_day (const char *text)
{
  g_autoptr (GDateTime) day = NULL;
  g_autofree char *whole = g_strdup_printf ("%sT00:00:00Z", text);

  if (strlen (text) != strlen ("2026-01-31"))
    return FALSE;

  day = g_date_time_new_from_iso8601 (whole, NULL);
  return day != NULL;
}

static gboolean
is_currency (const char *text)
{
  return strlen (text) == 3 && g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]) && g_ascii_isupper (text[2]);
}

static SyPrice *
read_item (JsonObject   *item,
           const Place  *place,
           GError      **error)
{
  g_autoptr (SyPrice) price = g_new0 (SyPrice, 1);
  double gib;

  if (!read_string (item, "id", place, &price->id, error)
      || !read_string (item, "provider", place, &price->provider, error)
      || !read_string (item, "region", place, &price->region, error)
      || !read_string (item, "sku", place, &price->sku, error)
      || !read_string (item, "currency", place, &price->currency, error)
      || !read_string (item, "observed", place, &price->observed, error)
      || !read_string (item, "source", place, &price->source, error)
      || !read_string (item, "grade", place, &price->grade, error)
      || !read_positive (item, "vcpu", place, &price->vcpu, error)
      || !read_positive (item, "mem_gib", place, &gib, error)
      || !read_price (item, place, &price->per_hour, error))
    return NULL;

  price->memory = gib * BYTES_PER_GIB;
  price->burstable = is_true (json_object_get_member (item, "burstable"));

  if (!is_currency (price->currency))
    return refuse (place, "currency", "three capital letters, such as \"EUR\"", error), NULL;
  if (!is_day (price->observed))
    return refuse (place, "observed", "a day, such as \"2026-07-20\"", error), NULL;
  if (!member_is (item, "unit", "hour"))
    return refuse (place, "unit", "\"hour\"", error), NULL;

  return g_steal_pointer (&price);
}

static void
add_price (SyPriceBook *self,
           SyPrice     *price)
{
  for (guint i = 0; i < self->prices->len; i++)
    {
      SyPrice *old = g_ptr_array_index (self->prices, i);

      if (strcmp (old->id, price->id) == 0)
        {
          sy_price_free (old);
          self->prices->pdata[i] = price;
          return;
        }
    }

  g_ptr_array_add (self->prices, price);
}

static gboolean
read_items (SyPriceBook  *self,
            JsonObject   *root,
            const char   *path,
            GError      **error)
{
  JsonNode *node = json_object_get_member (root, "items");
  JsonArray *items;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: “items” should be a list", path);
      return FALSE;
    }

  items = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      const Place place = { path, i };
      JsonNode *item = json_array_get_element (items, i);
      SyPrice *price;

      if (!JSON_NODE_HOLDS_OBJECT (item))
        return refuse (&place, "item", "an object", error);

      price = read_item (json_node_get_object (item), &place, error);
      if (price == NULL)
        return FALSE;

      add_price (self, price);
    }

  return TRUE;
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

  if (!read_items (self, root, name, error))
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

static void
sy_price_book_finalize (GObject *object)
{
  SyPriceBook *self = SY_PRICE_BOOK (object);

  g_ptr_array_unref (self->prices);
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
}

SyPriceBook *
sy_price_book_new (const char * const  *directories,
                   GError             **error)
{
  g_autoptr (SyPriceBook) self = g_object_new (SY_TYPE_PRICE_BOOK, NULL);

  for (gsize i = 0; directories[i] != NULL; i++)
    if (!read_directory (self, directories[i], error))
      return NULL;

  if (self->prices->len == 0)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: there is no price list here", directories[0]);
      return NULL;
    }

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

  if (self->prices->len == 0)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: there is no price in it", name);
      return NULL;
    }

  return g_steal_pointer (&self);
}

guint
sy_price_book_get_n (SyPriceBook *self)
{
  return self->prices->len;
}

const SyPrice *
sy_price_book_get (SyPriceBook *self,
                   guint        index)
{
  g_return_val_if_fail (index < self->prices->len, NULL);

  return g_ptr_array_index (self->prices, index);
}

const SyPrice *
sy_price_book_find (SyPriceBook *self,
                    const char  *id)
{
  for (guint i = 0; i < self->prices->len; i++)
    {
      const SyPrice *price = g_ptr_array_index (self->prices, i);

      if (g_strcmp0 (price->id, id) == 0)
        return price;
    }

  return NULL;
}

const SyPrice *
sy_price_book_get_default (SyPriceBook *self)
{
  const SyPrice *price = sy_price_book_find (self, self->default_id);

  return price != NULL ? price : sy_price_book_get (self, 0);
}
