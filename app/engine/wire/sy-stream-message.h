/* sy-stream-message.h: what a message of a stream is for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SY_STREAM_MESSAGE_METRICS, /* or nobody says that it is not */
  SY_STREAM_MESSAGE_CONTROL, /* greetings, marks, heartbeats */
  SY_STREAM_MESSAGE_BYE,     /* the server will close */
} SyStreamMessageKind;

/* Decides by the name of the event, or where there is none (@name is NULL: a
 * WebSocket) by the member "type" of the outermost JSON object. Looks at no more
 * than it needs; the rest may be broken. */
SyStreamMessageKind sy_stream_message_classify (const char *name, const char *data, gsize length);

G_END_DECLS
