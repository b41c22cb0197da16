/* sy-web-socket.h: one connection that listens
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-stream-limits.h"
#include "sy-web-socket-handshake.h"

G_BEGIN_DECLS

typedef struct {
  GError           *error;    /* why; borrowed */
  SyWebSocketAnswer answer;   /* to the handshake */
  guint             close_code; /* of the server's close frame; 0: it sent none */
} SyWebSocketEnd;

typedef struct {
  SyUrl                *url;         /* borrowed for the call, as the rest */
  SyClock              *clock;
  SyAccess             *access;      /* nullable */
  const SyStreamLimits *limits;
  GCancellable         *cancellable;
} SyWebSocketConfig;

typedef struct {
  void     (*connected) (GSocket *socket, gpointer user_data); /* another thread may shut it down */
  gboolean (*count)     (gsize wire_bytes, gpointer user_data, GError **error); /* FALSE ends it */
  void     (*message)   (const char *data, gsize length, gpointer user_data);
  void     (*control)   (gpointer user_data); /* a ping or pong came */
  void     (*ended)     (const SyWebSocketEnd *end, gpointer user_data); /* once, and last */
} SyWebSocketFuncs;

/**
 * Connects to a ws or wss address in this thread's default context and hears
 * what comes, until the server closes, is silent for too long, breaks the
 * protocol or a limit, or the cancellable is cancelled. Pings are answered; a
 * silent server is pinged. It owns itself: there is nothing to free.
 */
void sy_web_socket_start (const SyWebSocketConfig *config, const SyWebSocketFuncs *funcs, gpointer user_data);

G_END_DECLS
