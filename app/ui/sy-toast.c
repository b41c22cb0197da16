/* sy-toast.c: one line that comes and goes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-toast.h"

#include <glib/gi18n.h>

#include "sy-sentence.h"
#include "sy-text.h"

/* A sentence of ours and a line from outside. */
#define MAX_CHARS (2 * SY_DISPLAY_TEXT_MAX)

/* Long enough to read, to be startled and to find the button. */
#define UNDO_SECONDS 10

AdwToast *
sy_toast_new (const char *text)
{
  g_autofree char *safe = sy_sentence_dup_safe (text, MAX_CHARS);
  g_autofree char *markup = g_markup_escape_text (safe, -1);

  return adw_toast_new (markup);
}

AdwToast *
sy_toast_new_undo (const char *text)
{
  AdwToast *toast = sy_toast_new (text);

  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  return toast;
}
