/* sy-record-item.h: what is handed to a recorder's thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-record-writer.h"

G_BEGIN_DECLS

/**
 * SyRecordItem:
 *
 * One thing to be written, with copies of all that it needs: any thread makes it,
 * the recorder's gives it to the writer.
 */
typedef struct _SyRecordItem SyRecordItem;

SyRecordItem  *sy_record_item_new_meta    (const char *key, const char *value);
SyRecordItem  *sy_record_item_new_target  (const SyRecordTarget *target);
SyRecordItem  *sy_record_item_new_mark    (const SyRecordMark *mark);
SyRecordItem  *sy_record_item_new_no_mark (gint64 id); /* takes that mark away */
SyRecordItem  *sy_record_item_new_answer  (const SyRecordEntry *entry);
void           sy_record_item_free        (SyRecordItem *self);

/* Of an answer; its pointers belong to the item. Of anything else: an empty one. */
SyRecordEntry *sy_record_item_get_entry   (SyRecordItem *self);

/* What it said is given up for @error (transfer full). */
void           sy_record_item_make_gap    (SyRecordItem *self, GError *error);

void           sy_record_item_write       (const SyRecordItem *self, SyRecordWriter *writer);

G_END_DECLS
