/* sy-find-row.h: a row of a boxed list by its title
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The first AdwPreferencesRow of that title at or below @root. (transfer none) (nullable) */
GtkWidget *sy_find_row (GtkWidget *root, const char *title);

G_END_DECLS
