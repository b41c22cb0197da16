/* sy-csv-reader.c: comma-separated values in
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-base"

#include "config.h"

#include "sy-csv-reader.h"

#include <string.h>

#include "sy-error.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

gboolean
sy_csv_reader_init (SyCsvReader *self,
                    const char  *text,
                    gsize        length,
                    GError     **error)
{
  const char *bad;

  *self = (SyCsvReader){ text, text + length, 0, 1 };

  if (length > SY_CSV_MAX_BYTES)
    {
      g_autofree char *limit = g_format_size (SY_CSV_MAX_BYTES);

      g_set_error (error, SY_ERROR, SY_ERROR_BODY_TOO_LARGE, "more than %s", limit);
      return FALSE;
    }

  if (!g_utf8_validate_len (text, length, &bad))
    {
      guint line = 1;

      for (const char *c = text; c < bad; c++)
        line += *c == '\n';
      g_set_error (error, SY_ERROR, SY_ERROR_PARSE, "%u:1: this is not UTF-8 text", line);
      return FALSE;
    }

  if (length >= strlen (BYTE_ORDER_MARK) && memcmp (text, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    self->at += strlen (BYTE_ORDER_MARK);

  return TRUE;
}

static gboolean
at_line_end (const SyCsvReader *self)
{
  return self->at < self->end
         && (*self->at == '\n' || (*self->at == '\r' && self->at + 1 < self->end && self->at[1] == '\n'));
}

static void
skip_line_end (SyCsvReader *self)
{
  if (!at_line_end (self))
    return;

  self->at += *self->at == '\r' ? 2 : 1;
  self->next_line++;
}

static void
skip_comments (SyCsvReader *self)
{
  while (self->at < self->end && (at_line_end (self) || *self->at == '#'))
    {
      while (self->at < self->end && !at_line_end (self))
        self->at++;
      skip_line_end (self);
    }
}

/* What stands between quotes; the first one was read. */
static gboolean
read_quoted (SyCsvReader *self,
             GString     *cell,
             GError     **error)
{
  for (; self->at < self->end; self->at++)
    {
      if (*self->at == '"')
        {
          if (self->at + 1 == self->end || self->at[1] != '"')
            {
              self->at++;
              return TRUE;
            }
          self->at++;
        }
      else if (*self->at == '\n')
        self->next_line++;

      g_string_append_c (cell, *self->at);
    }

  g_set_error (error, SY_ERROR, SY_ERROR_PARSE, "%u:1: a quote is not closed", self->line);
  return FALSE;
}

/* Returns: (transfer full) (nullable) */
static char *
read_cell (SyCsvReader *self,
           GError     **error)
{
  g_autoptr (GString) cell = g_string_new (NULL);

  if (self->at < self->end && *self->at == '"')
    {
      self->at++;
      if (!read_quoted (self, cell, error))
        return NULL;

      if (self->at < self->end && *self->at != ',' && !at_line_end (self))
        {
          g_set_error (error, SY_ERROR, SY_ERROR_PARSE, "%u:1: text after a closing quote", self->line);
          return NULL;
        }
    }
  else
    while (self->at < self->end && *self->at != ',' && !at_line_end (self))
      g_string_append_c (cell, *self->at++);

  return g_string_free (g_steal_pointer (&cell), FALSE);
}

GPtrArray *
sy_csv_reader_next (SyCsvReader *self,
                    GError     **error)
{
  g_autoptr (GPtrArray) row = NULL;

  skip_comments (self);
  if (self->at >= self->end)
    return NULL;

  row = g_ptr_array_new_with_free_func (g_free);
  self->line = self->next_line;

  for (;;)
    {
      char *cell = read_cell (self, error);

      if (cell == NULL)
        return NULL;

      g_ptr_array_add (row, cell);

      if (self->at >= self->end || *self->at != ',')
        break;

      if (row->len == SY_CSV_MAX_CELLS)
        {
          g_set_error (error, SY_ERROR, SY_ERROR_PARSE, "%u:1: more than %u cells", self->line, SY_CSV_MAX_CELLS);
          return NULL;
        }
      self->at++;
    }

  skip_line_end (self);
  return g_steal_pointer (&row);
}
