/* sy-json-cursor.c: a walk over a checked JSON document
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The grammar has been checked, so a bracket, a quote or a comma is where it
 * must be. All reads stay within the text even if it was not.
 */
#define G_LOG_DOMAIN "sy-base"

#include "config.h"

#include "sy-json-cursor.h"

#include <string.h>

#define REPLACEMENT 0xfffd

static int
here (const SyJsonCursor *self)
{
  return self->pos < self->length ? (guchar) self->data[self->pos] : -1;
}

static void
skip_blanks (SyJsonCursor *self)
{
  while (self->pos < self->length && memchr (" \t\n\r", self->data[self->pos], 4) != NULL)
    self->pos++;
}

/* Over what separates values inside of a container. */
static void
skip_separators (SyJsonCursor *self)
{
  skip_blanks (self);
  while (here (self) == ',' || here (self) == ':')
    {
      self->pos++;
      skip_blanks (self);
    }
}

/* From behind the opening quote to behind the closing one. */
static void
skip_string (SyJsonCursor *self)
{
  while (self->pos < self->length && here (self) != '"')
    self->pos += here (self) == '\\' ? 2 : 1;

  self->pos = MIN (self->pos + 1, self->length);
}

static gunichar
read_hex (SyJsonCursor *self)
{
  gunichar unit = 0;

  for (guint i = 0; i < 4 && g_ascii_isxdigit (here (self)); i++)
    unit = unit * 16 + (gunichar) g_ascii_xdigit_value (self->data[self->pos++]);

  return unit;
}

/* Behind the backslash. */
static gunichar
read_escape (SyJsonCursor *self)
{
  static const char letters[] = "bfnrt";
  static const char meanings[] = "\b\f\n\r\t";
  const int letter = here (self);
  const char *found = letter > 0 ? strchr (letters, letter) : NULL;
  gunichar unit;

  self->pos++;
  if (found != NULL)
    return (guchar) meanings[found - letters];
  if (letter != 'u')
    return letter > 0 ? (gunichar) letter : REPLACEMENT;

  unit = read_hex (self);
  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      self->pos = MIN (self->pos + strlen ("\\u"), self->length);
      unit = 0x10000 + ((unit - 0xd800) << 10) + ((read_hex (self) - 0xdc00) & 0x3ff);
    }

  return unit != 0 ? unit : REPLACEMENT;
}

void
sy_json_cursor_init (SyJsonCursor *self,
                     const char   *data,
                     gsize         length)
{
  *self = (SyJsonCursor) { data, length, 0 };
}

char
sy_json_cursor_peek (SyJsonCursor *self)
{
  int c;

  skip_separators (self);
  c = here (self);
  if (c < 0)
    return '\0';

  return c == '-' || g_ascii_isdigit (c) ? '0' : (char) c;
}

void
sy_json_cursor_enter (SyJsonCursor *self)
{
  skip_separators (self);
  self->pos = MIN (self->pos + 1, self->length);
}

gboolean
sy_json_cursor_next (SyJsonCursor *self)
{
  skip_separators (self);
  if (here (self) >= 0 && here (self) != ']' && here (self) != '}')
    return TRUE;

  self->pos = MIN (self->pos + 1, self->length);
  return FALSE;
}

gboolean
sy_json_cursor_next_member (SyJsonCursor *self,
                            GString      *name)
{
  if (!sy_json_cursor_next (self))
    return FALSE;

  sy_json_cursor_read_string (self, name);
  skip_separators (self);
  return TRUE;
}

void
sy_json_cursor_skip (SyJsonCursor *self)
{
  guint depth = 0;

  do
    {
      gsize length;
      const char c = sy_json_cursor_peek (self);

      if (c == '\0')
        return;

      if (c == '{' || c == '[')
        depth++;
      else if (c == '}' || c == ']')
        depth--;

      if (c == '"')
        {
          self->pos++;
          skip_string (self);
        }
      else if (strchr ("{}[]", c) != NULL)
        self->pos++;
      else
        sy_json_cursor_read_word (self, &length);
    }
  while (depth > 0);
}

void
sy_json_cursor_read_string (SyJsonCursor *self,
                            GString      *text)
{
  g_string_truncate (text, 0);
  skip_separators (self);
  self->pos = MIN (self->pos + 1, self->length);

  while (self->pos < self->length && here (self) != '"')
    {
      const gsize start = self->pos;

      while (self->pos < self->length && here (self) != '"' && here (self) != '\\')
        self->pos++;
      g_string_append_len (text, self->data + start, (gssize) (self->pos - start));

      if (here (self) == '\\')
        {
          self->pos++;
          g_string_append_unichar (text, read_escape (self));
        }
    }

  self->pos = MIN (self->pos + 1, self->length);
}

const char *
sy_json_cursor_read_word (SyJsonCursor *self,
                          gsize        *length)
{
  gsize start;

  skip_separators (self);
  start = self->pos;
  while (self->pos < self->length && memchr (",:]}[{\" \t\n\r", self->data[self->pos], 11) == NULL)
    self->pos++;
  /* Whatever it is, it is passed. */
  if (self->pos == start && self->pos < self->length)
    self->pos++;

  *length = self->pos - start;
  return self->data + start;
}

void
sy_json_cursor_locate (const SyJsonCursor *self,
                       gsize               pos,
                       guint              *line,
                       guint              *column)
{
  const char *start = self->data;
  const char *at = self->data + MIN (pos, self->length);
  const char *feed;

  *line = 1;
  while (at > start && (feed = memchr (start, '\n', (gsize) (at - start))) != NULL)
    {
      start = feed + 1;
      (*line)++;
    }

  *column = 1 + (guint) g_utf8_strlen (start, at - start);
}
