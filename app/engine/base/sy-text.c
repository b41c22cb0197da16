/* sy-text.c: text from outside, made safe to show
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The input becomes a row of pieces: a character, or the escape that stands
 * for one. The cap cuts between pieces, so an escape is shown whole or not at
 * all. Of a long input only both ends are looked at, so the cost is bounded by
 * the cap and not by the peer.
 */
#define G_LOG_DOMAIN "sy-base"

#include "config.h"

#include "sy-text.h"

#include <string.h>

/* More marks than this on one letter are not a language but an attack on the
 * line above; shaping also gets slow. */
#define MAX_MARKS 8

/* Input bytes looked at, at either end, for each character that may be shown. */
#define BYTES_PER_CHAR 16

typedef struct
{
  gsize end_byte;  /* in the text, behind this piece */
  gsize end_chars; /* characters of the text up to there */
} Piece;

typedef struct
{
  GString *text;   /* owned */
  GArray  *pieces; /* owned; of Piece */
  gsize    chars;
} Row;

static void
row_init (Row *row)
{
  row->text = g_string_new (NULL);
  row->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  row->chars = 0;
}

static void
row_clear (Row *row)
{
  g_string_free (row->text, TRUE);
  g_array_unref (row->pieces);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

gboolean
sy_text_is_hidden (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;

    default:
      break;
    }

  /* letters that are drawn as nothing (Hangul fillers), and noncharacters */
  return c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0
         || (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

/* Appends what is shown for @c. */
static void
append_visible (GString  *text,
                gunichar  c)
{
  if (c == '\n')
    g_string_append (text, "\\n");
  else if (c == '\r')
    g_string_append (text, "\\r");
  else if (c == '\t')
    g_string_append (text, "\\t");
  else if (c < 0x20 || c == 0x7f)
    g_string_append_printf (text, "\\x%02x", c);
  else if (c >= 0x80 && c < 0xa0)
    g_string_append_printf (text, "\\u%04x", c);
  else if (sy_text_is_hidden (c))
    g_string_append_printf (text, "<U+%04X>", c);
  else
    g_string_append_unichar (text, c);
}

/* The character at @p, or (gunichar) -1 when the byte there begins none. */
static gunichar
next_char (const char *p,
           const char *end)
{
  gunichar c;

  /* g_utf8_get_char_validated() takes a NUL for the end */
  if (*p == '\0')
    return 0;

  c = g_utf8_get_char_validated (p, end - p);

  return c < 0x110000 ? c : (gunichar) -1;
}

static void
row_append (Row        *row,
            const char *bytes,
            gsize       length)
{
  const char *p = bytes;
  const char *end = bytes + length;
  guint marks = 0;

  while (p < end)
    {
      gunichar c = next_char (p, end);
      gsize before = row->text->len;
      Piece piece;

      if (c == (gunichar) -1)
        {
          g_string_append_printf (row->text, "\\x%02x", (guchar) *p);
          marks = 0;
          p++;
        }
      else
        {
          p += g_unichar_to_utf8 (c, NULL);
          marks = g_unichar_ismark (c) ? marks + 1 : 0;
          if (marks > MAX_MARKS)
            continue;
          append_visible (row->text, c);
        }

      row->chars += (gsize) g_utf8_strlen (row->text->str + before, (gssize) (row->text->len - before));
      piece.end_byte = row->text->len;
      piece.end_chars = row->chars;
      g_array_append_val (row->pieces, piece);
    }
}

/* The bytes of the leading pieces that fit into @budget characters. */
static gsize
head_length (const Row *row,
             gsize      budget)
{
  gsize length = 0;

  for (guint i = 0; i < row->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (row->pieces, Piece, i);

      if (piece->end_chars > budget)
        break;
      length = piece->end_byte;
    }

  return length;
}

/* Where the trailing pieces that fit into @budget characters begin. */
static gsize
tail_start (const Row *row,
            gsize      budget)
{
  for (guint i = row->pieces->len; i > 0; i--)
    {
      const Piece *piece = &g_array_index (row->pieces, Piece, i - 1);

      if (row->chars - piece->end_chars > budget)
        return g_array_index (row->pieces, Piece, i).end_byte;
    }

  return row->chars > budget && row->pieces->len > 0
         ? g_array_index (row->pieces, Piece, 0).end_byte
         : 0;
}

/* An offset at or behind @offset where no character is cut in two. */
static gsize
char_boundary (const char *bytes,
               gsize       length,
               gsize       offset)
{
  for (guint i = 0; i < 4 && offset < length; i++, offset++)
    if (((guchar) bytes[offset] & 0xc0) != 0x80)
      break;

  return offset;
}

char *
sy_display_text (const char *bytes,
                 gssize      length,
                 guint       max_chars)
{
  g_auto (Row) head = { NULL };
  g_auto (Row) tail = { NULL };
  gsize size, keep, budget;
  GString *result;

  row_init (&head);
  row_init (&tail);

  if (bytes == NULL || max_chars == 0)
    return g_strdup ("");

  size = length < 0 ? strlen (bytes) : (gsize) length;
  keep = (gsize) max_chars * BYTES_PER_CHAR;
  budget = (gsize) max_chars - 1;

  if (size <= 2 * keep)
    {
      row_append (&head, bytes, size);
      if (head.chars <= max_chars)
        return g_strndup (head.text->str, head.text->len);
      row_append (&tail, bytes, size);
    }
  else
    {
      gsize cut = char_boundary (bytes, size, size - keep);

      row_append (&head, bytes, char_boundary (bytes, size, keep));
      row_append (&tail, bytes + cut, size - cut);
    }

  result = g_string_new_len (head.text->str, (gssize) head_length (&head, budget - budget / 2));
  g_string_append (result, "…");
  g_string_append (result, tail.text->str + tail_start (&tail, budget / 2));

  return g_string_free (result, FALSE);
}

char *
sy_tty_escape (const char *bytes,
               gssize      length)
{
  g_auto (Row) row = { NULL };

  row_init (&row);

  if (bytes != NULL)
    row_append (&row, bytes, length < 0 ? strlen (bytes) : (gsize) length);

  return g_strndup (row.text->str, row.text->len);
}

void
sy_text_append_label_value (GString    *text,
                            const char *value)
{
  g_string_append_c (text, '"');
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '\n')
        g_string_append (text, "\\n");
      else if (*p == '\\' || *p == '"')
        g_string_append_printf (text, "\\%c", *p);
      else
        g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
}
