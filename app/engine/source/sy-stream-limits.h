/* sy-stream-limits.h: what a stream may cost
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-clock.h"
#include "sy-exposition.h"

G_BEGIN_DECLS

typedef struct {
  gint64             head_us;         /* until the connection is made and answered; 10 s */
  gint64             silence_us;      /* without a byte: the peer is gone; 45 s */
  gint64             ping_us;         /* of silence before a WebSocket is asked for a sign of life; 20 s */
  gint64             slot_us;         /* one message is read in each, the last; 20 ms */
  guint              max_messages;    /* a second; more for long is a flood; 200 */
  gsize              max_bytes;       /* a second, likewise; 20 MB */
  guint              flood_seconds;   /* in a row; 10 */
  gsize              max_message;     /* bytes of an event or a message; 1 MiB */
  SyExpositionLimits exposition;
} SyStreamLimits;

extern const SyStreamLimits SY_STREAM_LIMITS_DEFAULT;

G_END_DECLS
