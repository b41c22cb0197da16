/* sy-http-tls.h: whether a server's certificate is the one we want
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "sy-access.h"

G_BEGIN_DECLS

/* Watches the handshake of @message by @access (nullable: the system's rules),
 * and cancels @cancellable before a byte of the request is written when the
 * certificate is not the pinned one. */
void    sy_http_tls_watch   (SoupMessage *message, SyAccess *access, GCancellable *cancellable);

/* Likewise for connections that are not libsoup's. */
void    sy_http_tls_watch_client (GSocketClient *client, SyAccess *access, GCancellable *cancellable);

/* Why the certificate was refused, in words and with its fingerprint; NULL when
 * it was not. @watched: the message or client. (transfer full) (nullable) */
GError *sy_http_tls_explain (GObject *watched, const SyUrl *url);

/* Whether the server asked for a certificate of ours and got none. */
gboolean sy_http_tls_lacks_own (SoupMessage *message);

G_END_DECLS
