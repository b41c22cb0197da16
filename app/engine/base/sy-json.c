/* sy-json.c: the guard before json-glib
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pushdown automaton over RFC 8259: what may come next is a state, what is
 * open is an array of levels, nothing recurses. The text is checked and not
 * kept, except for the names of the objects that are open.
 */
#define G_LOG_DOMAIN "sy-base"

#include "config.h"

#include "sy-json.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-json-keys.h"

const SyJsonLimits SY_JSON_LIMITS_DEFAULT = {
  .max_bytes = 8 * 1024 * 1024,
  .max_depth = 64,
  .max_string = 64 * 1024,
  .max_members = 100000,
};

/* Our own numbers are far shorter; a longer one cannot be told apart from its
 * neighbours in a double. */
#define MAX_NUMBER 512

typedef struct
{
  gboolean is_object;
  guint    members;
  gsize    first_key;
} Level;

typedef struct
{
  const char         *data; /* borrowed */
  gsize               length;
  gsize               pos;
  const SyJsonLimits *limits; /* borrowed */
  GArray             *levels; /* owned; of Level */
  SyJsonKeys         *keys;   /* owned */

  gsize               fault_at;
  char               *fault; /* owned; NULL while all is well */
} Guard;

static gboolean fail (Guard *guard, gsize offset, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Always FALSE, for `return fail (...)`. */
static gboolean
fail (Guard      *guard,
      gsize       offset,
      const char *format,
      ...)
{
  va_list args;

  va_start (args, format);
  guard->fault = g_strdup_vprintf (format, args);
  va_end (args);
  guard->fault_at = offset;

  return FALSE;
}

static int
peek (const Guard *guard)
{
  return guard->pos < guard->length ? (guchar) guard->data[guard->pos] : -1;
}

/* "expected WHAT" at the position, with what stands there instead. */
static gboolean
fail_expected (Guard      *guard,
               const char *what)
{
  int c = peek (guard);

  if (c < 0)
    return fail (guard, guard->pos, "expected %s, found the end", what);
  if (g_ascii_isgraph (c))
    return fail (guard, guard->pos, "expected %s, found %c", what, c);
  if (c < 0x80)
    return fail (guard, guard->pos, "expected %s, found \\x%02x", what, (guint) c);

  return fail (guard, guard->pos, "expected %s, found U+%04X", what,
               g_utf8_get_char (guard->data + guard->pos));
}

static void
skip_blanks (Guard *guard)
{
  while (guard->pos < guard->length && memchr (" \t\n\r", guard->data[guard->pos], 4) != NULL)
    guard->pos++;
}

static gboolean
check_literal (Guard      *guard,
               const char *word)
{
  gsize length = strlen (word);

  if (guard->length - guard->pos < length || memcmp (guard->data + guard->pos, word, length) != 0)
    return fail_expected (guard, "a value");

  guard->pos += length;

  return TRUE;
}

static gsize
skip_digits (Guard *guard)
{
  gsize start = guard->pos;

  while (g_ascii_isdigit (peek (guard)))
    guard->pos++;

  return guard->pos - start;
}

/* json-glib reads integers with strtoll and the rest with strtod, and looks at
 * neither for overflow. */
static gboolean
check_range (Guard    *guard,
             gsize     start,
             gboolean  is_integer)
{
  char text[MAX_NUMBER + 1];
  gsize length = guard->pos - start;

  if (length > MAX_NUMBER)
    return fail (guard, start, "a number of %" G_GSIZE_FORMAT " characters, at most %d are read", length, MAX_NUMBER);

  memcpy (text, guard->data + start, length);
  text[length] = '\0';

  if (is_integer && !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, NULL, NULL))
    return fail (guard, start, "an integer outside of 64 bits");
  if (!is_integer && isinf (g_ascii_strtod (text, NULL)))
    return fail (guard, start, "a number beyond what a double holds");

  return TRUE;
}

static gboolean
check_number (Guard *guard)
{
  gsize start = guard->pos;
  gboolean is_integer = TRUE;

  if (peek (guard) == '-')
    guard->pos++;

  if (peek (guard) == '0')
    guard->pos++;
  else if (skip_digits (guard) == 0)
    return fail_expected (guard, "a digit");

  if (g_ascii_isdigit (peek (guard)))
    return fail (guard, start, "a number begins with a needless 0");

  if (peek (guard) == '.')
    {
      is_integer = FALSE;
      guard->pos++;
      if (skip_digits (guard) == 0)
        return fail_expected (guard, "a digit");
    }

  if (peek (guard) == 'e' || peek (guard) == 'E')
    {
      is_integer = FALSE;
      guard->pos++;
      if (peek (guard) == '+' || peek (guard) == '-')
        guard->pos++;
      if (skip_digits (guard) == 0)
        return fail_expected (guard, "a digit");
    }

  return check_range (guard, start, is_integer);
}

/* The four digits of a \u escape. */
static gboolean
check_hex (Guard    *guard,
           gunichar *unit)
{
  *unit = 0;

  for (guint i = 0; i < 4; i++)
    {
      if (!g_ascii_isxdigit (peek (guard)))
        return fail_expected (guard, "four hexadecimal digits");
      *unit = *unit * 16 + (gunichar) g_ascii_xdigit_value ((char) peek (guard));
      guard->pos++;
    }

  return TRUE;
}

/* What follows a backslash; @c is the character it stands for. */
static gboolean
check_escape (Guard    *guard,
              gunichar *c)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  gsize start = guard->pos - 1;
  const char *letter;
  gunichar low;

  if (peek (guard) == 'u')
    {
      guard->pos++;
      if (!check_hex (guard, c))
        return FALSE;
      if (*c < 0xd800 || *c > 0xdfff)
        return TRUE;

      if (*c > 0xdbff || guard->length - guard->pos < 2 || memcmp (guard->data + guard->pos, "\\u", 2) != 0)
        return fail (guard, start, "half of a surrogate pair");
      guard->pos += 2;
      if (!check_hex (guard, &low))
        return FALSE;
      if (low < 0xdc00 || low > 0xdfff)
        return fail (guard, start, "half of a surrogate pair");

      *c = 0x10000 + ((*c - 0xd800) << 10) + (low - 0xdc00);
      return TRUE;
    }

  letter = peek (guard) > 0 ? strchr (letters, peek (guard)) : NULL;
  if (letter == NULL)
    return fail_expected (guard, "an escape");

  *c = (guchar) meanings[letter - letters];
  guard->pos++;

  return TRUE;
}

/* A string that begins at the quote; @is_key keeps its text for the search for
 * duplicates. */
static gboolean
check_string (Guard    *guard,
              gboolean  is_key)
{
  gsize start = guard->pos++;
  gsize bytes = 0;

  if (is_key)
    sy_json_keys_begin (guard->keys, start);

  while (peek (guard) != '"')
    {
      gsize chunk = guard->pos;
      char utf8[6];
      int width;
      gunichar c;

      while (peek (guard) >= 0x20 && peek (guard) != '"' && peek (guard) != '\\')
        guard->pos++;

      bytes += guard->pos - chunk;
      if (is_key)
        sy_json_keys_append (guard->keys, guard->data + chunk, guard->pos - chunk);

      if (peek (guard) == '\\')
        {
          guard->pos++;
          if (!check_escape (guard, &c))
            return FALSE;
          width = g_unichar_to_utf8 (c, utf8);
          bytes += (gsize) width;
          if (is_key)
            sy_json_keys_append (guard->keys, utf8, (gsize) width);
        }
      else if (peek (guard) != '"')
        {
          return fail_expected (guard, "a character of a string");
        }

      if (bytes > guard->limits->max_string)
        return fail (guard, start, "a string of more than %" G_GSIZE_FORMAT " bytes", guard->limits->max_string);
    }

  guard->pos++;

  return TRUE;
}

static Level *
innermost (Guard *guard)
{
  return guard->levels->len > 0 ? &g_array_index (guard->levels, Level, guard->levels->len - 1) : NULL;
}

static gboolean
open_level (Guard    *guard,
            gboolean  is_object)
{
  Level level = { .is_object = is_object, .first_key = sy_json_keys_open (guard->keys) };

  if (guard->levels->len >= guard->limits->max_depth)
    return fail (guard, guard->pos, "nested deeper than %u", guard->limits->max_depth);

  g_array_append_val (guard->levels, level);
  guard->pos++;

  return TRUE;
}

static gboolean
close_level (Guard *guard)
{
  gsize duplicate;

  if (!sy_json_keys_close (guard->keys, innermost (guard)->first_key, &duplicate))
    return fail (guard, duplicate, "this name is in the object already");

  g_array_set_size (guard->levels, guard->levels->len - 1);
  guard->pos++;

  return TRUE;
}

/* A scalar whole, or the opening bracket of a container. */
static gboolean
check_value (Guard *guard)
{
  switch (peek (guard))
    {
    case '{':
      return open_level (guard, TRUE);
    case '[':
      return open_level (guard, FALSE);
    case '"':
      return check_string (guard, FALSE);
    case 't':
      return check_literal (guard, "true");
    case 'f':
      return check_literal (guard, "false");
    case 'n':
      return check_literal (guard, "null");
    default:
      if (peek (guard) == '-' || g_ascii_isdigit (peek (guard)))
        return check_number (guard);
      return fail_expected (guard, "a value");
    }
}

/* One more member: its name and colon if the level is an object, its value. */
static gboolean
check_member (Guard *guard,
              Level *level)
{
  if (++level->members > guard->limits->max_members)
    return fail (guard, guard->pos, "more than %u members", guard->limits->max_members);

  if (level->is_object)
    {
      if (peek (guard) != '"')
        return fail_expected (guard, "a name in double quotes");
      if (!check_string (guard, TRUE))
        return FALSE;

      skip_blanks (guard);
      if (peek (guard) != ':')
        return fail_expected (guard, "a colon");
      guard->pos++;
      skip_blanks (guard);
    }

  return check_value (guard);
}

/* Inside of @level, behind its bracket or behind a member. */
static gboolean
check_in_level (Guard *guard,
                Level *level)
{
  int closing = level->is_object ? '}' : ']';

  if (peek (guard) == closing)
    return close_level (guard);

  if (level->members == 0)
    return check_member (guard, level);

  if (peek (guard) != ',')
    return fail_expected (guard, level->is_object ? "a comma or }" : "a comma or ]");

  guard->pos++;
  skip_blanks (guard);

  return check_member (guard, level);
}

static gboolean
check_document (Guard *guard)
{
  const char *bad;
  Level *level;

  if (guard->length > guard->limits->max_bytes)
    return fail (guard, 0, "%" G_GSIZE_FORMAT " bytes, at most %" G_GSIZE_FORMAT " are read",
                 guard->length, guard->limits->max_bytes);

  if (!g_utf8_validate_len (guard->data, guard->length, &bad))
    return fail (guard, (gsize) (bad - guard->data), "not UTF-8 text: \\x%02x", (guchar) *bad);

  skip_blanks (guard);
  if (peek (guard) < 0)
    return fail (guard, guard->pos, "there is no document");
  if (!check_value (guard))
    return FALSE;

  for (skip_blanks (guard); (level = innermost (guard)) != NULL; skip_blanks (guard))
    if (!check_in_level (guard, level))
      return FALSE;

  if (peek (guard) >= 0)
    return fail_expected (guard, "the end of the document");

  return TRUE;
}

/* Lines end with a line feed; columns count characters. Both begin at 1. The
 * bytes before a fault are UTF-8, or the fault would be earlier. */
static void
set_error (const Guard  *guard,
           GError      **error)
{
  const char *line = guard->data;
  const char *at = guard->data + guard->fault_at;
  const char *feed;
  guint number = 1;

  while (at > line && (feed = memchr (line, '\n', (gsize) (at - line))) != NULL)
    {
      line = feed + 1;
      number++;
    }

  g_set_error (error, SY_ERROR, SY_ERROR_PARSE, "%u:%ld: %s",
               number, 1 + g_utf8_strlen (line, at - line), guard->fault);
}

gboolean
sy_json_check (const char          *data,
               gsize                length,
               const SyJsonLimits  *limits,
               GError             **error)
{
  Guard guard = {
    .data = data != NULL ? data : "",
    .length = data != NULL ? length : 0,
    .limits = limits != NULL ? limits : &SY_JSON_LIMITS_DEFAULT,
    .levels = g_array_new (FALSE, FALSE, sizeof (Level)),
    .keys = sy_json_keys_new (),
  };
  gboolean valid = check_document (&guard);

  if (!valid)
    set_error (&guard, error);

  g_array_unref (guard.levels);
  sy_json_keys_free (guard.keys);
  g_free (guard.fault);

  return valid;
}
