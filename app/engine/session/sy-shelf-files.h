/* sy-shelf-files.h: the files of one recording, moved and deleted together
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyShelfFiles:
 *
 * An interrupted recording is a file and what SQLite left beside it
 * (sqlite.org/wal.html, sqlite.org/lockingv3.html#hot_journals): alone it would
 * lack its last answers, and beside another recording they could damage that.
 */

/* Whether there is a recording called @path, or anything that would be taken for a part of it. */
gboolean sy_shelf_files_has    (const char *path);

/* All of them or none, and never over what is there; both on one file system.
 * Errors: SY_ERROR_INVALID (sy_shelf_files_has() @to), _STORAGE. */
gboolean sy_shelf_files_move   (const char *from, const char *to, GError **error);

/* What is there of them. */
void     sy_shelf_files_delete (const char *path);

G_END_DECLS
