/* sy-socket-hub.h: the WebSockets of a reference server
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "sy-reference-listener.h"
#include "sy-reference-sampler.h"

G_BEGIN_DECLS

#define SY_SOCKET_PROTOCOL "steelyard.v1.json"

/**
 * SySocketHub:
 *
 * /steelyard/v1/ws sends the samples, /ws/room/ID says to all of a room what one
 * of it says. A client that does not take what it is sent loses messages, and
 * they are counted; one that answers no ping is closed with 1001. Messages may
 * have 256 KiB; libsoup bounds a frame only, so a message of many fragments is
 * bounded by what the loopback's owner does to himself. Belongs to the server's
 * thread.
 */
typedef struct _SySocketHub SySocketHub;

/* Adds its routes to @server. All arguments must outlive the hub, or at least
 * not run a main context after it. */
SySocketHub *sy_socket_hub_new  (SoupServer          *server,
                                 SyReferenceListener *listener,
                                 SyReferenceSampler  *sampler);

/* Closes what is still open, without a word. */
void         sy_socket_hub_free (SySocketHub *self);

/* Says goodbye to feeds and begins to close all connections. */
void         sy_socket_hub_end  (SySocketHub *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SySocketHub, sy_socket_hub_free)

G_END_DECLS
