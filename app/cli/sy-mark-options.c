/* sy-mark-options.c: marks as words of a command
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-mark-options.h"

#include <string.h>

#include "sy-command.h"
#include "sy-error.h"

/* A duration, or the beginning itself. */
static gboolean
parse_time (const char  *text,
            gint64      *ret_us,
            GError     **error)
{
  if (strcmp (text, "0") == 0 || strcmp (text, "0s") == 0)
    {
      *ret_us = 0;
      return TRUE;
    }

  return sy_command_parse_duration (text, ret_us, error);
}

static gboolean
parse_range (const char    *text,
             SyRecordMark  *mark,
             GError       **error)
{
  g_auto (GStrv) ends = g_strsplit (text, "-", 2);

  if (!parse_time (ends[0], &mark->from_us, error))
    return FALSE;

  mark->to_us = mark->from_us;
  return ends[1] == NULL || parse_time (ends[1], &mark->to_us, error);
}

static SyRecordMark *
parse_mark (const char  *word,
            GError     **error)
{
  g_autoptr (SyRecordMark) mark = g_new0 (SyRecordMark, 1);
  g_auto (GStrv) parts = g_strsplit (word, ":", 3);

  if (parts[0] == NULL || parts[1] == NULL || !sy_mark_kind_from_nick (parts[1], &mark->kind))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID,
                   "“%s” is not a mark: write " SY_MARK_OPTION_FORM " with note, deploy, warm-up-end, load-step or excluded", word);
      return NULL;
    }

  mark->text = g_strdup (parts[2] != NULL ? parts[2] : "");
  return parse_range (parts[0], mark, error) && sy_record_mark_check (mark, error) ? g_steal_pointer (&mark) : NULL;
}

GPtrArray *
sy_mark_options_parse (const char *const  *words,
                       GError            **error)
{
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_record_mark_free);

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      SyRecordMark *mark = parse_mark (words[i], error);

      if (mark == NULL)
        return NULL;

      g_ptr_array_add (marks, mark);
    }

  return g_steal_pointer (&marks);
}

void
sy_mark_options_shift (GPtrArray *marks,
                       gint64     begin_us)
{
  for (guint i = 0; i < marks->len; i++)
    {
      SyRecordMark *mark = g_ptr_array_index (marks, i);

      mark->from_us += begin_us;
      mark->to_us += begin_us;
    }
}
