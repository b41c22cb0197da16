/* beam-figure-menu.c: actions of a figure, its table and its context menu
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-figure-private.h"
#include "beam-menu.h"
#include "beam-save.h"
#include "beam-table-window.h"
#include "beam-words.h"

/* --- The table --- */

/* A class that does not say what its columns are: an item a row, in words. */
static void
fill_items (BeamFigure *self,
            BeamCells  *cells)
{
  beam_cells_add_column (cells, "item", _("Item"), NULL);
  for (guint i = 0; i < beam_figure_count_items (self); i++)
    {
      g_autofree char *item = beam_figure_describe_item (self, i);

      beam_cells_begin_row (cells);
      beam_cells_add_text (cells, item);
    }
}

BeamCells *
beam_figure_get_cells (BeamFigure *self)
{
  BeamFigureClass *klass = BEAM_FIGURE_GET_CLASS (self);
  BeamCells *cells;

  g_return_val_if_fail (BEAM_IS_FIGURE (self), NULL);

  cells = beam_cells_new ();
  if (klass->fill_cells != NULL)
    klass->fill_cells (self, cells);
  else
    fill_items (self, cells);

  return cells;
}

void
beam_figure_show_table (BeamFigure *self)
{
  g_return_if_fail (BEAM_IS_FIGURE (self));

  gtk_window_present (GTK_WINDOW (beam_table_window_new_for_figure (self)));
}

/* --- Actions --- */

/* All items, a line each; the sentence where there is none to visit. */
static void
copy_values_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  BeamFigure *self = BEAM_FIGURE (widget);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = beam_figure_count_items (self);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *item = beam_figure_describe_item (self, i);

      if (item != NULL)
        g_string_append_printf (text, "%s\n", item);
    }
  if (text->len == 0)
    {
      g_autofree char *whole = beam_figure_describe (self);

      g_string_append_printf (text, "%s\n", whole);
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
}

static BeamSheet *
create_sheet (BeamFigure *self)
{
  BeamSheet *sheet = beam_sheet_new (beam_figure_get_title (self), NULL);

  beam_sheet_begin_row (sheet, NULL);
  beam_sheet_add_figure (sheet, self, NULL, BEAM_IDENTITY_NEUTRAL);
  return sheet;
}

static void
copy_picture_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  g_autoptr (BeamSheet) sheet = create_sheet (BEAM_FIGURE (widget));

  beam_save_copy_picture (sheet, widget);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autoptr (BeamSheet) sheet = create_sheet (BEAM_FIGURE (widget));
  BeamFileFormat format;

  if (beam_file_format_parse (g_variant_get_string (parameter, NULL), &format))
    beam_save_from (widget, sheet, format, beam_figure_get_title (BEAM_FIGURE (widget)));
}

static void
show_table_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  beam_figure_show_table (BEAM_FIGURE (widget));
}

void
beam_figure_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "figure.copy-values", NULL, copy_values_action);
  gtk_widget_class_install_action (klass, "figure.copy-picture", NULL, copy_picture_action);
  gtk_widget_class_install_action (klass, "figure.save", "s", save_action);
  gtk_widget_class_install_action (klass, "figure.show-table", NULL, show_table_action);
}

/* --- Menu --- */

static GMenuModel *
create_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenuModel) save = beam_menu_create_save ("figure.save");

  g_menu_append (menu, _("_Copy Values"), "figure.copy-values");
  g_menu_append (menu, _("Copy P_icture"), "figure.copy-picture");
  g_menu_append_submenu (menu, _("_Save As"), save);
  g_menu_append (menu, _("Show as _Table"), "figure.show-table");

  return G_MENU_MODEL (menu);
}

/* Where a menu opens that a key asked for: at the visited item, else in the middle. */
static void
find_place (BeamFigure *self,
            double     *ret_x,
            double     *ret_y)
{
  int selected = beam_figure_get_selected (self);
  graphene_rect_t area;
  BeamFrame frame;

  *ret_x = *ret_y = 0;
  if (!beam_figure_get_frame (self, &frame))
    return;

  graphene_rect_init (&area, 0, 0, (float) frame.width, (float) frame.height);
  if (selected >= 0 && !beam_figure_get_item_area (self, &frame, (guint) selected, &area))
    graphene_rect_init (&area, 0, 0, (float) frame.width, (float) frame.height);
  *ret_x = (double) (area.origin.x + area.size.width / 2);
  *ret_y = (double) (area.origin.y + area.size.height / 2);
}

void
beam_figure_open_menu (BeamFigure *self,
                       double      x,
                       double      y)
{
  g_autoptr (GMenuModel) model = create_menu ();

  if (isnan (x))
    find_place (self, &x, &y);
  beam_menu_open (GTK_WIDGET (self), &beam_figure_get_priv (self)->menu, model, x, y);
}
