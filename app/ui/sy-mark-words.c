/* sy-mark-words.c: marks on the time axis in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-mark-words.h"

#include <glib/gi18n.h>

#include "sy-format.h"
#include "sy-text.h"

const char *
sy_mark_words_kind (SyMarkKind kind)
{
  switch (kind)
    {
    case SY_MARK_DEPLOY:
      /* Translators: a mark on the time axis: another version runs from here on */
      return _("Deploy");
    case SY_MARK_WARM_UP_END:
      /* Translators: a mark on the time axis */
      return _("Warm-up ends");
    case SY_MARK_LOAD_STEP:
      /* Translators: a mark on the time axis: the load is another from here on */
      return _("Load step");
    case SY_MARK_EXCLUDED:
      /* Translators: a stretch of the time axis whose figures do not count */
      return _("Excluded range");
    case SY_MARK_NOTE:
    case SY_N_MARK_KINDS:
    default:
      /* Translators: a mark on the time axis with any text */
      return _("Note");
    }
}

char *
sy_mark_words_dup_note (const SyRecordMark *mark)
{
  g_autofree char *text = sy_display_text (mark->text, -1, SY_DISPLAY_TEXT_MAX);

  if (*text == '\0')
    return g_strdup (sy_mark_words_kind (mark->kind));
  if (mark->kind == SY_MARK_NOTE)
    return g_steal_pointer (&text);

  /* Translators: a kind of mark ("Deploy") and what a person wrote about it */
  return g_strdup_printf (_("%1$s: %2$s"), sy_mark_words_kind (mark->kind), text);
}

char *
sy_mark_words_dup_when (const SyRecordMark *mark,
                        gint64              wall_offset_us)
{
  g_autofree char *from = sy_format_time_of_day (mark->from_us + wall_offset_us);
  g_autofree char *to = NULL;

  if (mark->to_us == mark->from_us)
    return g_steal_pointer (&from);

  to = sy_format_time_of_day (mark->to_us + wall_offset_us);
  /* Translators: two times of day */
  return g_strdup_printf (_("%1$s – %2$s"), from, to);
}
