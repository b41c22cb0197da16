/* sy-file-limit.h: how many files and sockets this process may have open
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Raises the limit to @wanted where it is lower, as far as the system lets us.
 * Returns: what it is then. */
guint64 sy_file_limit_raise (guint64 wanted);

G_END_DECLS
