/* sy-sse-parser.c: server-sent events, block by block
 *
 * Lines are collected and taken apart one at a time; of a CRLF the CR ends the
 * line, and the LF is swallowed when it comes, be it in the next block. Names
 * and colons are ASCII, so a line is cut as bytes and only what is kept is made
 * valid UTF-8: a wrong byte cannot join two lines.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-sse-parser.h"

#include <string.h>

#include "sy-error.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define DEFAULT_TYPE "message"

/* More digits are no time that anybody waits. */
#define MAX_RETRY_DIGITS 15

const SySseLimits SY_SSE_LIMITS_DEFAULT = {
  .max_line = 256 * 1024,
  .max_event = 1024 * 1024,
  .max_id = 1024,
};

struct _SySseParser
{
  SySseLimits limits;

  GString    *line;    /* (owned): the bytes of a line that has not ended */
  GString    *data;    /* (owned): of the event so far, each line with its LF */
  GString    *type;    /* (owned): of the event so far */
  GString    *id;      /* (owned): for the event that is being read */
  GString    *last_id; /* (owned): of the last one that was ended by a blank line */
  gint64      retry_ms;
  gboolean    is_first_line;
  gboolean    was_cr;  /* the last byte; an LF now belongs to it */
};

/* Whole characters of a block are kept, wrong bytes are replaced. */
static void
append_valid (GString    *text,
              const char *bytes,
              gsize       length)
{
  g_autofree char *valid = NULL;
  const char *rest = bytes;

  /* NUL is a character here, but ends a string for GLib. */
  while (TRUE)
    {
      const gsize piece = strnlen (rest, length);

      g_free (valid);
      valid = g_utf8_make_valid (rest, (gssize) piece);
      g_string_append (text, valid);
      if (piece == length)
        break;

      g_string_append_c (text, '\0');
      rest += piece + 1;
      length -= piece + 1;
    }
}

static void
take_id (SySseParser *self,
         const char  *value,
         gsize        length)
{
  if (memchr (value, '\0', length) != NULL || length > self->limits.max_id)
    return;

  g_string_truncate (self->id, 0);
  append_valid (self->id, value, length);
}

static void
take_retry (SySseParser *self,
            const char  *value,
            gsize        length)
{
  gint64 ms = 0;

  if (length == 0)
    return;

  while (length > 1 && *value == '0')
    {
      value++;
      length--;
    }

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (value[i]))
      return;

  if (length > MAX_RETRY_DIGITS)
    ms = G_MAXINT64;
  else
    for (gsize i = 0; i < length; i++)
      ms = ms * 10 + (value[i] - '0');

  self->retry_ms = ms;
}

static gboolean
take_data (SySseParser *self,
           const char  *value,
           gsize        length,
           GError     **error)
{
  append_valid (self->data, value, length);
  g_string_append_c (self->data, '\n');

  if (self->data->len - 1 <= self->limits.max_event)
    return TRUE;

  g_set_error (error, SY_ERROR, SY_ERROR_BODY_TOO_LARGE, "an event of more than %" G_GSIZE_FORMAT " bytes",
               self->limits.max_event);
  return FALSE;
}

static gboolean
is_name (const char *name,
         gsize       length,
         const char *expected)
{
  return length == strlen (expected) && memcmp (name, expected, length) == 0;
}

static gboolean
take_field (SySseParser *self,
            const char  *line,
            gsize        length,
            GError     **error)
{
  const char *colon = memchr (line, ':', length);
  const gsize name_length = colon != NULL ? (gsize) (colon - line) : length;
  const char *value = colon != NULL ? colon + 1 : line + length;
  gsize value_length = (gsize) (line + length - value);

  if (value_length > 0 && *value == ' ')
    {
      value++;
      value_length--;
    }

  if (is_name (line, name_length, "data"))
    return take_data (self, value, value_length, error);

  if (is_name (line, name_length, "event"))
    {
      g_string_truncate (self->type, 0);
      append_valid (self->type, value, value_length);
    }
  else if (is_name (line, name_length, "id"))
    {
      take_id (self, value, value_length);
    }
  else if (is_name (line, name_length, "retry"))
    {
      take_retry (self, value, value_length);
    }

  return TRUE;
}

static void
dispatch (SySseParser    *self,
          SySseEventFunc  func,
          gpointer        user_data)
{
  /* Also without an event. */
  g_string_assign (self->last_id, self->id->str);

  if (self->data->len > 0)
    {
      SySseEvent event = {
        .type = self->type->len > 0 ? self->type->str : DEFAULT_TYPE,
        .last_id = self->last_id->str,
      };

      g_string_truncate (self->data, self->data->len - 1);
      event.data = self->data->str;
      event.length = self->data->len;
      func (&event, user_data);
    }

  g_string_truncate (self->data, 0);
  g_string_truncate (self->type, 0);
}

static gboolean
end_line (SySseParser     *self,
          SySseEventFunc   func,
          gpointer         user_data,
          GError         **error)
{
  const char *line = self->line->str;
  gsize length = self->line->len;
  gboolean fits = TRUE;

  if (self->is_first_line && length >= strlen (BYTE_ORDER_MARK)
      && memcmp (line, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    {
      line += strlen (BYTE_ORDER_MARK);
      length -= strlen (BYTE_ORDER_MARK);
    }
  self->is_first_line = FALSE;

  if (length == 0)
    dispatch (self, func, user_data);
  else if (*line != ':')
    fits = take_field (self, line, length, error);

  g_string_truncate (self->line, 0);
  return fits;
}

static gboolean
append_line (SySseParser  *self,
             const char   *bytes,
             gsize         length,
             GError      **error)
{
  if (self->line->len + length > self->limits.max_line)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_BODY_TOO_LARGE, "a line of more than %" G_GSIZE_FORMAT " bytes",
                   self->limits.max_line);
      return FALSE;
    }

  g_string_append_len (self->line, bytes, (gssize) length);
  return TRUE;
}

/* Up to the next CR or LF. */
static gsize
line_length (const char *data,
             gsize       length)
{
  const char *lf = memchr (data, '\n', length);
  const gsize to_lf = lf != NULL ? (gsize) (lf - data) : length;
  const char *cr = memchr (data, '\r', to_lf);

  return cr != NULL ? (gsize) (cr - data) : to_lf;
}

gboolean
sy_sse_parser_push (SySseParser     *self,
                    const char      *data,
                    gsize            length,
                    SySseEventFunc   func,
                    gpointer         user_data,
                    GError         **error)
{
  while (length > 0)
    {
      gsize n;

      if (self->was_cr && *data == '\n')
        {
          data++;
          length--;
        }
      self->was_cr = FALSE;

      n = line_length (data, length);
      if (!append_line (self, data, n, error))
        return FALSE;
      data += n;
      length -= n;
      if (length == 0)
        break;

      self->was_cr = *data == '\r';
      data++;
      length--;
      if (!end_line (self, func, user_data, error))
        return FALSE;
    }

  return TRUE;
}

SySseParser *
sy_sse_parser_new (const SySseLimits *limits,
                   const char        *last_id)
{
  SySseParser *self = g_new0 (SySseParser, 1);

  self->limits = limits != NULL ? *limits : SY_SSE_LIMITS_DEFAULT;
  self->line = g_string_new (NULL);
  self->data = g_string_new (NULL);
  self->type = g_string_new (NULL);
  self->id = g_string_new (last_id);
  self->last_id = g_string_new (last_id);
  self->retry_ms = -1;
  self->is_first_line = TRUE;
  return self;
}

void
sy_sse_parser_free (SySseParser *self)
{
  g_string_free (self->line, TRUE);
  g_string_free (self->data, TRUE);
  g_string_free (self->type, TRUE);
  g_string_free (self->id, TRUE);
  g_string_free (self->last_id, TRUE);
  g_free (self);
}

const char *
sy_sse_parser_get_last_id (SySseParser *self)
{
  return self->last_id->str;
}

gint64
sy_sse_parser_get_retry (SySseParser *self)
{
  return self->retry_ms;
}
