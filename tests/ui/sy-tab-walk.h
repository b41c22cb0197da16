/* sy-tab-walk.h: through a page with the Tab key alone
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Presses Tab (or with @back, Shift+Tab) from the beginning of @window to its end,
 * and fails where a widget keeps the focus, or where the end never comes. What had
 * the focus, in order. (transfer container) (element-type GtkWidget) */
GPtrArray *sy_tab_walk (GtkWindow *window, gboolean back);

/* Whether @widget, or something within it, had the focus. */
gboolean   sy_tab_walk_meets (GPtrArray *walk, GtkWidget *widget);

/* That everything below @root that can act and is shown was met; else says what was not. */
void       sy_tab_walk_assert_meets_all (GPtrArray *walk, GtkWidget *root);

G_END_DECLS
