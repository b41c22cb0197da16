/* sy-record-room.h: whether a disk has room for a recording
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* TRUE: there are @least bytes free where @path is to be, or the folder cannot be
 * asked, which is for who opens the file to say. Errors: SY_ERROR_STORAGE_FULL. */
gboolean sy_record_room_check (const char *path, gint64 least, GError **error);

G_END_DECLS
