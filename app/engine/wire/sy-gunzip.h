/* sy-gunzip.h: gzip from strangers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Decodes a whole gzip body: one or more members, checksums and lengths
 * enforced, nothing after the last. At most @max_bytes come out, and at most
 * 200 times the input once past 1 MiB. Errors: SY_ERROR_DECODE (damaged, cut,
 * trailing bytes), SY_ERROR_BODY_TOO_LARGE. Returns: (transfer full) */
GBytes *sy_gunzip (GBytes *body, gsize max_bytes, GError **error);

G_END_DECLS
