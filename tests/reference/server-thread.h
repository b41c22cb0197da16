/* server-thread.h: a reference server in a thread of its own, and a plain client
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-reference-server.h"

G_BEGIN_DECLS

typedef struct _ServerThread ServerThread;

ServerThread *server_thread_new      (const SyReferenceOptions *options);
void          server_thread_free     (ServerThread *self);
guint         server_thread_get_port (ServerThread *self);

/* A connection to @port on the loopback. */
GSocketConnection *client_connect    (guint port);

/* Sends @request as it stands and reads to the end of the connection. */
char         *client_talk            (guint port, const char *request);

/* GET @target on a connection of its own: the body, and the status. */
char         *client_get             (guint port, const char *target, guint *status);

/* Reads lines until one begins with @prefix; the rest of that line. */
char         *client_read_until      (GDataInputStream *input, const char *prefix);

/* The text between @before and the next quote or comma. */
char         *client_find_value      (const char *json, const char *before);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ServerThread, server_thread_free)

G_END_DECLS
