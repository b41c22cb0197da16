/* sy-served-by.h: what an HTTP answer says of who served it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The products that "X-Powered-By" and "Server" (RFC 9110, 10.2.4) name, without
 * versions and comments, the framework first: "Express", "gunicorn". At most 40
 * characters each, safe to show. (transfer full) (nullable) */
char *sy_served_by_dup (SoupMessageHeaders *headers);

G_END_DECLS
