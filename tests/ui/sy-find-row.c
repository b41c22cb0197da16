/* sy-find-row.c: a row of a boxed list by its title
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-find-row.h"

#include <adwaita.h>

GtkWidget *
sy_find_row (GtkWidget  *root,
             const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (root) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = sy_find_row (child, title);

      if (found != NULL)
        return found;
    }

  return NULL;
}
