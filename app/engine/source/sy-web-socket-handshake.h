/* sy-web-socket-handshake.h: how a connection becomes a WebSocket
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-access.h"

G_BEGIN_DECLS

/* The subprotocol of the reference servers; others may ignore it. */
#define SY_WEB_SOCKET_PROTOCOL "steelyard.v1.json"

/* A nonce for one handshake: 16 random bytes in base64. (transfer full) */
char     *sy_web_socket_dup_key   (void);

/* The request for @url, its blank line included, with the credential of @access
 * (nullable) when that is for @url's origin. Free it with sy_credential_wipe(). */
char     *sy_web_socket_request   (SyUrl *url, const SyAccess *access, const char *key);

typedef struct {
  guint  status;         /* 0: that was not HTTP */
  gint64 retry_after_us; /* what the server asked for, 0: nothing */
} SyWebSocketAnswer;

/* Whether @head (an answer up to and with its blank line) accepts the request
 * with @key, by RFC 6455, section 4.1. FALSE sets @error: SY_ERROR_PROTOCOL,
 * _HTTP_STATUS, _REDIRECT_BLOCKED. @answer is filled in either case. */
gboolean  sy_web_socket_check     (SyUrl *url, const char *key, const char *head, gsize length,
                                   SyWebSocketAnswer *answer, GError **error);

G_END_DECLS
