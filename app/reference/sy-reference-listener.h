/* sy-reference-listener.h: the door of a reference server
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "sy-reference-metrics.h"

G_BEGIN_DECLS

#define SY_REFERENCE_MAX_CONNECTIONS 2000

/**
 * SyReferenceListener:
 *
 * Accepts connections on 127.0.0.1 for a SoupServer, which by itself would
 * neither count nor bound them, nor say when a request began to arrive. Every
 * connection has TCP_NODELAY and an idle timeout; those above the bound are
 * closed at once. Belongs to the server's thread.
 */
typedef struct _SyReferenceListener SyReferenceListener;

/* @port 0 picks a free one. Errors: SY_ERROR_FAILED when the port is taken. */
SyReferenceListener *sy_reference_listener_new      (SoupServer          *server,
                                                     SyReferenceMetrics  *metrics,
                                                     guint                port,
                                                     GError             **error);
void                 sy_reference_listener_free     (SyReferenceListener *self);
guint                sy_reference_listener_get_port (const SyReferenceListener *self);

/* For a request whose head is here: when its first byte came in (monotonic). */
gint64               sy_reference_listener_arrival  (SyReferenceListener *self, SoupServerMessage *message);

/* The socket @message came by, which libsoup does not tell of a connection that
 * was handed to it; NULL once it is closed. Returns: (transfer none) */
GSocket             *sy_reference_listener_find     (SyReferenceListener *self, SoupServerMessage *message);

/* Ends that connection from our side; libsoup then sees a client that has gone. */
void                 sy_reference_listener_cut      (SyReferenceListener *self, SoupServerMessage *message);

/* Ends connections on which a request began before @since_us and is not whole. */
void                 sy_reference_listener_cut_slow (SyReferenceListener *self, gint64 since_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyReferenceListener, sy_reference_listener_free)

G_END_DECLS
