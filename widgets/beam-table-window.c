/* beam-table-window.c: the data of a chart or a figure as a table to read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include "beam-table-window.h"

#include "beam-frame.h"
#include "beam-words.h"

struct _BeamTableWindow
{
  GtkWindow parent_instance;

  GtkWidget  *source; /* weak, nullable: it has gone; a BeamChart or a BeamFigure */
  BeamTable  *table;  /* owned, of a chart; NULL for a figure */
  BeamCells  *cells;  /* owned, of a figure; NULL for a chart */
  GListModel *rows;   /* owned: the table upside down, or a string for each row of a figure */

  /* Children */
  GtkWidget *view;
  GtkWidget *empty;
  GtkWidget *stack;
};

G_DEFINE_FINAL_TYPE (BeamTableWindow, beam_table_window, GTK_TYPE_WINDOW)

#define COLUMN_TIME (-1)
#define COLUMN_NOTE (-2)

/* --- The latest first --- */

static gint
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  guint one = beam_table_row_get_index ((gpointer) a);
  guint other = beam_table_row_get_index ((gpointer) b);

  return (one < other) - (one > other);
}

/* --- Cells --- */

static int
get_column (GtkListItemFactory *factory)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "beam-column"));
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item,
          gpointer            user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  /* Under the beginning of its header: values carry units, so their ends tell nothing. */
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

/* (nullable) */
static char *
format_cell (BeamTableWindow *self,
             guint            row,
             int              column)
{
  if (self->cells != NULL)
    return row < beam_cells_get_n_rows (self->cells) ? beam_cells_format (self->cells, row, (guint) column) : NULL;
  if (row >= beam_table_get_n_rows (self->table))
    return NULL;
  if (column == COLUMN_TIME)
    return beam_table_format_time (self->table, row);
  if (column == COLUMN_NOTE)
    return g_strdup (beam_table_get_note (self->table, row));

  return beam_table_format_value (self->table, row, (guint) column);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         BeamTableWindow    *self)
{
  gpointer object = gtk_list_item_get_item (item);
  guint row = BEAM_IS_TABLE_ROW (object) ? beam_table_row_get_index (object) : gtk_list_item_get_position (item);
  g_autofree char *text = format_cell (self, row, get_column (factory));
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *directed = NULL;

  /* Only there: what is read out or searched should hold nothing that is not seen. */
  if (text != NULL && gtk_widget_get_direction (label) == GTK_TEXT_DIR_RTL)
    directed = beam_direct_number (text);
  gtk_label_set_text (GTK_LABEL (label), directed != NULL ? directed : text != NULL ? text : "");
}

static void
append_column (BeamTableWindow *self,
               const char      *title,
               int              column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view_column = NULL;

  g_object_set_data (G_OBJECT (factory), "beam-column", GINT_TO_POINTER (column));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  view_column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_column_set_expand (view_column, column != COLUMN_TIME);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), view_column);
}

/* --- Content --- */

static void
clear_columns (BeamTableWindow *self)
{
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->view));

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (GTK_COLUMN_VIEW (self->view), column);
    }
}

static void
read_chart (BeamTableWindow *self)
{
  self->table = beam_chart_get_table (BEAM_CHART (self->source));
  append_column (self, _("Time"), COLUMN_TIME);
  for (guint i = 0; i < beam_table_get_n_columns (self->table); i++)
    append_column (self, beam_table_get_name (self->table, i), (int) i);
  append_column (self, _("What Happened"), COLUMN_NOTE);

  self->rows = G_LIST_MODEL (gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->table)),
                                                      GTK_SORTER (gtk_custom_sorter_new (compare_rows, NULL, NULL))));
}

static void
read_figure (BeamTableWindow *self)
{
  GtkStringList *rows = gtk_string_list_new (NULL);

  self->cells = beam_figure_get_cells (BEAM_FIGURE (self->source));
  for (guint i = 0; i < beam_cells_get_n_columns (self->cells); i++)
    append_column (self, beam_cells_get_name (self->cells, i), (int) i);
  for (guint i = 0; i < beam_cells_get_n_rows (self->cells); i++)
    gtk_string_list_append (rows, "");
  self->rows = G_LIST_MODEL (rows);
}

static void
refresh (BeamTableWindow *self)
{
  g_autoptr (GtkSelectionModel) selection = NULL;

  if (self->source == NULL)
    return;

  /* Cells that are still on the screen must not ask the new table. */
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), NULL);
  clear_columns (self);
  g_clear_object (&self->rows);
  g_clear_object (&self->table);
  g_clear_object (&self->cells);

  if (BEAM_IS_CHART (self->source))
    read_chart (self);
  else
    read_figure (self);
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (self->rows)));
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), selection);
  gtk_stack_set_visible_child (GTK_STACK (self->stack),
                               g_list_model_get_n_items (self->rows) > 0 ? gtk_widget_get_parent (self->view) : self->empty);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  BeamTableWindow *self = BEAM_TABLE_WINDOW (widget);
  g_autofree char *csv = self->cells != NULL ? beam_cells_to_csv (self->cells) : beam_table_to_csv (self->table);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), csv);
}

static void
refresh_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  refresh (BEAM_TABLE_WINDOW (widget));
}

static void
source_gone_cb (gpointer  user_data,
               GObject  *where_it_was)
{
  BeamTableWindow *self = user_data;

  self->source = NULL;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "table.refresh", FALSE);
}

static GtkWidget *
create_button (const char *icon,
               const char *label,
               const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
beam_table_window_dispose (GObject *object)
{
  BeamTableWindow *self = BEAM_TABLE_WINDOW (object);

  if (self->source != NULL)
    g_object_weak_unref (G_OBJECT (self->source), source_gone_cb, self);
  self->source = NULL;

  G_OBJECT_CLASS (beam_table_window_parent_class)->dispose (object);
}

/* Cells are gone by now: none asks for its row any more. */
static void
beam_table_window_finalize (GObject *object)
{
  BeamTableWindow *self = BEAM_TABLE_WINDOW (object);

  g_clear_object (&self->rows);
  g_clear_object (&self->table);
  g_clear_object (&self->cells);

  G_OBJECT_CLASS (beam_table_window_parent_class)->finalize (object);
}

static void
beam_table_window_class_init (BeamTableWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = beam_table_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = beam_table_window_finalize;

  gtk_widget_class_install_action (widget_class, "table.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "table.refresh", NULL, refresh_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "table.refresh", NULL);
}

static void
beam_table_window_init (BeamTableWindow *self)
{
  GtkWidget *header = gtk_header_bar_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->view = gtk_column_view_new (NULL);
  gtk_widget_add_css_class (self->view, "data-table");
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (self->view), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);

  self->empty = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->empty, "dim-label");
  self->stack = gtk_stack_new ();
  gtk_stack_add_child (GTK_STACK (self->stack), scrolled);
  gtk_stack_add_child (GTK_STACK (self->stack), self->empty);

  gtk_header_bar_pack_start (GTK_HEADER_BAR (header), create_button ("edit-copy-symbolic", _("Copy as CSV"), "table.copy"));
  gtk_header_bar_pack_end (GTK_HEADER_BAR (header), create_button ("view-refresh-symbolic", _("Refresh"), "table.refresh"));
  gtk_window_set_titlebar (GTK_WINDOW (self), header);
  gtk_window_set_child (GTK_WINDOW (self), self->stack);
  gtk_window_set_default_size (GTK_WINDOW (self), 600, 480);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
}

static GtkWidget *
create_window (GtkWidget  *source,
               const char *title)
{
  BeamTableWindow *self = g_object_new (BEAM_TYPE_TABLE_WINDOW, NULL);
  GtkRoot *root = gtk_widget_get_root (source);

  self->source = source;
  g_object_weak_ref (G_OBJECT (source), source_gone_cb, self);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_label_set_text (GTK_LABEL (self->empty),
                      BEAM_IS_CHART (source) ? _("No value in the time shown") : _("No value to show"));
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  refresh (self);

  return GTK_WIDGET (self);
}

GtkWidget *
beam_table_window_new (BeamChart *chart)
{
  g_return_val_if_fail (BEAM_IS_CHART (chart), NULL);

  return create_window (GTK_WIDGET (chart), beam_chart_get_title (chart));
}

GtkWidget *
beam_table_window_new_for_figure (BeamFigure *figure)
{
  g_return_val_if_fail (BEAM_IS_FIGURE (figure), NULL);

  return create_window (GTK_WIDGET (figure), beam_figure_get_title (figure));
}

BeamCells *
beam_table_window_get_cells (BeamTableWindow *self)
{
  g_return_val_if_fail (BEAM_IS_TABLE_WINDOW (self), NULL);

  return self->cells;
}

BeamTable *
beam_table_window_get_table (BeamTableWindow *self)
{
  g_return_val_if_fail (BEAM_IS_TABLE_WINDOW (self), NULL);

  return self->table;
}

void
beam_chart_show_table (BeamChart *self)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  gtk_window_present (GTK_WINDOW (beam_table_window_new (self)));
}
