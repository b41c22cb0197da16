/* sy-record-queue.c: what waits to be written
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Limits: 1024 items and 64 MiB of answers, beyond which answers become gaps; those
 * and what is no answer are small, and few.
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-record-queue.h"

#include "sy-error.h"
#include "sy-record-block.h"

#define MAX_ITEMS 1024
#define MAX_BYTES (64 * 1024 * 1024)

struct _SyRecordQueue
{
  GMutex   lock;
  GCond    cond;

  /* Under the lock. */
  GQueue   items; /* (owned) (element-type SyRecordItem) */
  gsize    bytes;
  gboolean closed;
};

SyRecordQueue *
sy_record_queue_new (void)
{
  SyRecordQueue *self = g_new0 (SyRecordQueue, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  g_queue_init (&self->items);
  return self;
}

void
sy_record_queue_free (SyRecordQueue *self)
{
  g_queue_clear_full (&self->items, (GDestroyNotify) sy_record_item_free);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  g_free (self);
}

/* With the lock held: the disk does not keep up, or it is larger than a shape can be. */
static void
limit (SyRecordQueue *self,
       SyRecordItem  *item)
{
  const SyRecordEntry *entry = sy_record_item_get_entry (item);
  guint n = 0;

  if (entry->exposition == NULL)
    return;

  sy_exposition_get_samples (entry->exposition, &n);
  if (self->items.length < MAX_ITEMS && self->bytes < MAX_BYTES && n <= SY_RECORD_MAX_WIDTH)
    self->bytes += (gsize) MAX (entry->moment.body_bytes, 0);
  else
    sy_record_item_make_gap (item, g_error_new_literal (SY_ERROR, SY_ERROR_OVERRUN, "it came faster than the recorder could write"));
}

void
sy_record_queue_push (SyRecordQueue *self,
                      SyRecordItem  *item)
{
  g_mutex_lock (&self->lock);
  limit (self, item);
  g_queue_push_tail (&self->items, item);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
}

void
sy_record_queue_close (SyRecordQueue *self)
{
  g_mutex_lock (&self->lock);
  self->closed = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
}

/* With the lock held. */
static void
take_all (SyRecordQueue *self,
          GQueue        *ret)
{
  *ret = self->items;
  g_queue_init (&self->items);
  self->bytes = 0;
}

gboolean
sy_record_queue_wait (SyRecordQueue *self,
                      gint64         until_us,
                      GQueue        *ret)
{
  gboolean closed;

  g_mutex_lock (&self->lock);
  while (self->items.length == 0 && !self->closed)
    if (until_us == 0)
      g_cond_wait (&self->cond, &self->lock);
    else if (!g_cond_wait_until (&self->cond, &self->lock, until_us))
      break;

  take_all (self, ret);
  closed = self->closed;
  g_mutex_unlock (&self->lock);

  return closed;
}

void
sy_record_queue_take (SyRecordQueue *self,
                      GQueue        *ret)
{
  g_mutex_lock (&self->lock);
  take_all (self, ret);
  g_mutex_unlock (&self->lock);
}
