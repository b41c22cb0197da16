/* sy-record-names.c: words, series and shapes, written once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-record-names.h"

#include <string.h>

#include "sy-pack.h"

/* What a name takes in memory beside its bytes. */
#define OVERHEAD 100

typedef enum { WORD, SERIES, SHAPE, N_TABLES } Table;

typedef struct
{
  Table   table;
  guint64 id;
  int     kind;  /* of a shape */
  guint   width; /* of a shape */
  GBytes *data;  /* (owned) */
} Entry;

struct _SyRecordNames
{
  GHashTable *known[N_TABLES]; /* (owned) (element-type GBytes guint) */
  gsize       bytes[N_TABLES]; /* of what is known, about */
  guint64     last[N_TABLES];  /* ids up to here were given, by us or by somebody else */
  GQueue      unsaved;         /* (owned) (element-type Entry) */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_bytes_unref (entry->data);
  g_free (entry);
}

SyRecordNames *
sy_record_names_new (void)
{
  SyRecordNames *self = g_new0 (SyRecordNames, 1);

  for (guint i = 0; i < N_TABLES; i++)
    self->known[i] = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  g_queue_init (&self->unsaved);
  return self;
}

void
sy_record_names_begin_after (SyRecordNames *self,
                             sqlite3       *db)
{
  static const char *const queries[] = {
    [WORD] = "SELECT ifnull (max (id), 0) FROM word",
    [SERIES] = "SELECT ifnull (max (id), 0) FROM series",
    [SHAPE] = "SELECT ifnull (max (id), 0) FROM shape",
  };

  for (guint i = 0; i < N_TABLES; i++)
    self->last[i] = (guint64) MAX (sy_record_db_get_int (db, queries[i]), 0);
}

void
sy_record_names_free (SyRecordNames *self)
{
  for (guint i = 0; i < N_TABLES; i++)
    g_hash_table_unref (self->known[i]);
  g_queue_clear_full (&self->unsaved, entry_free);
  g_free (self);
}

/* A backend whose series come and go has always another shape: its memory must end. */
static void
remember (SyRecordNames *self,
          const Entry   *entry)
{
  GHashTable *known = self->known[entry->table];
  const gsize bytes = g_bytes_get_size (entry->data) + OVERHEAD;

  if (self->bytes[entry->table] + bytes > SY_RECORD_NAMES_BYTES)
    {
      g_hash_table_remove_all (known);
      self->bytes[entry->table] = 0;
    }

  g_hash_table_insert (known, g_bytes_ref (entry->data), GUINT_TO_POINTER ((guint) entry->id));
  self->bytes[entry->table] += bytes;
}

/* @entry is what it is when it is new; its data is taken. */
static guint64
intern (SyRecordNames *self,
        const Entry   *entry)
{
  const guint id = GPOINTER_TO_UINT (g_hash_table_lookup (self->known[entry->table], entry->data));
  Entry *copy;

  if (id > 0)
    {
      g_bytes_unref (entry->data);
      return id;
    }

  copy = g_memdup2 (entry, sizeof *entry);
  copy->id = ++self->last[entry->table];
  remember (self, copy);
  g_queue_push_tail (&self->unsaved, copy);
  return copy->id;
}

guint64
sy_record_names_word (SyRecordNames *self,
                      const char    *text)
{
  const Entry entry = { .table = WORD, .data = g_bytes_new (text, strlen (text)) };

  return intern (self, &entry);
}

guint64
sy_record_names_series (SyRecordNames  *self,
                        const SySeries *series)
{
  GByteArray *bytes = g_byte_array_new ();
  Entry entry = { .table = SERIES };

  sy_pack_varint (bytes, sy_record_names_word (self, series->name));
  sy_pack_varint (bytes, series->n_labels);
  for (guint i = 0; i < series->n_labels; i++)
    {
      sy_pack_varint (bytes, sy_record_names_word (self, series->labels[i].name));
      sy_pack_varint (bytes, sy_record_names_word (self, series->labels[i].value));
    }

  entry.data = g_byte_array_free_to_bytes (bytes);
  return intern (self, &entry);
}

guint64
sy_record_names_shape (SyRecordNames *self,
                       int            kind,
                       guint          width,
                       GBytes        *data)
{
  const Entry entry = { .table = SHAPE, .kind = kind, .width = width, .data = data };

  return intern (self, &entry);
}

static gboolean
save_entry (const Entry   *entry,
            sqlite3_stmt  *statement,
            GError       **error)
{
  gsize length;
  const void *data = g_bytes_get_data (entry->data, &length);

  sqlite3_bind_int64 (statement, 1, (sqlite3_int64) entry->id);
  if (entry->table == WORD)
    sqlite3_bind_text (statement, 2, length > 0 ? data : "", (int) length, SQLITE_STATIC);
  else
    sqlite3_bind_blob (statement, 2, data, (int) length, SQLITE_STATIC);
  if (entry->table == SHAPE)
    {
      sqlite3_bind_int (statement, 3, entry->kind);
      sqlite3_bind_int64 (statement, 4, entry->width);
    }

  return sy_record_db_step (statement, error);
}

gboolean
sy_record_names_save (SyRecordNames  *self,
                      sqlite3        *db,
                      GError        **error)
{
  static const char *const inserts[] = {
    [WORD] = "INSERT INTO word (id, data) VALUES (?1, ?2)",
    [SERIES] = "INSERT INTO series (id, data) VALUES (?1, ?2)",
    [SHAPE] = "INSERT INTO shape (id, data, kind, width) VALUES (?1, ?2, ?3, ?4)",
  };
  sqlite3_stmt *statements[N_TABLES] = { NULL };
  gboolean done = TRUE;

  for (GList *link = self->unsaved.head; link != NULL && done; link = link->next)
    {
      const Entry *entry = link->data;

      if (statements[entry->table] == NULL)
        statements[entry->table] = sy_record_db_prepare (db, inserts[entry->table], error);
      done = statements[entry->table] != NULL && save_entry (entry, statements[entry->table], error);
    }

  for (guint i = 0; i < N_TABLES; i++)
    sqlite3_finalize (statements[i]);
  return done;
}

void
sy_record_names_saved (SyRecordNames *self)
{
  g_queue_clear_full (&self->unsaved, entry_free);
}
