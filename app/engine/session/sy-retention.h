/* sy-retention.h: how much is kept, and what goes first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-recording-info.h"

G_BEGIN_DECLS

/* What a person lets recordings take; 0: no limit. */
typedef struct {
  gint64 each_bytes; /* a recording ends at this size */
  gint64 all_bytes;  /* those that ended, together */
  gint64 age_us;     /* since the last change */
} SyRetention;

/* Which of @recordings (of SyRecordingInfo, in any order) go, the oldest first:
 * those that are too old, and then as many as take too much. What is being
 * written stays, and so does what cannot be read: nobody knows what it is.
 * (element-type SyRecordingInfo) (transfer full) */
GPtrArray *sy_retention_choose (const SyRetention *self, GListModel *recordings, gint64 now_wall_us);

G_END_DECLS
