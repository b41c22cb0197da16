/* sy-delay-server.h: a server whose answers take a known time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyDelayServer:
 *
 * Answers every GET on 127.0.0.1 a fixed time after its last byte, as exactly
 * as the kernel's timers allow, in a thread of its own. It exists to check the
 * load generator against something that is known; it is no reference server.
 */
typedef struct _SyDelayServer SyDelayServer;

/* Errors: SY_ERROR_FAILED. */
SyDelayServer *sy_delay_server_new     (gint64 delay_us, GError **error);
void           sy_delay_server_free    (SyDelayServer *self);
const char    *sy_delay_server_get_url (SyDelayServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyDelayServer, sy_delay_server_free)

G_END_DECLS
