/* sy-resolver.h: name look-ups that hold up nobody else
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SY_TYPE_RESOLVER (sy_resolver_get_type ())
G_DECLARE_FINAL_TYPE (SyResolver, sy_resolver, SY, RESOLVER, GResolver)

/* Makes it the one of this process, once. To be called before the first thread
 * that connects to anything. */
void sy_resolver_install (void);

G_END_DECLS
