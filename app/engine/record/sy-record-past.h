/* sy-record-past.h: what an interrupted recording holds, for who continues it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-record-db.h"
#include "sy-record-entry.h"
#include "sy-record-names.h"

G_BEGIN_DECLS

typedef struct {
  char          *url;     /* (owned): without secrets, as it was given */
  gint64         interval_us;
  SyRecordMoment last;    /* of its last answer; all 0 when there is none */
  SyRecordCount  count;
  gboolean       is_continued;
} SyRecordPastTarget;

typedef struct {
  GArray *targets;   /* (owned) (element-type SyRecordPastTarget), by number */
  gint64  end_us;    /* monotonic, of the last answer of all; 0: there is none */
  gint64  end_wall_us;
  guint   n_marks;
  gint64  last_mark; /* the greatest id */
} SyRecordPast;

/* Errors: SY_ERROR_INVALID (it ended as it should, or has more backends than
 * leave room for others), _DAMAGED, _STORAGE.
 * (transfer full) */
SyRecordPast *sy_record_past_read (sqlite3 *db, GError **error);
void          sy_record_past_free (SyRecordPast *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyRecordPast, sy_record_past_free)

G_END_DECLS
