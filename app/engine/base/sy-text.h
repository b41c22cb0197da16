/* sy-text.h: text from outside, made safe to show
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SY_DISPLAY_TEXT_MAX 256

/* Makes @length bytes of unknown origin (-1: NUL-terminated) safe for a label,
 * a tooltip, an accessible name, a notification or a picture: valid UTF-8; C0,
 * C1 and DEL as visible escapes; bidirectional controls, zero-width characters
 * and U+2028/9 spelled as <U+202E>; at most 8 combining marks in a row; one
 * line; at most @max_chars characters, the middle replaced by an ellipsis.
 * Returns: (transfer full), never NULL. */
char *sy_display_text (const char *bytes, gssize length, guint max_chars);

/* As sy_display_text() without the cap, for a terminal: no byte of the result
 * is a control character. Returns: (transfer full) */
char *sy_tty_escape   (const char *bytes, gssize length);

/* One RFC 4180 cell. Text that a spreadsheet would take for a formula (also
 * behind spaces, on a later line, or in full-width form) gets a leading
 * apostrophe. Numbers are not text: write them unquoted yourself.
 * Returns: (transfer full) */
char *sy_csv_cell     (const char *bytes, gssize length);

G_END_DECLS
