/* sy-button-names.h: what a screen reader calls a button
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

/* What has the focus in a drop-down is a button inside of it that is called by its
 * type. Names it @title (plain), and describes it by what is chosen. */
void sy_name_drop_down (GtkDropDown *drop_down, const char *title);

G_END_DECLS
