/* beam-figure-menu.c: the table of a figure and what its context menu holds
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include "beam-figure-private.h"
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

/* --- The menu --- */

static const char *
get_title (BeamMenuOwner *owner)
{
  return beam_figure_get_title (BEAM_FIGURE (owner));
}

/* All items, a line each; the sentence where there is none to visit. */
static char *
dup_values (BeamMenuOwner *owner)
{
  BeamFigure *self = BEAM_FIGURE (owner);
  GString *text = g_string_new (NULL);
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

  return g_string_free (text, FALSE);
}

static BeamSheet *
create_sheet (BeamMenuOwner *owner)
{
  BeamSheet *sheet = beam_sheet_new (get_title (owner), NULL);

  beam_sheet_begin_row (sheet, NULL);
  beam_sheet_add_figure (sheet, BEAM_FIGURE (owner), NULL, BEAM_IDENTITY_NEUTRAL);
  return sheet;
}

static void
show_table (BeamMenuOwner *owner)
{
  beam_figure_show_table (BEAM_FIGURE (owner));
}

static void
visit (BeamMenuOwner *owner,
       double         x,
       double         y)
{
  beam_figure_visit (BEAM_FIGURE (owner), x, y);
}

/* The visited item, else the middle. */
static void
find_place (BeamMenuOwner *owner,
            double        *ret_x,
            double        *ret_y)
{
  BeamFigure *self = BEAM_FIGURE (owner);
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

static GtkWidget **
get_popover (BeamMenuOwner *owner)
{
  return &beam_figure_get_priv (BEAM_FIGURE (owner))->menu;
}

void
beam_figure_init_menu (BeamMenuOwnerInterface *iface)
{
  iface->prefix = BEAM_FIGURE_ACTIONS;
  iface->get_title = get_title;
  iface->dup_values = dup_values;
  iface->create_sheet = create_sheet;
  iface->show_table = show_table;
  iface->visit = visit;
  iface->find_place = find_place;
  iface->get_popover = get_popover;
}
