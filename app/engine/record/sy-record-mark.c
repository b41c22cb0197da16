/* sy-record-mark.c: what a person, or the load, says about a moment
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-record-mark.h"

#include <string.h>

#include "sy-error.h"

static const char *const nicks[SY_N_MARK_KINDS] = {
  [SY_MARK_NOTE] = "note",
  [SY_MARK_DEPLOY] = "deploy",
  [SY_MARK_WARM_UP_END] = "warm-up-end",
  [SY_MARK_LOAD_STEP] = "load-step",
  [SY_MARK_EXCLUDED] = "excluded",
};

const char *
sy_mark_kind_nick (SyMarkKind kind)
{
  return nicks[kind];
}

gboolean
sy_mark_kind_from_nick (const char *nick,
                        SyMarkKind *ret)
{
  for (guint i = 0; i < SY_N_MARK_KINDS; i++)
    if (g_strcmp0 (nick, nicks[i]) == 0)
      {
        *ret = (SyMarkKind) i;
        return TRUE;
      }

  return FALSE;
}

gboolean
sy_record_mark_check (const SyRecordMark  *mark,
                      GError             **error)
{
  const gboolean may_last = mark->kind == SY_MARK_NOTE || mark->kind == SY_MARK_EXCLUDED;
  const char *why = NULL;

  if (strlen (mark->text) > SY_RECORD_MAX_MARK_TEXT)
    why = "its text is too long";
  else if (!g_utf8_validate (mark->text, -1, NULL))
    why = "its text is not UTF-8";
  else if (mark->to_us < mark->from_us)
    why = "it ends before it begins";
  else if (mark->to_us > mark->from_us && !may_last)
    why = "it is a moment and cannot last";
  else if (mark->to_us == mark->from_us && mark->kind == SY_MARK_EXCLUDED)
    why = "it excludes nothing";

  if (why != NULL)
    g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "the mark “%s” cannot be kept: %s", nicks[mark->kind], why);
  return why == NULL;
}

SyRecordMark *
sy_record_mark_copy (const SyRecordMark *mark)
{
  SyRecordMark *copy = g_memdup2 (mark, sizeof *mark);

  copy->text = g_strdup (mark->text);
  return copy;
}

void
sy_record_mark_free (SyRecordMark *mark)
{
  g_free (mark->text);
  g_free (mark);
}
