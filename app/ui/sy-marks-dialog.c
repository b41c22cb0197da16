/* sy-marks-dialog.c: everything that was said about moments
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-marks-dialog.h"

#include <glib/gi18n.h>

#include "sy-mark-words.h"

struct _SyMarksDialog
{
  AdwWindow parent_instance;

  SySession *session; /* owned */

  /* Children */
  GtkWidget *list;
  GtkWidget *empty;
};

enum {
  EDIT,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyMarksDialog, sy_marks_dialog, ADW_TYPE_WINDOW)

#define ID_KEY "sy-mark"

static void
emit (SyMarksDialog *self,
      GtkWidget     *button,
      guint          signal)
{
  const gint64 *id = g_object_get_data (G_OBJECT (button), ID_KEY);

  g_signal_emit (self, signals[signal], 0, *id);
}

static void
edit_cb (GtkWidget     *button,
         SyMarksDialog *self)
{
  emit (self, button, EDIT);
}

static void
remove_cb (GtkWidget     *button,
           SyMarksDialog *self)
{
  emit (self, button, REMOVE);
}

static void
add_button (SyMarksDialog *self,
            GtkWidget     *row,
            gint64         id,
            const char    *icon,
            const char    *label,
            GCallback      callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), ID_KEY, g_memdup2 (&id, sizeof id), g_free);
  g_signal_connect (button, "clicked", callback, self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
create_row (SyMarksDialog      *self,
            const SyRecordMark *mark)
{
  SyClock *clock = sy_session_get_clock (self->session);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *note = sy_mark_words_dup_note (mark);
  g_autofree char *when = sy_mark_words_dup_when (mark, sy_clock_get_wall (clock) - sy_clock_get_monotonic (clock));
  /* Translators: %s is a mark, "Deploy: version 2" */
  g_autofree char *edit = g_strdup_printf (_("Edit %s"), note);
  /* Translators: %s is a mark, "Deploy: version 2" */
  g_autofree char *remove = g_strdup_printf (_("Remove %s"), note);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), note);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), when);
  add_button (self, row, mark->id, "document-edit-symbolic", edit, G_CALLBACK (edit_cb));
  add_button (self, row, mark->id, "user-trash-symbolic", remove, G_CALLBACK (remove_cb));
  return row;
}

static void
fill (SyMarksDialog *self)
{
  SyMarks *marks = sy_session_get_marks (self->session);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *focused = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;
  const int at = focused != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focused)) : -1;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; i < sy_marks_get_n (marks); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), create_row (self, sy_marks_get (marks, i)));

  gtk_widget_set_visible (self->list, sy_marks_get_n (marks) > 0);
  gtk_widget_set_visible (self->empty, sy_marks_get_n (marks) == 0);

  /* Who goes through them by keys goes on where they were. */
  row = at >= 0 ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), MIN (at, (int) sy_marks_get_n (marks) - 1)) : NULL;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
sy_marks_dialog_dispose (GObject *object)
{
  g_clear_object (&SY_MARKS_DIALOG (object)->session);

  G_OBJECT_CLASS (sy_marks_dialog_parent_class)->dispose (object);
}

static void
sy_marks_dialog_class_init (SyMarksDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_marks_dialog_dispose;

  signals[EDIT] = g_signal_new ("edit", SY_TYPE_MARKS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[REMOVE] =
    g_signal_new ("remove", SY_TYPE_MARKS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sy_marks_dialog_init (SyMarksDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *clamp = adw_clamp_new ();

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Marks"), -1);
  self->empty = gtk_label_new (_("Nothing is marked. Ctrl+K marks the moment under the cursor, or now; Ctrl+E excludes a range."));
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->empty), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->empty, "dim-label");
  gtk_widget_set_vexpand (self->empty, TRUE);

  gtk_box_append (GTK_BOX (page), self->list);
  gtk_box_append (GTK_BOX (page), self->empty);
  gtk_widget_set_margin_top (page, 12);
  gtk_widget_set_margin_bottom (page, 18);
  gtk_widget_set_margin_start (page, 12);
  gtk_widget_set_margin_end (page, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), page);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _("Marks"));
  gtk_window_set_default_size (GTK_WINDOW (self), 420, 420);
}

GtkWidget *
sy_marks_dialog_new (GtkWindow *parent,
                     SySession *session)
{
  SyMarksDialog *self = g_object_new (SY_TYPE_MARKS_DIALOG, "transient-for", parent, "destroy-with-parent", TRUE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (sy_session_get_marks (session), "changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
  return GTK_WIDGET (self);
}
