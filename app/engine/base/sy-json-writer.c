/* sy-json-writer.c: JSON out that is valid
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-base"

#include "config.h"

#include "sy-json-writer.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "sy-text.h"

/* What may come next. */
typedef enum {
  PLACE_DOCUMENT, /* one value */
  PLACE_ARRAY,    /* values */
  PLACE_OBJECT,   /* a key */
  PLACE_MEMBER,   /* the value of a key */
} Place;

typedef struct
{
  Place place;
  guint count; /* of members so far */
} Level;

struct _SyJsonWriter
{
  GString *text;   /* owned */
  GArray  *levels; /* owned; of Level, the document first */
};

static Level *
innermost (SyJsonWriter *self)
{
  return &g_array_index (self->levels, Level, self->levels->len - 1);
}

static void
push_level (SyJsonWriter *self,
            Place         place)
{
  Level level = { place, 0 };

  g_array_append_val (self->levels, level);
}

/* Every value passes here first: a comma where one is due, and the mistakes of
 * a caller. */
static gboolean
begin_value (SyJsonWriter *self)
{
  Level *level = innermost (self);

  g_return_val_if_fail (level->place != PLACE_OBJECT, FALSE);
  g_return_val_if_fail (level->place != PLACE_DOCUMENT || level->count == 0, FALSE);

  if (level->place == PLACE_ARRAY && level->count > 0)
    g_string_append_c (self->text, ',');

  if (level->place == PLACE_MEMBER)
    level->place = PLACE_OBJECT;

  level->count++;

  return TRUE;
}

static void
append_escape (GString  *text,
               gunichar  c)
{
  switch (c)
    {
    case '"':
      g_string_append (text, "\\\"");
      break;
    case '\\':
      g_string_append (text, "\\\\");
      break;
    case '\n':
      g_string_append (text, "\\n");
      break;
    case '\r':
      g_string_append (text, "\\r");
      break;
    case '\t':
      g_string_append (text, "\\t");
      break;
    default:
      if (c >= 0x10000)
        g_string_append_printf (text, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + (c & 0x3ff));
      else
        g_string_append_printf (text, "\\u%04x", c);
    }
}

/* Hidden characters are escaped too: nothing is lost, and a terminal that shows
 * the document shows what it holds. */
static void
append_string (GString    *text,
               const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  g_string_append_c (text, '"');
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '"' || c == '\\' || sy_text_is_hidden (c))
        append_escape (text, c);
      else
        g_string_append_len (text, p, g_utf8_next_char (p) - p);
    }
  g_string_append_c (text, '"');
}

/* 15 digits always survive the way there and back in decimal, 17 in binary.
 * Denormal numbers have fewer bits, so fewer digits may do. */
static void
append_finite (GString *text,
               double   value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char format[8];

  if (value == trunc (value) && fabs (value) < 0x1p53 && !(value == 0 && signbit (value)))
    {
      g_string_append_printf (text, "%" G_GINT64_FORMAT, (gint64) value);
      return;
    }

  if (value == 0)
    {
      g_string_append (text, "-0.0");
      return;
    }

  for (int digits = fabs (value) < DBL_MIN ? 1 : 15; digits <= 17; digits++)
    {
      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }

  g_string_append (text, buffer);
}

static void
end_level (SyJsonWriter *self,
           Place         place,
           char          bracket)
{
  g_return_if_fail (innermost (self)->place == place);

  g_array_set_size (self->levels, self->levels->len - 1);
  g_string_append_c (self->text, bracket);
}

SyJsonWriter *
sy_json_writer_new (void)
{
  SyJsonWriter *self = g_new0 (SyJsonWriter, 1);

  self->text = g_string_new (NULL);
  self->levels = g_array_new (FALSE, FALSE, sizeof (Level));
  push_level (self, PLACE_DOCUMENT);

  return self;
}

void
sy_json_writer_free (SyJsonWriter *self)
{
  if (self == NULL)
    return;

  g_string_free (self->text, TRUE);
  g_array_unref (self->levels);
  g_free (self);
}

void
sy_json_writer_begin_object (SyJsonWriter *self)
{
  if (!begin_value (self))
    return;

  g_string_append_c (self->text, '{');
  push_level (self, PLACE_OBJECT);
}

void
sy_json_writer_end_object (SyJsonWriter *self)
{
  end_level (self, PLACE_OBJECT, '}');
}

void
sy_json_writer_begin_array (SyJsonWriter *self)
{
  if (!begin_value (self))
    return;

  g_string_append_c (self->text, '[');
  push_level (self, PLACE_ARRAY);
}

void
sy_json_writer_end_array (SyJsonWriter *self)
{
  end_level (self, PLACE_ARRAY, ']');
}

void
sy_json_writer_key (SyJsonWriter *self,
                    const char   *key)
{
  Level *level = innermost (self);

  g_return_if_fail (key != NULL);
  g_return_if_fail (level->place == PLACE_OBJECT);

  if (level->count > 0)
    g_string_append_c (self->text, ',');

  append_string (self->text, key);
  g_string_append_c (self->text, ':');
  level->place = PLACE_MEMBER;
}

void
sy_json_writer_string (SyJsonWriter *self,
                       const char   *value)
{
  if (value == NULL)
    sy_json_writer_null (self);
  else if (begin_value (self))
    append_string (self->text, value);
}

void
sy_json_writer_double (SyJsonWriter *self,
                       double        value)
{
  if (!begin_value (self))
    return;

  if (isnan (value))
    g_string_append (self->text, "\"NaN\"");
  else if (isinf (value))
    g_string_append (self->text, value > 0 ? "\"+Inf\"" : "\"-Inf\"");
  else
    append_finite (self->text, value);
}

void
sy_json_writer_int (SyJsonWriter *self,
                    gint64        value)
{
  if (begin_value (self))
    g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
}

void
sy_json_writer_bool (SyJsonWriter *self,
                     gboolean      value)
{
  if (begin_value (self))
    g_string_append (self->text, value ? "true" : "false");
}

void
sy_json_writer_null (SyJsonWriter *self)
{
  if (begin_value (self))
    g_string_append (self->text, "null");
}

void
sy_json_writer_member_string (SyJsonWriter *self,
                              const char   *key,
                              const char   *value)
{
  sy_json_writer_key (self, key);
  sy_json_writer_string (self, value);
}

void
sy_json_writer_member_double (SyJsonWriter *self,
                              const char   *key,
                              double        value)
{
  sy_json_writer_key (self, key);
  sy_json_writer_double (self, value);
}

void
sy_json_writer_member_int (SyJsonWriter *self,
                           const char   *key,
                           gint64        value)
{
  sy_json_writer_key (self, key);
  sy_json_writer_int (self, value);
}

void
sy_json_writer_member_bool (SyJsonWriter *self,
                            const char   *key,
                            gboolean      value)
{
  sy_json_writer_key (self, key);
  sy_json_writer_bool (self, value);
}

void
sy_json_writer_member_null (SyJsonWriter *self,
                            const char   *key)
{
  sy_json_writer_key (self, key);
  sy_json_writer_null (self);
}

char *
sy_json_writer_finish (SyJsonWriter *self)
{
  char *text;

  g_return_val_if_fail (self->levels->len == 1 && innermost (self)->count == 1, NULL);

  text = g_string_free (self->text, FALSE);
  self->text = g_string_new (NULL);
  innermost (self)->count = 0;

  return text;
}

void
sy_json_writer_member_interval (SyJsonWriter *self,
                                const char   *key,
                                double        low,
                                double        high)
{
  sy_json_writer_key (self, key);
  sy_json_writer_begin_array (self);
  sy_json_writer_double (self, low);
  sy_json_writer_double (self, high);
  sy_json_writer_end_array (self);
}

void
sy_json_writer_member_strings (SyJsonWriter    *self,
                               const char      *key,
                               const GPtrArray *strings)
{
  sy_json_writer_key (self, key);
  sy_json_writer_begin_array (self);
  for (guint i = 0; strings != NULL && i < strings->len; i++)
    sy_json_writer_string (self, g_ptr_array_index (strings, i));
  sy_json_writer_end_array (self);
}
