/* beam-table-window.c: the data of a chart as a table to read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include "beam-table-window.h"

#include "beam-words.h"

struct _BeamTableWindow
{
  GtkWindow parent_instance;

  BeamChart  *chart; /* weak, nullable: it has gone */
  BeamTable  *table; /* owned */
  GListModel *rows;  /* owned: the table upside down */

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

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         BeamTableWindow    *self)
{
  guint row = beam_table_row_get_index (gtk_list_item_get_item (item));
  int column = get_column (factory);
  g_autofree char *text = NULL;

  if (row >= beam_table_get_n_rows (self->table))
    return;

  if (column == COLUMN_TIME)
    text = beam_table_format_time (self->table, row);
  else if (column == COLUMN_NOTE)
    text = g_strdup (beam_table_get_note (self->table, row));
  else if ((guint) column < beam_table_get_n_columns (self->table))
    text = beam_table_format_value (self->table, row, (guint) column);
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text != NULL ? text : "");
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
refresh (BeamTableWindow *self)
{
  g_autoptr (GtkSelectionModel) selection = NULL;

  if (self->chart == NULL)
    return;

  /* Cells that are still on the screen must not ask the new table. */
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), NULL);
  clear_columns (self);
  g_clear_object (&self->rows);
  g_clear_object (&self->table);

  self->table = beam_chart_get_table (self->chart);
  append_column (self, _("Time"), COLUMN_TIME);
  for (guint i = 0; i < beam_table_get_n_columns (self->table); i++)
    append_column (self, beam_table_get_name (self->table, i), (int) i);
  append_column (self, _("What Happened"), COLUMN_NOTE);

  self->rows = G_LIST_MODEL (gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->table)),
                                                      GTK_SORTER (gtk_custom_sorter_new (compare_rows, NULL, NULL))));
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (self->rows)));
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), selection);
  gtk_stack_set_visible_child (GTK_STACK (self->stack),
                               beam_table_get_n_rows (self->table) > 0 ? gtk_widget_get_parent (self->view) : self->empty);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autofree char *csv = beam_table_to_csv (BEAM_TABLE_WINDOW (widget)->table);

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
chart_gone_cb (gpointer  user_data,
               GObject  *where_it_was)
{
  BeamTableWindow *self = user_data;

  self->chart = NULL;
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

  if (self->chart != NULL)
    g_object_weak_unref (G_OBJECT (self->chart), chart_gone_cb, self);
  self->chart = NULL;

  G_OBJECT_CLASS (beam_table_window_parent_class)->dispose (object);
}

/* Cells are gone by now: none asks for its row any more. */
static void
beam_table_window_finalize (GObject *object)
{
  BeamTableWindow *self = BEAM_TABLE_WINDOW (object);

  g_clear_object (&self->rows);
  g_clear_object (&self->table);

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

  self->empty = gtk_label_new (_("No value in the time shown"));
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

GtkWidget *
beam_table_window_new (BeamChart *chart)
{
  BeamTableWindow *self = g_object_new (BEAM_TYPE_TABLE_WINDOW, NULL);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (chart));

  self->chart = chart;
  g_object_weak_ref (G_OBJECT (chart), chart_gone_cb, self);
  gtk_window_set_title (GTK_WINDOW (self), beam_chart_get_title (chart));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, beam_chart_get_title (chart), -1);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  refresh (self);

  return GTK_WIDGET (self);
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
