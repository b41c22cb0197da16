/* sy-path-row.c: a file or folder of a person's choice
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-path-row.h"

#include <glib/gi18n.h>

#include "sy-text.h"

struct _SyPathRow
{
  AdwActionRow parent_instance;

  SyPathSetting        *setting; /* owned */
  SyPathWords           words;
  GtkFileChooserNative *chooser; /* owned, nullable: nothing is being chosen */

  GtkWidget            *warning; /* borrowed, a child, as the next two */
  GtkWidget            *choose;
  GtkWidget            *reset;
};

G_DEFINE_FINAL_TYPE (SyPathRow, sy_path_row, ADW_TYPE_ACTION_ROW)

/* (transfer full) */
static char *
dup_subtitle (SyPathRow *self)
{
  const GError *error = sy_path_setting_get_error (self->setting);
  g_autofree char *path = sy_path_setting_dup_path (self->setting);
  g_autofree char *safe = NULL;

  if (error != NULL)
    {
      safe = sy_display_text (error->message, -1, SY_DISPLAY_TEXT_MAX);
      /* Translators: why a file or folder is not used, without a full stop; a sentence about what is used instead */
      return g_strdup_printf (_("%1$s. %2$s"), safe, self->words.instead);
    }

  if (path == NULL)
    return g_strdup (self->words.unset);

  safe = sy_display_text (path, -1, SY_DISPLAY_TEXT_MAX);
  return self->words.note != NULL ? g_strdup_printf ("%s\n%s", safe, self->words.note) : g_steal_pointer (&safe);
}

static void
update (SyPathRow *self)
{
  const gboolean failed = sy_path_setting_get_error (self->setting) != NULL;
  g_autofree char *path = sy_path_setting_dup_path (self->setting);
  g_autofree char *subtitle = dup_subtitle (self);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_widget_set_visible (self->warning, failed);
  gtk_widget_set_visible (self->reset, path != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choose), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
}

/* --- Choosing --- */

static void
response_cb (GtkFileChooserNative *chooser,
             int                   response,
             SyPathRow            *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *uri = file != NULL ? g_file_get_uri (file) : NULL;

  /* What is not on this machine has no path; its address is one that nobody finds,
   * and the row says so. */
  if (file != NULL)
    sy_path_setting_set_path (self->setting, path != NULL ? path : uri);
  g_clear_object (&self->chooser);
}

static void
start_in_present (SyPathRow *self)
{
  g_autofree char *path = sy_path_setting_dup_path (self->setting);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;

  if (file != NULL && g_file_query_exists (file, NULL))
    gtk_file_chooser_set_file (GTK_FILE_CHOOSER (self->chooser), file, NULL);
}

static void
choose_cb (SyPathRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (self->words.choose, GTK_WINDOW (root), self->words.action, _("_Choose"), _("_Cancel"));
  if (self->words.pattern != NULL)
    {
      gtk_file_filter_add_pattern (filter, self->words.pattern);
      gtk_file_filter_set_name (filter, self->words.pattern);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
    }
  start_in_present (self);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* The button that had the focus goes. */
static void
reset_cb (SyPathRow *self)
{
  gtk_widget_grab_focus (self->choose);
  sy_path_setting_set_path (self->setting, NULL);
}

/* --- Widget --- */

static void
sy_path_row_dispose (GObject *object)
{
  SyPathRow *self = SY_PATH_ROW (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->setting);

  G_OBJECT_CLASS (sy_path_row_parent_class)->dispose (object);
}

static void
sy_path_row_class_init (SyPathRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_path_row_dispose;
}

static void
sy_path_row_init (SyPathRow *self)
{
}

static GtkWidget *
add_button (SyPathRow  *self,
            const char *icon,
            const char *label,
            GCallback   clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);

  return button;
}

GtkWidget *
sy_path_row_new (SyPathSetting     *setting,
                 const SyPathWords *words)
{
  SyPathRow *self = g_object_new (SY_TYPE_PATH_ROW, "title", words->title, "use-markup", FALSE, NULL);

  self->setting = g_object_ref (setting);
  self->words = *words;
  self->warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_add_css_class (self->warning, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->warning), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Not used"), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->warning);
  self->choose = add_button (self, "document-open-symbolic", words->choose, G_CALLBACK (choose_cb));
  self->reset = add_button (self, "edit-undo-symbolic", words->reset, G_CALLBACK (reset_cb));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->choose);
  g_signal_connect_object (setting, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}
