/* sy-button-names.h: what a screen reader calls buttons, and lists in rows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* GTK 4.8 names a button twice: by its text with the underscore of the
 * mnemonic, and by the label inside of it ("_Add Add"). Leaves the second name
 * only, for all buttons with a text at and below @root. Call it again after a
 * text was changed. */
void sy_name_buttons (GtkWidget *root);

/* The lists inside of a row, from which a combo row is chosen or which an expander row
 * opens, are called by their type, as is that of a group without a title. Names them by
 * the title of the row, or of the dialog that the group is in, for all at and below
 * @root. Call it again after a title was changed. */
void sy_name_rows (GtkWidget *root);

/* The same of an AdwPreferencesGroup without a title that is in no dialog. */
void sy_name_group (GtkWidget *group, const char *name);

/* The lists of pages, one for each width of the window, at and below @root. */
void sy_name_switchers (GtkWidget *root, const char *name);

/* What has the focus in a drop-down is a button inside of it that is called by its
 * type, as is the list that it opens. Names both @title (plain), and describes the
 * button by what is chosen. */
void sy_name_drop_down (GtkDropDown *drop_down, const char *title);

G_END_DECLS
