/* sy-record-shapes.c: the shapes that a reader met last
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-record-shapes.h"

typedef struct
{
  guint64        id;
  SyRecordShape *shape; /* (owned) */
} Kept;

struct _SyRecordShapes
{
  GQueue      kept;  /* (owned) (element-type Kept): asked for last comes first */
  GHashTable *links; /* (owned) (element-type guint64 GList): of @kept; keys are theirs */
  gsize       bytes;
};

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  sy_record_shape_unref (kept->shape);
  g_free (kept);
}

SyRecordShapes *
sy_record_shapes_new (void)
{
  SyRecordShapes *self = g_new0 (SyRecordShapes, 1);

  g_queue_init (&self->kept);
  self->links = g_hash_table_new (g_int64_hash, g_int64_equal);
  return self;
}

void
sy_record_shapes_free (SyRecordShapes *self)
{
  g_hash_table_unref (self->links);
  g_queue_clear_full (&self->kept, kept_free);
  g_free (self);
}

SyRecordShape *
sy_record_shapes_get (SyRecordShapes *self,
                      guint64         id)
{
  GList *link = g_hash_table_lookup (self->links, &id);

  if (link == NULL)
    return NULL;

  g_queue_unlink (&self->kept, link);
  g_queue_push_head_link (&self->kept, link);
  return sy_record_shape_ref (((Kept *) link->data)->shape);
}

static void
drop_last (SyRecordShapes *self)
{
  Kept *kept = g_queue_pop_tail (&self->kept);

  g_hash_table_remove (self->links, &kept->id);
  self->bytes -= kept->shape->size;
  kept_free (kept);
}

void
sy_record_shapes_add (SyRecordShapes *self,
                      guint64         id,
                      SyRecordShape  *shape)
{
  Kept *kept = g_new0 (Kept, 1);

  kept->id = id;
  kept->shape = sy_record_shape_ref (shape);
  g_queue_push_head (&self->kept, kept);
  g_hash_table_insert (self->links, &kept->id, self->kept.head);
  self->bytes += shape->size;

  /* One alone may be more than that. */
  while (self->bytes > SY_RECORD_SHAPES_BYTES && self->kept.length > 1)
    drop_last (self);
}
