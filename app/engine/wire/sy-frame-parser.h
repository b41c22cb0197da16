/* sy-frame-parser.h: WebSocket frames of a server, block by block
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gsize max_frame;   /* bytes of payload; 1 MiB */
  gsize max_message; /* of all frames of one message; 4 MiB */
} SyFrameLimits;

extern const SyFrameLimits SY_FRAME_LIMITS_DEFAULT;

/* The opcodes of RFC 6455, section 5.2. */
typedef enum {
  SY_FRAME_TEXT = 1,
  SY_FRAME_BINARY = 2,
  SY_FRAME_CLOSE = 8,
  SY_FRAME_PING = 9,
  SY_FRAME_PONG = 10,
} SyFrameKind;

#define SY_FRAME_MAX_CONTROL 125

/* Close codes that are ours to send. */
#define SY_FRAME_CLOSE_NORMAL 1000
#define SY_FRAME_CLOSE_GOING_AWAY 1001
#define SY_FRAME_CLOSE_PROTOCOL 1002
#define SY_FRAME_CLOSE_BAD_DATA 1007
#define SY_FRAME_CLOSE_POLICY 1008
#define SY_FRAME_CLOSE_TOO_LARGE 1009

/* Stands for a close frame without a code, and is never sent. */
#define SY_FRAME_CLOSE_NO_CODE 1005

/* A whole message or one control frame; valid during the call. */
typedef struct {
  SyFrameKind kind;
  const char *data;       /* NUL-terminated beyond @length; of a close frame, its reason */
  gsize       length;
  guint       close_code; /* of a close frame */
} SyFrameMessage;

typedef void (*SyFrameFunc) (const SyFrameMessage *message, gpointer user_data);

/**
 * SyFrameParser:
 *
 * What a client receives, by RFC 6455 to the letter: masked, reserved,
 * overlong or misplaced frames are errors, texts and reasons must be UTF-8, no
 * more than the limits is ever kept, and nothing follows a close frame.
 */
typedef struct _SyFrameParser SyFrameParser;

SyFrameParser *sy_frame_parser_new       (const SyFrameLimits *limits); /* NULL: the default */
void           sy_frame_parser_free      (SyFrameParser *self);

/* Errors: SY_ERROR_PROTOCOL, SY_ERROR_DECODE (not UTF-8), SY_ERROR_BODY_TOO_LARGE;
 * the parser is of no use then. */
gboolean       sy_frame_parser_push      (SyFrameParser *self, const char *data, gsize length, SyFrameFunc func,
                                          gpointer user_data, GError **error);

/* TRUE after a close frame: what follows is not read. */
gboolean       sy_frame_parser_is_closed (SyFrameParser *self);

/* The close code that says what @error of the above is. */
guint          sy_frame_close_code       (const GError *error);

/* Appends one unfragmented frame as clients send them, masked by @mask.
 * @length is at most 64 KiB - 1. */
void           sy_frame_append           (GByteArray *out, SyFrameKind kind, const char *data, gsize length, guint32 mask);

/* Likewise a close frame; without a body for SY_FRAME_CLOSE_NO_CODE. */
void           sy_frame_append_close     (GByteArray *out, guint code, guint32 mask);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyFrameParser, sy_frame_parser_free)

G_END_DECLS
