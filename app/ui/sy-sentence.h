/* sy-sentence.h: a sentence of our own, made safe to show
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As sy_display_text(), for a whole sentence in the language of the window: the two
 * marks of direction that translations set (U+200E, U+200F) stay, everything else
 * that is hidden is spelled out. What comes from outside passes sy_display_text()
 * before it is put in. @text may be NULL. Too long, it goes without the marks.
 * Returns: (transfer full) */
char *sy_sentence_dup_safe (const char *text, guint max_chars);

G_END_DECLS
