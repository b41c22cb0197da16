/* sy-web-socket-source.h: listens to a WebSocket
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-stream-limits.h"
#include "sy-worker-source.h"

G_BEGIN_DECLS

#define SY_TYPE_WEB_SOCKET_SOURCE (sy_web_socket_source_get_type ())
G_DECLARE_FINAL_TYPE (SyWebSocketSource, sy_web_socket_source, SY, WEB_SOCKET_SOURCE, SyWorkerSource)

/**
 * SyWebSocketSource:
 *
 * Messages that are snapshots or expositions are scrapes; others are signs of
 * life. The connection is made again after it ended for any reason but a
 * redirect, a missing credential, a certificate, or a close code by which the
 * server refuses us (1008, 4000 to 4999): those wait for a person.
 */
SySource *sy_web_socket_source_new        (SyUrl *url, SyClock *clock);
void      sy_web_socket_source_set_limits (SyWebSocketSource *self, const SyStreamLimits *limits); /* before start */

G_END_DECLS
