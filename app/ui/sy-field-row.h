/* sy-field-row.h: a row of a list with a title and an entry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An AdwActionRow titled @title, which is the entry's accessible name, too. Not an
 * AdwEntryRow: that of libadwaita 1.2 does not tell the accessibility bus when the
 * keyboard is in it, so that a screen reader says nothing there. @width_chars: of
 * the entry; 0: it takes what is free. @ret_entry: (transfer none). */
GtkWidget *sy_field_row_new       (const char *title, int width_chars, GtkWidget **ret_entry);

/* Another title of both, for a row that came from sy_field_row_new() with @entry. */
void       sy_field_row_set_title (GtkWidget *row, GtkWidget *entry, const char *title);

G_END_DECLS
