/* sy-frame-parser.c: WebSocket frames of a server, block by block
 *
 * libsoup 3.2 reads frames as well, but limits a frame and not a message, reads
 * on for as long as there is something (no timer of its context fires then),
 * and forgets why it closed. So it makes connections, and this reads them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-frame-parser.h"

#include <string.h>

#include "sy-error.h"

#define OPCODE_CONTINUATION 0
#define BIT_FINAL 0x80
#define BITS_RESERVED 0x70
#define BITS_OPCODE 0x0f
#define BIT_MASKED 0x80
#define LENGTH_16 126
#define LENGTH_64 127
#define MAX_HEADER 10
#define MASK_BYTES 4

const SyFrameLimits SY_FRAME_LIMITS_DEFAULT = {
  .max_frame = 1024 * 1024,
  .max_message = 4 * 1024 * 1024,
};

struct _SyFrameParser
{
  SyFrameLimits limits;

  guint8        header[MAX_HEADER];
  guint         n_header;      /* bytes of it so far */
  gboolean      in_payload;
  guint64       n_left;        /* bytes of the payload still to come */
  guint         opcode;        /* of the frame */
  gboolean      is_final;

  GString      *message;       /* (owned): data frames so far */
  GString      *control;       /* (owned) */
  guint         message_opcode; /* 0: no message has begun */
  gboolean      is_closed;
};

static gboolean
is_control (guint opcode)
{
  return opcode >= SY_FRAME_CLOSE;
}

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, SY_ERROR, SY_ERROR_PROTOCOL, why);
  return FALSE;
}

static gboolean
refuse_large (GError     **error,
              const char  *what,
              gsize        limit)
{
  g_set_error (error, SY_ERROR, SY_ERROR_BODY_TOO_LARGE, "a %s of more than %" G_GSIZE_FORMAT " bytes", what, limit);
  return FALSE;
}

static guint
header_length (const SyFrameParser *self)
{
  if (self->n_header < 2)
    return 2;

  switch (self->header[1] & ~BIT_MASKED)
    {
    case LENGTH_16: return 4;
    case LENGTH_64: return 10;
    default: return 2;
    }
}

static guint64
payload_length (const SyFrameParser *self)
{
  const guint n = header_length (self);
  guint64 length = 0;

  if (n == 2)
    return self->header[1] & ~BIT_MASKED;

  for (guint i = 2; i < n; i++)
    length = length << 8 | self->header[i];
  return length;
}

/* The first two bytes are enough for most of what can be wrong. */
static gboolean
check_begin (SyFrameParser  *self,
             GError        **error)
{
  const guint opcode = self->header[0] & BITS_OPCODE;
  const guint short_length = self->header[1] & ~BIT_MASKED;

  self->opcode = opcode;
  self->is_final = (self->header[0] & BIT_FINAL) != 0;

  if ((self->header[0] & BITS_RESERVED) != 0)
    return refuse (error, "a frame with a reserved bit, though no extension was agreed");
  if ((self->header[1] & BIT_MASKED) != 0)
    return refuse (error, "a masked frame: only clients mask");
  if ((opcode > SY_FRAME_BINARY && opcode < SY_FRAME_CLOSE) || opcode > SY_FRAME_PONG)
    return refuse (error, "a frame with a reserved opcode");
  if (is_control (opcode) && (!self->is_final || short_length > SY_FRAME_MAX_CONTROL))
    return refuse (error, "a control frame that is fragmented or longer than 125 bytes");
  if (opcode == OPCODE_CONTINUATION && self->message_opcode == 0)
    return refuse (error, "a continuation of nothing");
  if (opcode != OPCODE_CONTINUATION && !is_control (opcode) && self->message_opcode != 0)
    return refuse (error, "a new message inside another one");

  return TRUE;
}

static gboolean
check_length (SyFrameParser  *self,
              GError        **error)
{
  const guint n = header_length (self);
  const guint64 length = payload_length (self);

  if ((n == 4 && length < LENGTH_16) || (n == 10 && length <= G_MAXUINT16))
    return refuse (error, "a length that is written longer than it is");
  if (length > G_MAXINT64)
    return refuse (error, "a length beyond 63 bits");
  if (length > self->limits.max_frame)
    return refuse_large (error, "frame", self->limits.max_frame);
  if (!is_control (self->opcode) && self->message->len + length > self->limits.max_message)
    return refuse_large (error, "message", self->limits.max_message);

  self->n_left = length;
  return TRUE;
}

static gboolean
may_be_sent (guint code)
{
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

static gboolean
check_text (const GString  *text,
            gsize           from,
            GError        **error)
{
  gsize left = text->len - from;
  const char *p = text->str + from;

  /* NUL is a character of UTF-8, but not for GLib. */
  while (left > 0)
    {
      const gsize piece = strnlen (p, left);

      if (!g_utf8_validate_len (p, piece, NULL))
        {
          g_set_error_literal (error, SY_ERROR, SY_ERROR_DECODE, "a text that is not UTF-8");
          return FALSE;
        }
      p += MIN (piece + 1, left);
      left -= MIN (piece + 1, left);
    }

  return TRUE;
}

static gboolean
end_close (SyFrameParser  *self,
           SyFrameFunc     func,
           gpointer        user_data,
           GError        **error)
{
  const guchar *bytes = (const guchar *) self->control->str;
  SyFrameMessage message = { SY_FRAME_CLOSE, "", 0, SY_FRAME_CLOSE_NO_CODE };

  if (self->control->len == 1)
    return refuse (error, "a close frame with half a code");

  if (self->control->len >= 2)
    {
      message.close_code = (guint) bytes[0] << 8 | bytes[1];
      message.data = self->control->str + 2;
      message.length = self->control->len - 2;
      if (!may_be_sent (message.close_code))
        return refuse (error, "a close code that nobody may send");
      if (!check_text (self->control, 2, error))
        return FALSE;
    }

  self->is_closed = TRUE;
  func (&message, user_data);
  return TRUE;
}

static gboolean
end_frame (SyFrameParser  *self,
           SyFrameFunc     func,
           gpointer        user_data,
           GError        **error)
{
  SyFrameMessage message = { 0 };

  if (self->opcode == SY_FRAME_CLOSE)
    return end_close (self, func, user_data, error);

  if (is_control (self->opcode))
    {
      message = (SyFrameMessage) { (SyFrameKind) self->opcode, self->control->str, self->control->len, 0 };
      func (&message, user_data);
      return TRUE;
    }

  if (self->opcode != OPCODE_CONTINUATION)
    self->message_opcode = self->opcode;
  if (!self->is_final)
    return TRUE;

  if (self->message_opcode == SY_FRAME_TEXT && !check_text (self->message, 0, error))
    return FALSE;

  message = (SyFrameMessage) { (SyFrameKind) self->message_opcode, self->message->str, self->message->len, 0 };
  func (&message, user_data);
  g_string_truncate (self->message, 0);
  self->message_opcode = 0;
  return TRUE;
}

/* Takes what belongs to the header; FALSE: an error. */
static gboolean
take_header (SyFrameParser  *self,
             const char    **data,
             gsize          *length,
             GError        **error)
{
  while (*length > 0 && self->n_header < header_length (self))
    {
      self->header[self->n_header++] = (guint8) **data;
      (*data)++;
      (*length)--;
      if (self->n_header == 2 && !check_begin (self, error))
        return FALSE;
    }

  if (self->n_header < 2 || self->n_header < header_length (self))
    return TRUE;

  self->in_payload = TRUE;
  g_string_truncate (self->control, 0);
  return check_length (self, error);
}

gboolean
sy_frame_parser_push (SyFrameParser  *self,
                      const char     *data,
                      gsize           length,
                      SyFrameFunc     func,
                      gpointer        user_data,
                      GError        **error)
{
  while (!self->is_closed && (length > 0 || (self->in_payload && self->n_left == 0)))
    {
      if (!self->in_payload)
        {
          if (!take_header (self, &data, &length, error))
            return FALSE;
        }
      else
        {
          const gsize n = (gsize) MIN ((guint64) length, self->n_left);

          g_string_append_len (is_control (self->opcode) ? self->control : self->message, data, (gssize) n);
          data += n;
          length -= n;
          self->n_left -= n;
          if (self->n_left > 0)
            break;

          self->in_payload = FALSE;
          self->n_header = 0;
          if (!end_frame (self, func, user_data, error))
            return FALSE;
        }
    }

  return TRUE;
}

gboolean
sy_frame_parser_is_closed (SyFrameParser *self)
{
  return self->is_closed;
}

SyFrameParser *
sy_frame_parser_new (const SyFrameLimits *limits)
{
  SyFrameParser *self = g_new0 (SyFrameParser, 1);

  self->limits = limits != NULL ? *limits : SY_FRAME_LIMITS_DEFAULT;
  self->message = g_string_new (NULL);
  self->control = g_string_new (NULL);
  return self;
}

void
sy_frame_parser_free (SyFrameParser *self)
{
  g_string_free (self->message, TRUE);
  g_string_free (self->control, TRUE);
  g_free (self);
}

guint
sy_frame_close_code (const GError *error)
{
  if (g_error_matches (error, SY_ERROR, SY_ERROR_DECODE))
    return SY_FRAME_CLOSE_BAD_DATA;
  if (g_error_matches (error, SY_ERROR, SY_ERROR_BODY_TOO_LARGE))
    return SY_FRAME_CLOSE_TOO_LARGE;
  if (g_error_matches (error, SY_ERROR, SY_ERROR_PROTOCOL))
    return SY_FRAME_CLOSE_PROTOCOL;

  return SY_FRAME_CLOSE_GOING_AWAY;
}

void
sy_frame_append (GByteArray  *out,
                 SyFrameKind  kind,
                 const char  *data,
                 gsize        length,
                 guint32      mask)
{
  guint8 header[4] = { (guint8) (BIT_FINAL | kind), (guint8) (BIT_MASKED | length) };
  guint8 key[MASK_BYTES];
  guint at;

  g_return_if_fail (length <= G_MAXUINT16);

  if (length > SY_FRAME_MAX_CONTROL)
    {
      header[1] = BIT_MASKED | LENGTH_16;
      header[2] = (guint8) (length >> 8);
      header[3] = (guint8) length;
    }

  memcpy (key, &mask, sizeof key);
  g_byte_array_append (out, header, length > SY_FRAME_MAX_CONTROL ? 4 : 2);
  g_byte_array_append (out, key, sizeof key);

  at = out->len;
  g_byte_array_append (out, (const guint8 *) data, (guint) length);
  for (gsize i = 0; i < length; i++)
    out->data[at + i] ^= key[i % MASK_BYTES];
}

void
sy_frame_append_close (GByteArray *out,
                       guint       code,
                       guint32     mask)
{
  const char body[2] = { (char) (code >> 8), (char) code };

  sy_frame_append (out, SY_FRAME_CLOSE, body, code == SY_FRAME_CLOSE_NO_CODE ? 0 : sizeof body, mask);
}
