/* beam-menu.c: what the context menus of charts and figures have in common
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include "beam-menu.h"
#include "beam-sheet.h"
#include "beam-words.h"

static void
append_save (GMenu          *menu,
             const char     *action,
             const char     *label,
             BeamFileFormat  format)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", beam_file_format_get_extension (format));
  g_menu_append_item (menu, item);
}

GMenuModel *
beam_menu_create_save (const char *action)
{
  GMenu *menu = g_menu_new ();

  append_save (menu, action, _("_Picture (PNG)…"), BEAM_FILE_PNG);
  append_save (menu, action, _("_Drawing (SVG)…"), BEAM_FILE_SVG);
  append_save (menu, action, _("_Page (PDF)…"), BEAM_FILE_PDF);
  append_save (menu, action, _("_Numbers (CSV)…"), BEAM_FILE_CSV);

  return G_MENU_MODEL (menu);
}

/* What had the focus before has it again. */
static void
closed_cb (GtkWidget *owner)
{
  gtk_widget_grab_focus (owner);
}

void
beam_menu_open (GtkWidget   *owner,
                GtkWidget  **menu,
                GMenuModel  *model,
                double       x,
                double       y)
{
  if (*menu == NULL)
    {
      *menu = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (*menu), FALSE);
      gtk_popover_set_position (GTK_POPOVER (*menu), GTK_POS_BOTTOM);
      gtk_widget_set_halign (*menu, GTK_ALIGN_START);
      gtk_widget_set_parent (*menu, owner);
      g_signal_connect_swapped (*menu, "closed", G_CALLBACK (closed_cb), owner);
    }
  else
    gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (*menu), model);

  gtk_popover_set_pointing_to (GTK_POPOVER (*menu), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (*menu));
}
