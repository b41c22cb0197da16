/* sy-button-names.c: what a screen reader calls buttons, and lists in rows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-button-names.h"

#include <adwaita.h>

/* Without the underscore of a mnemonic. (transfer full) */
static char *
dup_title (AdwPreferencesRow *row)
{
  const char *title = adw_preferences_row_get_title (row);
  GString *plain = g_string_new (NULL);

  for (const char *p = title; *p != '\0'; p++)
    if (*p != '_' || !adw_preferences_row_get_use_underline (row))
      g_string_append_c (plain, *p);

  return g_string_free (plain, FALSE);
}

/* @untitled (nullable): what the list of a group without a title is called. @title: of
 * what it is in; NULL: it has its own name. */
static void
name_lists (GtkWidget  *root,
            const char *untitled,
            const char *title)
{
  g_autofree char *own = ADW_IS_PREFERENCES_ROW (root) ? dup_title (ADW_PREFERENCES_ROW (root)) : NULL;

  if (own != NULL)
    title = own;
  else if (ADW_IS_PREFERENCES_GROUP (root))
    title = *adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (root)) == '\0' ? untitled : NULL;
  else if (title != NULL && *title != '\0' && (GTK_IS_LIST_BOX (root) || GTK_IS_LIST_VIEW (root)))
    gtk_accessible_update_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    name_lists (child, untitled, title);
}

void
sy_name_rows (GtkWidget *root)
{
  /* A dialog is about one thing; a window of the application is not. */
  const gboolean is_dialog = GTK_IS_WINDOW (root) && !GTK_IS_APPLICATION_WINDOW (root);

  name_lists (root, is_dialog ? gtk_window_get_title (GTK_WINDOW (root)) : NULL, NULL);
}

void
sy_name_group (GtkWidget  *group,
               const char *name)
{
  name_lists (group, name, NULL);
}

void
sy_name_switchers (GtkWidget  *root,
                   const char *name)
{
  if (ADW_IS_VIEW_SWITCHER (root))
    gtk_accessible_update_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    sy_name_switchers (child, name);
}

void
sy_name_buttons (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) && gtk_button_get_label (GTK_BUTTON (root)) != NULL)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    sy_name_buttons (child);
}

static void
selected_cb (GtkDropDown *drop_down)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));
  gpointer item = gtk_drop_down_get_selected_item (drop_down);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  GTK_IS_STRING_OBJECT (item) ? gtk_string_object_get_string (item) : "", -1);
}

void
sy_name_drop_down (GtkDropDown *drop_down,
                   const char  *title)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  name_lists (GTK_WIDGET (drop_down), NULL, title);
  g_signal_connect (drop_down, "notify::selected-item", G_CALLBACK (selected_cb), NULL);
  selected_cb (drop_down);
}
