/* sy-record-queue.h: what waits to be written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-record-item.h"

G_BEGIN_DECLS

/**
 * SyRecordQueue:
 *
 * From all threads to the one that writes, in the order of their coming. Beyond 1024
 * items or 64 MiB of answers, an answer becomes a gap. Nobody who puts something in
 * waits for the disk. Empty until something is put in.
 */
typedef struct _SyRecordQueue SyRecordQueue;

SyRecordQueue *sy_record_queue_new   (void);
void           sy_record_queue_free  (SyRecordQueue *self);

/* @item: (transfer full) */
void           sy_record_queue_push  (SyRecordQueue *self, SyRecordItem *item);

/* Nothing more is waited for. */
void           sy_record_queue_close (SyRecordQueue *self);

/* Waits until there is something, it is closed, or @until_us (of
 * g_get_monotonic_time(); 0: for ever), and takes all. Returns: it is closed. @ret
 * (element-type SyRecordItem) */
gboolean       sy_record_queue_wait  (SyRecordQueue *self, gint64 until_us, GQueue *ret);

/* Takes all that there is now. */
void           sy_record_queue_take  (SyRecordQueue *self, GQueue *ret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyRecordQueue, sy_record_queue_free)

G_END_DECLS
