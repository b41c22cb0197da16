/* sy-text.h: text from outside, made safe to show
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SY_DISPLAY_TEXT_MAX 256

/* TRUE for characters that have no glyph of their own but change what others
 * look like or where they stand: controls, bidirectional and other format
 * characters, zero-width ones, blank letters, line and paragraph separators,
 * noncharacters. */
gboolean sy_text_is_hidden (gunichar c);

/* Makes @length bytes of unknown origin (-1: NUL-terminated) safe for a label,
 * a tooltip, an accessible name, a notification or a picture: valid UTF-8; C0
 * and DEL as \n or \x1b, C1 as \u0085, bytes that are no UTF-8 as \xff; other
 * hidden characters spelled as <U+202E>; at most 8 combining marks in a row,
 * more are left out; one line; at most @max_chars characters, the middle
 * replaced by an ellipsis. Markup is not its business.
 * Returns: (transfer full), never NULL. */
char *sy_display_text (const char *bytes, gssize length, guint max_chars);

/* As sy_display_text() without the cap, for a terminal: no byte of the result
 * is a control character. Returns: (transfer full) */
char *sy_tty_escape   (const char *bytes, gssize length);

/* As sy_tty_escape(), for the text of an HTML or SVG element, or for an attribute
 * in quotes: no markup begins in it and no quotes end in it. Not for scripts,
 * styles or addresses. Returns: (transfer full) */
char *sy_html_text    (const char *bytes, gssize length);

/* As sy_tty_escape(), for a paragraph, a list item or a table cell of Markdown
 * (CommonMark with the tables of GitHub): nothing of it is read as markup, no
 * address becomes a link. Leading spaces are left out: four would be code.
 * Returns: (transfer full) */
char *sy_markdown_text (const char *bytes, gssize length);

/* One RFC 4180 cell in UTF-8, escaped as for a terminal except that line breaks
 * (as LF) and tabs stay. Text that a spreadsheet would take for a formula (also
 * behind spaces, on a later line, behind a semicolon or a tab, or in full-width
 * form) gets a leading apostrophe. Numbers are not text: write them unquoted
 * yourself. Returns: (transfer full) */
char *sy_csv_cell     (const char *bytes, gssize length);

/* Appends @value as the exposition formats write the value of a label: within double
 * quotes, with \\, \" and \n for a backslash, a quote and a line feed. */
void  sy_text_append_label_value (GString *text, const char *value);

G_END_DECLS
