/* sy-event-stream.h: server-sent events to one client
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "sy-reference-metrics.h"

G_BEGIN_DECLS

#define SY_EVENT_STREAM_MAX_PENDING 32
#define SY_EVENT_STREAM_KEEP_ALIVE_S 15

#define SY_TYPE_EVENT_STREAM (sy_event_stream_get_type ())
G_DECLARE_FINAL_TYPE (SyEventStream, sy_event_stream, SY, EVENT_STREAM, GObject)

/**
 * SyEventStream:
 *
 * The answer to a request that wants events (text/event-stream). One event is
 * with the socket; up to 32 wait for it, and then the oldest of them goes and
 * is counted. A comment every 15 s shows that the server lives and finds out
 * whether the client does. Lives as long as its message; belongs to the
 * server's thread. Signal "closed": the client has gone, or the end was sent.
 */

/* Begins the answer to @message; the stream holds on to it until it closes. */
SyEventStream *sy_event_stream_new      (SoupServerMessage *message, SyReferenceMetrics *metrics);

/* Takes one event: @name and @id may be NULL; @data is one line. */
void           sy_event_stream_send     (SyEventStream *self, const char *name, const char *id, const char *data);

/* Takes whole events as they stand, as one. */
void           sy_event_stream_send_raw (SyEventStream *self, const char *text);

/* Calls @func every @interval_ms until the stream closes. */
void           sy_event_stream_every    (SyEventStream *self,
                                         guint          interval_ms,
                                         GSourceFunc    func,
                                         gpointer       user_data,
                                         GDestroyNotify destroy);

/* Says goodbye and ends the answer. */
void           sy_event_stream_end      (SyEventStream *self, const char *reason);

G_END_DECLS
