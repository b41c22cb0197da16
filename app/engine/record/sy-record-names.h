/* sy-record-names.h: words, series and shapes, written once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-record-db.h"
#include "sy-series-table.h"

G_BEGIN_DECLS

/* How much of each table is remembered. */
#define SY_RECORD_NAMES_BYTES (32 * 1024 * 1024)

/**
 * SyRecordNames:
 *
 * Gives what repeats a number, and keeps what is not in the file yet until a
 * transaction that holds it has been committed. Beyond SY_RECORD_NAMES_BYTES it
 * forgets: what comes again is written again, by another number, which readers meet
 * in each recording that was continued. Recorder's thread.
 */
typedef struct _SyRecordNames SyRecordNames;

SyRecordNames *sy_record_names_new    (void);

/* Numbers from now on are none of those in @db. Before the first is given. */
void           sy_record_names_begin_after (SyRecordNames *self, sqlite3 *db);
void           sy_record_names_free   (SyRecordNames *self);

guint64        sy_record_names_word   (SyRecordNames *self, const char *text);
guint64        sy_record_names_series (SyRecordNames *self, const SySeries *series);

/* @data (transfer full) */
guint64        sy_record_names_shape  (SyRecordNames *self, int kind, guint width, GBytes *data);

/* Inside a transaction; says "saved" once that is committed. */
gboolean       sy_record_names_save   (SyRecordNames *self, sqlite3 *db, GError **error);
void           sy_record_names_saved  (SyRecordNames *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyRecordNames, sy_record_names_free)

G_END_DECLS
