/* sy-rows-dialog.c: which rows the Live page has, in which order
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-rows-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

struct _SyRowsDialog
{
  AdwWindow parent_instance;

  GSettings *settings; /* owned */
  SyRow      order[SY_N_ROWS];

  /* Children */
  GtkWidget *list;
  GtkWidget *rows[SY_N_ROWS];     /* by SyRow */
  GtkWidget *switches[SY_N_ROWS]; /* by SyRow */
  GtkWidget *up[SY_N_ROWS];       /* by SyRow */
  GtkWidget *down[SY_N_ROWS];     /* by SyRow */
};

G_DEFINE_FINAL_TYPE (SyRowsDialog, sy_rows_dialog, ADW_TYPE_WINDOW)

#define ROW_KEY "sy-row"

void
sy_rows_load_order (GSettings *settings,
                    SyRow      order[SY_N_ROWS])
{
  g_auto (GStrv) ids = g_settings_get_strv (settings, "row-order");
  gboolean placed[SY_N_ROWS] = { FALSE };
  guint n = 0;

  for (guint i = 0; ids[i] != NULL; i++)
    for (guint row = 0; row < SY_N_ROWS; row++)
      if (!placed[row] && strcmp (ids[i], sy_row_get_id (row)) == 0)
        {
          placed[row] = TRUE;
          order[n++] = row;
        }
  for (guint row = 0; row < SY_N_ROWS; row++)
    if (!placed[row])
      order[n++] = row;
}

/* --- To the settings --- */

static void
save_order (SyRowsDialog *self)
{
  const char *ids[SY_N_ROWS + 1] = { NULL };

  for (guint i = 0; i < SY_N_ROWS; i++)
    ids[i] = sy_row_get_id (self->order[i]);
  g_settings_set_strv (self->settings, "row-order", ids);
}

static void
save_hidden (SyRowsDialog *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) hidden = NULL;

  for (guint row = 0; row < SY_N_ROWS; row++)
    if (!gtk_switch_get_active (GTK_SWITCH (self->switches[row])))
      g_strv_builder_add (builder, sy_row_get_id (row));

  hidden = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "hidden-rows", (const char *const *) hidden);
}

/* --- List --- */

/* The first cannot go up, the last not down. */
static void
update_buttons (SyRowsDialog *self)
{
  for (guint i = 0; i < SY_N_ROWS; i++)
    {
      gtk_widget_set_sensitive (self->up[self->order[i]], i > 0);
      gtk_widget_set_sensitive (self->down[self->order[i]], i + 1 < SY_N_ROWS);
    }
}

static guint
find_row (SyRowsDialog *self,
          SyRow         row)
{
  guint i = 0;

  while (i < SY_N_ROWS && self->order[i] != row)
    i++;
  return i;
}

/* The button that was pressed keeps the focus, or its neighbour where it has
 * nothing left to do. */
static void
move (SyRowsDialog *self,
      GtkWidget    *button,
      int           step)
{
  SyRow row = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), ROW_KEY));
  int from = (int) find_row (self, row);
  int to = from + step;

  if (to < 0 || to >= SY_N_ROWS)
    return;

  self->order[from] = self->order[to];
  self->order[to] = row;

  g_object_ref (self->rows[row]);
  gtk_list_box_remove (GTK_LIST_BOX (self->list), self->rows[row]);
  gtk_list_box_insert (GTK_LIST_BOX (self->list), self->rows[row], to);
  g_object_unref (self->rows[row]);

  update_buttons (self);
  gtk_widget_grab_focus (gtk_widget_get_sensitive (button) ? button : step < 0 ? self->down[row] : self->up[row]);
  save_order (self);
}

static void
up_cb (GtkWidget    *button,
       SyRowsDialog *self)
{
  move (self, button, -1);
}

static void
down_cb (GtkWidget    *button,
         SyRowsDialog *self)
{
  move (self, button, 1);
}

static GtkWidget *
create_button (SyRow       row,
               const char *icon,
               const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data (G_OBJECT (button), ROW_KEY, GUINT_TO_POINTER (row));
  return button;
}

static void
add_row (SyRowsDialog *self,
         SyRow         row,
         gboolean      shown)
{
  GtkWidget *line = adw_action_row_new ();
  g_autofree char *up_label = NULL;
  g_autofree char *down_label = NULL;

  self->rows[row] = line;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), sy_row_get_title (row));

  /* Translators: %s is a row of charts, such as Throughput */
  up_label = g_strdup_printf (_("Move %s up"), sy_row_get_title (row));
  /* Translators: %s is a row of charts, such as Throughput */
  down_label = g_strdup_printf (_("Move %s down"), sy_row_get_title (row));
  self->up[row] = create_button (row, "go-up-symbolic", up_label);
  self->down[row] = create_button (row, "go-down-symbolic", down_label);
  self->switches[row] = gtk_switch_new ();
  gtk_widget_set_valign (self->switches[row], GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (self->switches[row]), shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->switches[row]),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sy_row_get_title (row), -1);

  adw_action_row_add_suffix (ADW_ACTION_ROW (line), self->up[row]);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), self->down[row]);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), self->switches[row]);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (line), self->switches[row]);
  gtk_list_box_append (GTK_LIST_BOX (self->list), line);

  g_signal_connect (self->up[row], "clicked", G_CALLBACK (up_cb), self);
  g_signal_connect (self->down[row], "clicked", G_CALLBACK (down_cb), self);
  g_signal_connect_swapped (self->switches[row], "notify::active", G_CALLBACK (save_hidden), self);
}

static void
fill (SyRowsDialog *self)
{
  g_auto (GStrv) hidden = g_settings_get_strv (self->settings, "hidden-rows");

  sy_rows_load_order (self->settings, self->order);
  for (guint i = 0; i < SY_N_ROWS; i++)
    add_row (self, self->order[i], !g_strv_contains ((const char *const *) hidden, sy_row_get_id (self->order[i])));
  update_buttons (self);
}

static void
sy_rows_dialog_dispose (GObject *object)
{
  g_clear_object (&SY_ROWS_DIALOG (object)->settings);

  G_OBJECT_CLASS (sy_rows_dialog_parent_class)->dispose (object);
}

static void
sy_rows_dialog_class_init (SyRowsDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_rows_dialog_dispose;

  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sy_rows_dialog_init (SyRowsDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->list, 12);
  gtk_widget_set_margin_bottom (self->list, 18);
  gtk_widget_set_margin_start (self->list, 12);
  gtk_widget_set_margin_end (self->list, 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Rows"), -1);

  adw_clamp_set_child (ADW_CLAMP (clamp), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _("Rows"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 420, 560);
}

GtkWidget *
sy_rows_dialog_new (GtkWindow *parent,
                    GSettings *settings)
{
  SyRowsDialog *self = g_object_new (SY_TYPE_ROWS_DIALOG, "transient-for", parent, NULL);

  self->settings = g_object_ref (settings);
  fill (self);

  return GTK_WIDGET (self);
}
