/* sy-name-look-up.h: the addresses of a name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Asks the system, and blocks for as long as it likes: half a minute when no
 * name server answers. Errors: G_RESOLVER_ERROR. (element-type GInetAddress)
 * (transfer full): g_resolver_free_addresses() */
GList *sy_name_look_up (const char *name, GResolverNameLookupFlags flags, GError **error);

G_END_DECLS
