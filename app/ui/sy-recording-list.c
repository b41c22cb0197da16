/* sy-recording-list.c: the recordings that are kept, to choose from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-recording-list.h"

#include <glib/gi18n.h>

#include "sy-button-names.h"
#include "sy-button-wrap.h"
#include "sy-datadir.h"
#include "sy-recording-row.h"
#include "sy-text.h"

struct _SyRecordingList
{
  GtkWidget parent_instance;

  SyShelf           *shelf; /* owned, nullable: not set yet */
  GtkSliceListModel *shown; /* owned, nullable: the same */
  guint              limit;

  /* Template */
  GtkWidget *content;
  GtkWidget *box;
  GtkWidget *empty;
  GtkWidget *examples;
};

enum {
  MESSAGE,
  TAKEN_OUT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyRecordingList, sy_recording_list, GTK_TYPE_WIDGET)

static void
tell (SyRecordingList *self,
      const GError    *error)
{
  g_autofree char *text = sy_display_text (error->message, -1, SY_DISPLAY_TEXT_MAX);

  g_signal_emit (self, signals[MESSAGE], 0, text);
}

/* Of a button that names one that comes with the program. (transfer full) */
static char *
dup_example_path (GtkWidget *button)
{
  g_autofree char *name = g_strconcat (gtk_widget_get_name (button), ".steelyard", NULL);

  return sy_datadir_build_path ("recordings", name, NULL);
}

/* An installation may have left them out. */
static gboolean
has_examples (SyRecordingList *self)
{
  g_autofree char *path = dup_example_path (gtk_widget_get_last_child (self->examples));

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
update_empty (SyRecordingList *self)
{
  const GError *error = sy_shelf_get_error (self->shelf);
  const gboolean has_any = g_list_model_get_n_items (G_LIST_MODEL (self->shelf)) > 0;
  g_autofree char *why = NULL;

  gtk_widget_set_visible (self->box, has_any);
  gtk_widget_set_visible (self->empty, !has_any);
  gtk_widget_set_visible (self->examples, !has_any && error == NULL && has_examples (self));
  if (error != NULL)
    {
      why = sy_display_text (error->message, -1, SY_DISPLAY_TEXT_MAX);
      gtk_label_set_text (GTK_LABEL (self->empty), why);
    }
  else
    gtk_label_set_text (GTK_LABEL (self->empty), _("What you watch is recorded, and can be played again from here."));
}

/* --- Rows --- */

static void
compare_cb (SyRecordingList *self,
            SyRecordingRow  *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.compare-recording", "s",
                              sy_recording_info_get_path (sy_recording_row_get_info (row)));
}

static void
show_folder (SyRecordingList *self)
{
  g_autofree char *folder = g_filename_to_uri (sy_shelf_get_folder (self->shelf), NULL, NULL);

  if (folder != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), folder, GDK_CURRENT_TIME);
}

static void
shown_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SyRecordingList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);

  /* No file manager that can mark a file: the folder will do. */
  if (answer == NULL)
    show_folder (self);
}

/* By https://www.freedesktop.org/wiki/Specifications/file-manager-interface/ */
static void
show_file_cb (SyRecordingList *self,
              SyRecordingRow  *row)
{
  g_autofree char *uri = g_filename_to_uri (sy_recording_info_get_path (sy_recording_row_get_info (row)), NULL, NULL);
  GApplication *application = g_application_get_default ();
  GDBusConnection *bus = application != NULL && g_application_get_is_registered (application) ? g_application_get_dbus_connection (application) : NULL;
  const char *const uris[] = { uri, NULL };

  if (bus != NULL && uri != NULL)
    g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                            "org.freedesktop.FileManager1", "ShowItems", g_variant_new ("(^ass)", uris, ""), NULL,
                            G_DBUS_CALL_FLAGS_NONE, 5000, NULL, shown_cb, g_object_ref (self));
  else
    show_folder (self);
}

static void
delete_cb (SyRecordingList *self,
           SyRecordingRow  *row)
{
  g_autoptr (SyRecordingInfo) info = g_object_ref (sy_recording_row_get_info (row));
  g_autoptr (GError) error = NULL;

  if (sy_shelf_take_out (self->shelf, info, &error))
    g_signal_emit (self, signals[TAKEN_OUT], 0, info);
  else
    tell (self, error);
}

static void
rename_cb (SyRecordingList *self,
           const char      *name,
           SyRecordingRow  *row)
{
  g_autoptr (GError) error = NULL;

  if (!sy_shelf_rename (self->shelf, sy_recording_row_get_info (row), name, &error))
    tell (self, error);
}

static void
activated_cb (SyRecordingList *self,
              SyRecordingRow  *row)
{
  const char *const paths[] = { sy_recording_info_get_path (sy_recording_row_get_info (row)), NULL };

  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-recordings", "^as", paths);
}

static void
example_cb (GtkWidget       *button,
            SyRecordingList *self)
{
  g_autofree char *path = dup_example_path (button);
  const char *const paths[] = { path, NULL };

  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-recordings", "^as", paths);
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  GtkWidget *row = sy_recording_row_new (item);

  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), user_data, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "compare", G_CALLBACK (compare_cb), user_data, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "show-file", G_CALLBACK (show_file_cb), user_data, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "delete", G_CALLBACK (delete_cb), user_data, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "rename", G_CALLBACK (rename_cb), user_data, G_CONNECT_SWAPPED);
  return row;
}

static void
follow_shelf (SyRecordingList *self)
{
  if (self->shelf == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  gtk_list_box_bind_model (GTK_LIST_BOX (self->box), G_LIST_MODEL (self->shown), create_row_cb, self, NULL);
  sy_shelf_refresh (self->shelf);
}

/* --- Widget --- */

static void
sy_recording_list_map (GtkWidget *widget)
{
  SyRecordingList *self = SY_RECORDING_LIST (widget);

  GTK_WIDGET_CLASS (sy_recording_list_parent_class)->map (widget);
  follow_shelf (self);
}

/* Rows that nobody sees are nobody's: a screen reader would walk through them. */
static void
sy_recording_list_unmap (GtkWidget *widget)
{
  gtk_list_box_bind_model (GTK_LIST_BOX (SY_RECORDING_LIST (widget)->box), NULL, NULL, NULL, NULL);
  GTK_WIDGET_CLASS (sy_recording_list_parent_class)->unmap (widget);
}

static void
sy_recording_list_dispose (GObject *object)
{
  SyRecordingList *self = SY_RECORDING_LIST (object);

  if (self->box != NULL)
    gtk_list_box_bind_model (GTK_LIST_BOX (self->box), NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), SY_TYPE_RECORDING_LIST);
  g_clear_object (&self->shown);
  g_clear_object (&self->shelf);

  G_OBJECT_CLASS (sy_recording_list_parent_class)->dispose (object);
}

static void
sy_recording_list_class_init (SyRecordingListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_recording_list_dispose;
  widget_class->map = sy_recording_list_map;
  widget_class->unmap = sy_recording_list_unmap;

  signals[MESSAGE] =
    g_signal_new ("message", SY_TYPE_RECORDING_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TAKEN_OUT] = g_signal_new ("taken-out", SY_TYPE_RECORDING_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, SY_TYPE_RECORDING_INFO);

  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-recording-list.ui");
  gtk_widget_class_bind_template_child (widget_class, SyRecordingList, content);
  gtk_widget_class_bind_template_child (widget_class, SyRecordingList, box);
  gtk_widget_class_bind_template_child (widget_class, SyRecordingList, empty);
  gtk_widget_class_bind_template_child (widget_class, SyRecordingList, examples);
  gtk_widget_class_bind_template_callback (widget_class, example_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_recording_list_init (SyRecordingList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sy_wrap_buttons (self->examples);
  sy_name_buttons (GTK_WIDGET (self));
}

void
sy_recording_list_set_shelf (SyRecordingList *self,
                             SyShelf         *shelf)
{
  g_return_if_fail (self->shelf == NULL);

  self->shelf = g_object_ref (shelf);
  self->shown = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (shelf)), 0, self->limit > 0 ? self->limit : G_MAXUINT);
  g_signal_connect_object (shelf, "items-changed", G_CALLBACK (update_empty), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shelf, "refreshed", G_CALLBACK (update_empty), self, G_CONNECT_SWAPPED);
  update_empty (self);
  follow_shelf (self);
}

void
sy_recording_list_set_limit (SyRecordingList *self,
                             guint            limit)
{
  self->limit = limit;
  if (self->shown != NULL)
    gtk_slice_list_model_set_size (self->shown, limit > 0 ? limit : G_MAXUINT);
}

GtkListBox *
sy_recording_list_get_box (SyRecordingList *self)
{
  return GTK_LIST_BOX (self->box);
}
