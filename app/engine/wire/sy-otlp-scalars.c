/* sy-otlp-scalars.c: proto3's JSON mapping, as far as metrics need it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Written after https://protobuf.dev/programming-guides/json/ and the OTLP
 * specification, section "JSON Protobuf Encoding": int64 and fixed64 are
 * strings, but numbers are accepted; doubles may be "NaN", "Infinity" and
 * "-Infinity"; null is the default value.
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-number.h"
#include "sy-otlp-request-private.h"
#include "sy-text.h"

#define MAX_PATH_SHOWN 160

gboolean
sy_otlp_reader_fail (SyOtlpReader *self,
                     const char   *expected)
{
  g_autofree char *path = sy_display_text (self->path->str, -1, MAX_PATH_SHOWN);
  guint line, column;

  sy_json_cursor_peek (&self->cursor);
  sy_json_cursor_locate (&self->cursor, self->cursor.pos, &line, &column);
  g_clear_error (&self->error);
  self->error = g_error_new (SY_ERROR, SY_ERROR_PARSE, "%u:%u: %s: expected %s", line, column,
                             *path != '\0' ? path : "the request", expected);
  return FALSE;
}

gboolean
sy_otlp_reader_fail_limit (SyOtlpReader *self)
{
  guint line, column;

  sy_json_cursor_locate (&self->cursor, self->cursor.pos, &line, &column);
  self->error = g_error_new (SY_ERROR, SY_ERROR_SAMPLE_LIMIT,
                             "%u:%u: more than %u data points: leave some metrics out with a View of the SDK", line, column,
                             self->limits->max_samples);
  return FALSE;
}

gsize
sy_otlp_reader_enter_member (SyOtlpReader *self,
                             const char   *name)
{
  const gsize before = self->path->len;

  if (before > 0)
    g_string_append_c (self->path, '.');
  g_string_append (self->path, name);
  return before;
}

gsize
sy_otlp_reader_enter_index (SyOtlpReader *self,
                            guint         index)
{
  const gsize before = self->path->len;

  g_string_append_printf (self->path, "[%u]", index);
  return before;
}

void
sy_otlp_reader_leave (SyOtlpReader *self,
                      gsize         length)
{
  g_string_truncate (self->path, length);
}

/* TRUE, and behind it, when null stands here. */
static gboolean
skip_null (SyOtlpReader *self)
{
  if (sy_json_cursor_peek (&self->cursor) != 'n')
    return FALSE;

  sy_json_cursor_skip (&self->cursor);
  return TRUE;
}

gboolean
sy_otlp_reader_open (SyOtlpReader *self,
                     char          kind,
                     gboolean     *is_null)
{
  *is_null = skip_null (self);
  if (*is_null)
    return TRUE;
  if (sy_json_cursor_peek (&self->cursor) != kind)
    return sy_otlp_reader_fail (self, kind == '{' ? "an object" : "a list");

  sy_json_cursor_enter (&self->cursor);
  return TRUE;
}

const char *
sy_otlp_reader_keep (SyOtlpReader *self,
                     const char   *text,
                     gsize         length)
{
  char *copy = sy_arena_alloc (&self->request->arena, length + 1);

  memcpy (copy, text, length);
  copy[length] = '\0';
  return copy;
}

gpointer
sy_otlp_reader_keep_array (SyOtlpReader *self,
                           const GArray *array)
{
  const gsize size = array->len * g_array_get_element_size ((GArray *) array);
  gpointer copy = sy_arena_alloc (&self->request->arena, MAX (size, 1));

  if (size > 0)
    memcpy (copy, array->data, size);
  return copy;
}

gboolean
sy_otlp_reader_text (SyOtlpReader  *self,
                     const char   **ret)
{
  *ret = "";
  if (skip_null (self))
    return TRUE;
  if (sy_json_cursor_peek (&self->cursor) != '"')
    return sy_otlp_reader_fail (self, "a string");

  sy_json_cursor_read_string (&self->cursor, self->text);
  *ret = sy_otlp_reader_keep (self, self->text->str, self->text->len);
  return TRUE;
}

/* The number here, bare or in quotes, in @text. */
static gboolean
read_number_text (SyOtlpReader *self)
{
  const char kind = sy_json_cursor_peek (&self->cursor);
  const char *word;
  gsize length;

  if (kind == '"')
    {
      sy_json_cursor_read_string (&self->cursor, self->text);
      return TRUE;
    }
  if (kind != '0')
    return FALSE;

  word = sy_json_cursor_read_word (&self->cursor, &length);
  g_string_truncate (self->text, 0);
  g_string_append_len (self->text, word, (gssize) length);
  return TRUE;
}

gboolean
sy_otlp_reader_double (SyOtlpReader *self,
                       double       *ret)
{
  const gsize start = self->cursor.pos;

  *ret = 0;
  g_string_truncate (self->text, 0);
  if (skip_null (self))
    return TRUE;
  if (read_number_text (self) && sy_number_parse_all (self->text->str, self->text->len, ret))
    return TRUE;

  self->cursor.pos = start;
  return sy_otlp_reader_fail (self, "a number");
}

gboolean
sy_otlp_reader_integer (SyOtlpReader *self,
                        gint64       *ret)
{
  double value;

  if (!sy_otlp_reader_double (self, &value))
    return FALSE;

  /* Times are beyond what a double holds exactly. */
  if (self->text->len == 0 || !g_ascii_string_to_signed (self->text->str, 10, G_MININT64, G_MAXINT64, ret, NULL))
    *ret = isnan (value) ? 0 : value >= (double) G_MAXINT64 ? G_MAXINT64 : value <= (double) G_MININT64 ? G_MININT64 : (gint64) value;
  return TRUE;
}

gboolean
sy_otlp_reader_bool (SyOtlpReader *self,
                     gboolean     *ret)
{
  const char kind = sy_json_cursor_peek (&self->cursor);

  *ret = kind == 't';
  if (kind != 't' && kind != 'f' && kind != 'n')
    return sy_otlp_reader_fail (self, "true or false");

  sy_json_cursor_skip (&self->cursor);
  return TRUE;
}

gboolean
sy_otlp_reader_doubles (SyOtlpReader  *self,
                        const double **ret,
                        guint         *n)
{
  gboolean is_null;

  g_array_set_size (self->numbers, 0);
  if (!sy_otlp_reader_open (self, '[', &is_null))
    return FALSE;

  while (!is_null && sy_json_cursor_next (&self->cursor))
    {
      const gsize before = sy_otlp_reader_enter_index (self, self->numbers->len);
      double value;

      if (!sy_otlp_reader_double (self, &value))
        return FALSE;
      g_array_append_val (self->numbers, value);
      sy_otlp_reader_leave (self, before);
    }

  *ret = sy_otlp_reader_keep_array (self, self->numbers);
  *n = self->numbers->len;
  return TRUE;
}
