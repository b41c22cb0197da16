/* sy-price-import.c: price lists of others
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-price-import.h"

#include <math.h>
#include <string.h>

#include "sy-csv-reader.h"
#include "sy-error.h"
#include "sy-json-writer.h"

#define BYTES_PER_GIB (1024.0 * 1024.0 * 1024.0)
#define LENGTH_OF_DAY 10

enum { END, ID, REGION, CLASS, TYPE, PRICE, N_COLUMNS };

static const char *const titles[N_COLUMNS] = {
  "EndTimestamp", "InstanceID", "Region", "AssetClass", "InstanceType", "MarketPriceHourly",
};

/* What is being made. */
typedef struct
{
  SyPriceBook   *book;        /* (borrowed) */
  const char    *name;
  const char    *currency;
  guint          column[N_COLUMNS]; /* G_MAXUINT: not there */
  GHashTable    *latest;      /* (owned): id to Row */
  GPtrArray     *order;       /* (owned) (element-type Row), borrowed from @latest */
  SyPriceImport *import;      /* (owned) */
} Import;

typedef struct
{
  char          *id;          /* (owned) */
  char          *day;         /* (owned) */
  char          *price;       /* (owned): as it stands there */
  char          *region;      /* (owned) */
  const SyPrice *machine;     /* (borrowed): its size */
} Row;

static void
row_free (Row *row)
{
  g_free (row->id);
  g_free (row->day);
  g_free (row->price);
  g_free (row->region);
  g_free (row);
}

void
sy_price_import_free (SyPriceImport *self)
{
  g_free (self->json);
  g_ptr_array_unref (self->skipped);
  g_free (self);
}

static void
import_clear (Import *self)
{
  g_clear_pointer (&self->order, g_ptr_array_unref);
  g_clear_pointer (&self->latest, g_hash_table_unref);
  g_clear_pointer (&self->import, sy_price_import_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static gboolean
read_titles (Import    *self,
             GPtrArray *row,
             GError   **error)
{
  for (guint c = 0; c < N_COLUMNS; c++)
    {
      self->column[c] = G_MAXUINT;
      for (guint i = 0; i < row->len && self->column[c] == G_MAXUINT; i++)
        if (strcmp (g_strstrip (g_ptr_array_index (row, i)), titles[c]) == 0)
          self->column[c] = i;

      if (self->column[c] == G_MAXUINT && (c == ID || c == PRICE))
        {
          g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: there is no column “%s”", self->name, titles[c]);
          return FALSE;
        }
    }

  return TRUE;
}

static const char *
cell (const Import *self,
      GPtrArray    *row,
      guint         column)
{
  const guint at = self->column[column];

  return at < row->len ? g_strstrip (g_ptr_array_index (row, at)) : "";
}

static const SyPrice *
find_machine (SyPriceBook *book,
              const char  *type)
{
  for (guint i = 0; i < sy_price_book_get_n (book); i++)
    if (strcmp (sy_price_book_get (book, i)->sku, type) == 0)
      return sy_price_book_get (book, i);

  return NULL;
}

/* Lists by type leave the type empty and name it as the instance. */
static const char *
find_type (const Import *self,
           GPtrArray    *row)
{
  const char *type = cell (self, row, TYPE);

  return *type != '\0' ? type : cell (self, row, ID);
}

/* The day in @text; empty when there is none, which sorts before all others. */
static char *
find_day (const char *text)
{
  g_autofree char *day = g_strndup (text, LENGTH_OF_DAY);
  const SyPrice probe = { .observed = day };

  return isnan (sy_price_get_age_days (&probe, 0)) ? g_strdup ("") : g_steal_pointer (&day);
}

/* Why a row cannot be used; NULL: it can. */
static const char *
find_fault (const Import  *self,
            GPtrArray     *row,
            const SyPrice *machine)
{
  const char *class = cell (self, row, CLASS);
  const double price = sy_price_parse_decimal (cell (self, row, PRICE));

  if (*class != '\0' && g_ascii_strcasecmp (class, "node") != 0)
    return "it is not a node";
  if (*find_type (self, row) == '\0')
    return "it has no type of machine";
  if (!isfinite (price) || !(price > 0))
    return "its price is not a decimal number above 0";
  if (machine == NULL)
    return "no entry of the price list says how many cores this type has";

  return NULL;
}

static void
read_row (Import    *self,
          GPtrArray *cells,
          guint      line)
{
  const char *type = find_type (self, cells);
  const SyPrice *machine = find_machine (self->book, type);
  const char *fault = find_fault (self, cells, machine);
  const char *region = cell (self, cells, REGION);
  Row *row, *old;

  if (fault != NULL)
    {
      g_ptr_array_add (self->import->skipped, g_strdup_printf ("line %u: %s", line, fault));
      return;
    }

  row = g_new0 (Row, 1);
  row->region = g_strdup (*region != '\0' ? region : "any");
  row->id = g_strdup_printf ("opencost/%s/%s", row->region, type);
  row->day = find_day (cell (self, cells, END));
  row->price = g_strdup (cell (self, cells, PRICE));
  row->machine = machine;

  old = g_hash_table_lookup (self->latest, row->id);
  if (old == NULL)
    {
      g_hash_table_insert (self->latest, row->id, row);
      g_ptr_array_add (self->order, row);
    }
  else
    {
      /* ISO days sort as text. */
      if (strcmp (row->day, old->day) >= 0)
        {
          g_free (old->day);
          old->day = g_steal_pointer (&row->day);
          g_free (old->price);
          old->price = g_steal_pointer (&row->price);
        }
      row_free (row);
    }
}

static void
write_row (const Import *self,
           const Row    *row,
           SyJsonWriter *writer)
{
  sy_json_writer_begin_object (writer);
  sy_json_writer_member_string (writer, "id", row->id);
  sy_json_writer_member_string (writer, "kind", "vm");
  sy_json_writer_member_string (writer, "provider", "opencost");
  sy_json_writer_member_string (writer, "region", row->region);
  sy_json_writer_member_string (writer, "sku", row->machine->sku);
  sy_json_writer_member_double (writer, "vcpu", row->machine->vcpu);
  sy_json_writer_member_double (writer, "mem_gib", row->machine->memory / BYTES_PER_GIB);
  sy_json_writer_member_bool (writer, "burstable", row->machine->burstable);
  sy_json_writer_member_string (writer, "unit", "hour");
  sy_json_writer_member_string (writer, "price", row->price);
  sy_json_writer_member_string (writer, "currency", self->currency);
  sy_json_writer_member_string (writer, "observed", *row->day != '\0' ? row->day : "unknown");
  sy_json_writer_member_string (writer, "source", self->name);
  sy_json_writer_member_string (writer, "grade", "B");
  sy_json_writer_end_object (writer);
}

static void
write_list (Import *self)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();

  sy_json_writer_begin_object (writer);
  sy_json_writer_member_string (writer, "schema", "steelyard.prices/1");
  sy_json_writer_key (writer, "items");
  sy_json_writer_begin_array (writer);
  for (guint i = 0; i < self->order->len; i++)
    write_row (self, g_ptr_array_index (self->order, i), writer);
  sy_json_writer_end_array (writer);
  sy_json_writer_end_object (writer);

  self->import->json = sy_json_writer_finish (writer);
  self->import->n_items = self->order->len;
}

SyPriceImport *
sy_price_import_opencost (const char   *name,
                          const char   *text,
                          gsize         length,
                          const char   *currency,
                          SyPriceBook  *book,
                          GError      **error)
{
  g_auto (Import) self = { book, name, currency, { 0 }, NULL, NULL, NULL };
  g_autoptr (GError) inner = NULL;
  SyCsvReader reader;
  GPtrArray *row;
  gboolean titled = FALSE;

  if (!sy_currency_is_known (currency))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: the list does not name its currency; say it by its code, such as EUR", name);
      return NULL;
    }

  self.latest = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) row_free);
  self.order = g_ptr_array_new ();
  self.import = g_new0 (SyPriceImport, 1);
  self.import->skipped = g_ptr_array_new_with_free_func (g_free);

  if (sy_csv_reader_init (&reader, text, length, &inner))
    while ((row = sy_csv_reader_next (&reader, &inner)) != NULL)
      {
        if (titled)
          read_row (&self, row, reader.line);
        else
          titled = read_titles (&self, row, &inner);

        g_ptr_array_unref (row);
        if (inner != NULL)
          break;
      }

  if (inner == NULL && !titled)
    g_set_error (&inner, SY_ERROR, SY_ERROR_EMPTY, "there is nothing in it");

  if (inner != NULL)
    {
      if (!g_str_has_prefix (inner->message, name))
        g_prefix_error (&inner, "%s: ", name);
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  if (self.order->len > 0)
    write_list (&self);

  return g_steal_pointer (&self.import);
}
