/* sy-live-table.h: the live comparison as rows or as JSON lines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-session.h"

G_BEGIN_DECLS

/**
 * SyLiveTable:
 *
 * Prints one row (or one steelyard.watch/1 object) for each backend of a
 * session whenever it is asked. A reading older than three intervals is not
 * repeated: the row says since when nothing came instead.
 */
typedef struct _SyLiveTable SyLiveTable;

SyLiveTable *sy_live_table_new   (SySession *session, gboolean json);
void         sy_live_table_free  (SyLiveTable *self);

/* FALSE when nobody reads any more. */
gboolean     sy_live_table_print (SyLiveTable *self);

/* "21.2 ms", "1.5 s", "—" for NAN. (transfer full) */
char        *sy_live_table_format_seconds (double seconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyLiveTable, sy_live_table_free)

G_END_DECLS
