/* sy-field-row.c: a row of a list with a title and an entry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-field-row.h"

#include <adwaita.h>

#define LEAST_CHARS 12

void
sy_field_row_set_title (GtkWidget  *row,
                        GtkWidget  *entry,
                        const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

GtkWidget *
sy_field_row_new (const char  *title,
                  int          width_chars,
                  GtkWidget  **ret_entry)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *entry = gtk_entry_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  sy_field_row_set_title (row, entry, title);
  /* The entry is what Tab leads to. */
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), width_chars > 0 ? width_chars : LEAST_CHARS);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), width_chars > 0 ? width_chars : -1);
  gtk_widget_set_hexpand (entry, width_chars == 0);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), entry);

  *ret_entry = entry;
  return row;
}
