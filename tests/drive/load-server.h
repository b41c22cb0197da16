/* load-server.h: an HTTP server of tests that misbehaves on request
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LoadServer:
 *
 * On 127.0.0.1, a thread a connection. What it does is in the path:
 *
 * /do/work       200 with a checksum
 * /do/lie        200 without one
 * /status/500    500
 * /redirect      302 to /do/work
 * /large         200 with more than a load accepts
 * /endless       200 and a body that does not end
 * /once          200, but closes instead of answering the next request
 * /close         closes instead of answering
 * /hang          no answer until the server is freed
 * /sleep/N       200 after N milliseconds, the first time; at once afterwards
 */
typedef struct _LoadServer LoadServer;

LoadServer *load_server_new           (void);
void        load_server_free          (LoadServer *self);
const char *load_server_get_url       (LoadServer *self);
guint       load_server_get_n_requests    (LoadServer *self);
guint       load_server_get_n_connections (LoadServer *self);

/* Method, path and body length of all requests, in the order of arrival.
 * (transfer full) */
GPtrArray  *load_server_dup_requests  (LoadServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LoadServer, load_server_free)

G_END_DECLS
