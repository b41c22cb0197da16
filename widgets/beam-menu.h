/* beam-menu.h: what the context menus of charts and figures have in common
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The formats of a file, each an item that calls @action with its extension.
 * (transfer full) */
GMenuModel *beam_menu_create_save (const char  *action);

/* Opens @model at a point of @owner, which gets the focus back when the menu
 * closes. *@menu is the popover, made at first use: a child of @owner, which
 * presents it when it is given a size, and unparents it. */
void        beam_menu_open        (GtkWidget   *owner,
                                   GtkWidget  **menu,
                                   GMenuModel  *model,
                                   double       x,
                                   double       y);

G_END_DECLS
