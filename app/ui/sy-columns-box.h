/* sy-columns-box.h: equal columns that stack when there is no room
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SY_TYPE_COLUMNS_BOX (sy_columns_box_get_type ())
G_DECLARE_FINAL_TYPE (SyColumnsBox, sy_columns_box, SY, COLUMNS_BOX, GtkWidget)

/**
 * SyColumnsBox:
 *
 * Puts its children side by side in columns of equal width, and breaks the line
 * when a column would be narrower than min-column-width, evenly: six columns
 * break to three and three, not five and one. Two boxes of the same width and
 * number of children have the same columns, so rows of boxes form a table, and
 * it is never wider than its widest child needs.
 *
 * Properties: min-column-width, spacing, line-spacing; homogeneous: FALSE gives
 * the first child what the others leave of a line that holds them all.
 */
GtkWidget *sy_columns_box_new        (int min_column_width, int spacing, int line_spacing);

/* @position: -1 for the end. */
void       sy_columns_box_insert     (SyColumnsBox *self, GtkWidget *child, int position);
void       sy_columns_box_remove     (SyColumnsBox *self, GtkWidget *child);
GtkWidget *sy_columns_box_get_child  (SyColumnsBox *self, guint position); /* NULL: not there */

/* Columns a line for @n children in @width; at least 1. The rule itself. */
guint      sy_columns_box_per_line   (int width, guint n, int min_column_width, int spacing);

G_END_DECLS
