/* sy-record-live.h: which files this process is writing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* POSIX drops all locks of a process on a file as soon as it closes any
 * descriptor of it: a file that is being recorded must not be opened by another
 * way. From any thread; @path need not exist. */
void     sy_record_live_add    (const char *path);
void     sy_record_live_remove (const char *path);
gboolean sy_record_live_has    (const char *path);

/* Whether @path is still the file that was added: FALSE when it was deleted,
 * moved or replaced. */
gboolean sy_record_live_is_there (const char *path);

G_END_DECLS
