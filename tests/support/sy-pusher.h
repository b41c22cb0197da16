/* sy-pusher.h: a program that pushes, well or badly
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A port of the loopback that nobody had a moment ago. */
guint16      sy_pusher_find_port (void);

/* Sends @length bytes as they are to @port and reads until the other side
 * closes. Returns: (transfer full): the answer, "" for none */
char        *sy_pusher_send      (guint16 port, const char *bytes, gsize length);

/* POSTs @body as application/json. @headers (nullable): more lines, each with
 * its line end. As above. */
char        *sy_pusher_push      (guint16 port, const char *headers, GBytes *body);

/* A push of @service: http.server.request.duration with @count requests, all
 * below 0.1 s, counted since @start_s and told at @time_s (Unix time). Returns:
 * (transfer full) */
GBytes      *sy_pusher_make      (const char *service, guint count, gint64 start_s, gint64 time_s);

/* A connection that is open and has sent @bytes. (transfer full) */
GIOStream   *sy_pusher_open      (guint16 port, const char *bytes);

/* The same, from a port of one of the loopback's addresses. (transfer full) */
GIOStream   *sy_pusher_open_from (guint16 port, const char *local_address, guint16 local_port, const char *bytes);

/* Sends more. What the other side does not want any more is its business. */
void         sy_pusher_write     (GIOStream *stream, const char *bytes, gsize length);

/* Reads what comes until the other side closes. */
char        *sy_pusher_finish    (GIOStream *stream);

G_END_DECLS
