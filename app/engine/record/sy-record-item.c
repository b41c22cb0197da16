/* sy-record-item.c: what is handed to a recorder's thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-record-item.h"

typedef enum { ITEM_META, ITEM_TARGET, ITEM_MARK, ITEM_NO_MARK, ITEM_ANSWER } ItemKind;

struct _SyRecordItem
{
  ItemKind      kind;
  char         *words[3];   /* (owned): key and value, or letter, name and address */
  gint64        interval_us;
  SyRecordMark *mark;       /* (owned) (nullable) */
  gint64        mark_id;    /* of one that goes */
  SyRecordEntry entry;      /* its pointers are (owned) here */
};

static SyRecordItem *
item_new (ItemKind kind)
{
  SyRecordItem *self = g_new0 (SyRecordItem, 1);

  self->kind = kind;
  return self;
}

SyRecordItem *
sy_record_item_new_meta (const char *key,
                         const char *value)
{
  SyRecordItem *self = item_new (ITEM_META);

  self->words[0] = g_strdup (key);
  self->words[1] = g_strdup (value);
  return self;
}

SyRecordItem *
sy_record_item_new_target (const SyRecordTarget *target)
{
  SyRecordItem *self = item_new (ITEM_TARGET);

  self->words[0] = g_strdup (target->letter);
  self->words[1] = g_strdup (target->name);
  self->words[2] = g_strdup (target->url);
  self->interval_us = target->interval_us;
  return self;
}

SyRecordItem *
sy_record_item_new_mark (const SyRecordMark *mark)
{
  SyRecordItem *self = item_new (ITEM_MARK);

  self->mark = sy_record_mark_copy (mark);
  return self;
}

SyRecordItem *
sy_record_item_new_no_mark (gint64 id)
{
  SyRecordItem *self = item_new (ITEM_NO_MARK);

  self->mark_id = id;
  return self;
}

SyRecordItem *
sy_record_item_new_answer (const SyRecordEntry *entry)
{
  SyRecordItem *self = item_new (ITEM_ANSWER);

  self->entry = *entry;
  self->entry.exposition = entry->exposition != NULL ? sy_exposition_ref (entry->exposition) : NULL;
  self->entry.content_type = g_strdup (entry->content_type);
  self->entry.error = entry->error != NULL ? g_error_copy (entry->error) : NULL;
  return self;
}

void
sy_record_item_free (SyRecordItem *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->words); i++)
    g_free (self->words[i]);
  g_clear_pointer (&self->mark, sy_record_mark_free);
  g_clear_pointer (&self->entry.exposition, sy_exposition_unref);
  g_free ((char *) self->entry.content_type);
  g_clear_error ((GError **) &self->entry.error);
  g_free (self);
}

SyRecordEntry *
sy_record_item_get_entry (SyRecordItem *self)
{
  return &self->entry;
}

void
sy_record_item_make_gap (SyRecordItem *self,
                         GError       *error)
{
  g_clear_pointer (&self->entry.exposition, sy_exposition_unref);
  g_clear_error ((GError **) &self->entry.error);
  self->entry.error = error;
}

void
sy_record_item_write (const SyRecordItem *self,
                      SyRecordWriter     *writer)
{
  switch (self->kind)
    {
    case ITEM_META:
      sy_record_writer_set_meta (writer, self->words[0], self->words[1]);
      break;
    case ITEM_TARGET:
      sy_record_writer_add_target (writer, &(SyRecordTarget) { self->words[0], self->words[1], self->words[2], self->interval_us });
      break;
    case ITEM_MARK:
      sy_record_writer_add_mark (writer, self->mark);
      break;
    case ITEM_NO_MARK:
      sy_record_writer_remove_mark (writer, self->mark_id);
      break;
    case ITEM_ANSWER:
    default:
      sy_record_writer_add (writer, &self->entry);
    }
}
