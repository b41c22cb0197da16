/* sy-record-writer.h: puts scrapes into a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-record-entry.h"
#include "sy-record-mark.h"
#include "sy-record-past.h"

G_BEGIN_DECLS

/**
 * SyRecordWriter:
 *
 * The recorder's thread's alone. What is added waits until a commit; a commit
 * that fails leaves everything waiting, and may be tried again.
 */
typedef struct _SyRecordWriter SyRecordWriter;

SyRecordWriter *sy_record_writer_new        (const char *path, GError **error);

/* Adds to an interrupted recording: its targets are there, with their numbers.
 * @ret_past (out) (transfer full): what is in it. Errors: as sy_recording_open(),
 * and those of sy_record_past_read(). */
SyRecordWriter *sy_record_writer_continue   (const char *path, SyRecordPast **ret_past, GError **error);
void            sy_record_writer_free       (SyRecordWriter *self);

void            sy_record_writer_set_meta   (SyRecordWriter *self, const char *key, const char *value);
void            sy_record_writer_add_target (SyRecordWriter *self, const SyRecordTarget *target);
void            sy_record_writer_add_mark   (SyRecordWriter *self, const SyRecordMark *mark); /* under its id */
void            sy_record_writer_remove_mark (SyRecordWriter *self, gint64 id);
void            sy_record_writer_add        (SyRecordWriter *self, const SyRecordEntry *entry);

/* All that waits in one transaction; with @sync it is on the disk afterwards,
 * not only with the system. Errors: SY_ERROR_STORAGE_FULL, _STORAGE, _DAMAGED. */
gboolean        sy_record_writer_commit     (SyRecordWriter *self, gboolean sync, GError **error);

/* Rows of full blocks (@all: of every block) become one. */
gboolean        sy_record_writer_pack       (SyRecordWriter *self, gboolean all, GError **error);

/* Turns the oldest waiting scrapes into gaps, so that what waits is of the last
 * @max_age_us and at most @max_bytes. FALSE: even the gaps are too many. */
gboolean        sy_record_writer_shed       (SyRecordWriter *self, gint64 max_age_us, gsize max_bytes);
gboolean        sy_record_writer_is_waiting (SyRecordWriter *self);

/* Packs, says that it ended, leaves one file and closes it; nothing but counts
 * and size may be asked then. */
gboolean        sy_record_writer_finish     (SyRecordWriter *self, gint64 wall_us, GError **error);

guint           sy_record_writer_get_n      (SyRecordWriter *self);
SyRecordCount   sy_record_writer_get_count  (SyRecordWriter *self, guint target);
gint64          sy_record_writer_get_size   (SyRecordWriter *self); /* bytes of the file */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyRecordWriter, sy_record_writer_free)

G_END_DECLS
