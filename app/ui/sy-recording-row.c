/* sy-recording-row.c: one recording in a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-recording-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sy-clock.h"
#include "sy-format.h"
#include "sy-text.h"

#define NAME_MAX_CHARS 120
#define MOST_NAMES 6

struct _SyRecordingRow
{
  AdwActionRow parent_instance;

  SyRecordingInfo    *info;           /* owned */
  GSimpleActionGroup *actions;        /* owned */
  GtkWidget          *menu_button;    /* borrowed, a child */
  GtkWidget          *rename_popover; /* borrowed, a child */
  GtkWidget          *rename_entry;   /* borrowed, a child of it */
};

enum {
  COMPARE,
  SHOW,
  DELETE,
  RENAME,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyRecordingRow, sy_recording_row, ADW_TYPE_ACTION_ROW)

static void
add_part (GString    *text,
          const char *part)
{
  if (*part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static char *
join_names (SyRecordingInfo *info)
{
  const char *const *names = sy_recording_info_get_names (info);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL && i < MOST_NAMES; i++)
    {
      g_autofree char *safe = sy_display_text (names[i], -1, 60);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", safe);
    }

  return g_strdup (text->str);
}

/* What is not as usual; "" when all is. */
static char *
describe_state (SyRecordingInfo *info)
{
  const GError *error = sy_recording_info_get_error (info);
  g_autofree char *time = NULL;

  switch (sy_recording_info_get_state (info))
    {
    case SY_RECORDING_WRITTEN:
      return g_strdup (_("being recorded now"));
    case SY_RECORDING_INTERRUPTED:
      time = sy_format_time_of_day (sy_recording_info_get_changed (info));
      /* Translators: %s is a time of day */
      return g_strdup_printf (_("interrupted at %s"), time);
    case SY_RECORDING_UNREADABLE:
      {
        const char *path = sy_recording_info_get_path (info);
        const char *message = error->message;

        /* The row is about that file. */
        if (g_str_has_prefix (message, path) && g_str_has_prefix (message + strlen (path), ": "))
          message += strlen (path) + 2;
        return sy_display_text (message, -1, SY_DISPLAY_TEXT_MAX);
      }
    case SY_RECORDING_WHOLE:
    default:
      return g_strdup ("");
    }
}

char *
sy_recording_row_describe (SyRecordingInfo *info)
{
  const gint64 length_us = sy_recording_info_get_length (info);
  g_autofree char *time = sy_format_date_time (sy_recording_info_get_began (info));
  g_autofree char *length = length_us > 0 ? sy_format_age (length_us) : g_strdup ("");
  g_autofree char *names = join_names (info);
  g_autofree char *size = sy_format_bytes ((double) sy_recording_info_get_size (info));
  g_autofree char *state = describe_state (info);
  g_autoptr (GString) text = g_string_new (NULL);

  add_part (text, time);
  add_part (text, length);
  add_part (text, names);
  add_part (text, size);
  add_part (text, state);
  return g_strdup (text->str);
}

/* --- Menu --- */

static void
open_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  adw_action_row_activate (ADW_ACTION_ROW (user_data));
}

static void
compare_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  g_signal_emit (user_data, signals[COMPARE], 0);
}

static void
show_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_signal_emit (user_data, signals[SHOW], 0);
}

static void
delete_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  g_signal_emit (user_data, signals[DELETE], 0);
}

static void
rename_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  SyRecordingRow *self = user_data;

  gtk_editable_set_text (GTK_EDITABLE (self->rename_entry), sy_recording_info_get_name (self->info));
  gtk_popover_popup (GTK_POPOVER (self->rename_popover));
  gtk_widget_grab_focus (self->rename_entry);
}

static void
rename_apply_cb (SyRecordingRow *self)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->rename_entry)));

  gtk_popover_popdown (GTK_POPOVER (self->rename_popover));
  g_signal_emit (self, signals[RENAME], 0, name);
}

static const GActionEntry actions[] = {
  { "open", open_cb },
  { "compare", compare_cb },
  { "show", show_cb },
  { "delete", delete_cb },
  { "rename", rename_cb },
};

/* What a file that cannot be read is not good for. */
static const char *const reading_actions[] = { "open", "compare" };

static GMenuModel *
new_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) use = g_menu_new ();
  g_autoptr (GMenu) file = g_menu_new ();
  g_autoptr (GMenu) end = g_menu_new ();

  g_menu_append (use, _("_Open"), "recording.open");
  g_menu_append (use, _("_Compare With…"), "recording.compare");
  g_menu_append (file, _("_Rename…"), "recording.rename");
  g_menu_append (file, _("_Show in Folder"), "recording.show");
  g_menu_append (end, _("_Delete"), "recording.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (use));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (file));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));
  return G_MENU_MODEL (menu);
}

static void
add_rename_popover (SyRecordingRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Rename"));

  self->rename_entry = gtk_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rename_entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name of the recording"), -1);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL);
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_object (self->rename_entry, "activate", G_CALLBACK (rename_apply_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "clicked", G_CALLBACK (rename_apply_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->rename_entry);
  gtk_box_append (GTK_BOX (box), button);

  self->rename_popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->rename_popover), box);
  gtk_widget_set_parent (self->rename_popover, self->menu_button);
}

static void
sy_recording_row_dispose (GObject *object)
{
  SyRecordingRow *self = SY_RECORDING_ROW (object);

  g_clear_pointer (&self->rename_popover, gtk_widget_unparent);
  g_clear_object (&self->info);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (sy_recording_row_parent_class)->dispose (object);
}

static void
sy_recording_row_class_init (SyRecordingRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_recording_row_dispose;

  signals[COMPARE] = g_signal_new ("compare", SY_TYPE_RECORDING_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SHOW] = g_signal_new ("show-file", SY_TYPE_RECORDING_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DELETE] = g_signal_new ("delete", SY_TYPE_RECORDING_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RENAME] =
    g_signal_new ("rename", SY_TYPE_RECORDING_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sy_recording_row_init (SyRecordingRow *self)
{
  g_autoptr (GMenuModel) menu = new_menu ();

  self->menu_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu_button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu_button), menu);
  gtk_widget_set_valign (self->menu_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->menu_button, "flat");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->menu_button);
  add_rename_popover (self);

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "recording", G_ACTION_GROUP (self->actions));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

GtkWidget *
sy_recording_row_new (SyRecordingInfo *info)
{
  SyRecordingRow *self = g_object_new (SY_TYPE_RECORDING_ROW, NULL);
  const SyRecordingState state = sy_recording_info_get_state (info);
  g_autofree char *name = sy_display_text (sy_recording_info_get_name (info), -1, NAME_MAX_CHARS);
  g_autofree char *description = sy_recording_row_describe (info);
  g_autofree char *menu_label = NULL;

  self->info = g_object_ref (info);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), description);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), state != SY_RECORDING_WRITTEN && state != SY_RECORDING_UNREADABLE);
  gtk_widget_set_visible (self->menu_button, state != SY_RECORDING_WRITTEN);
  for (guint i = 0; state == SY_RECORDING_UNREADABLE && i < G_N_ELEMENTS (reading_actions); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), reading_actions[i])),
                                 FALSE);

  /* Translators: the menu of a recording, for screen readers: "Menu of 2026-11-18 11-06-43" */
  menu_label = g_strdup_printf (_("Menu of %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, menu_label, -1);
  gtk_widget_set_tooltip_text (self->menu_button, _("Recording Menu"));
  return GTK_WIDGET (self);
}

SyRecordingInfo *
sy_recording_row_get_info (SyRecordingRow *self)
{
  return self->info;
}
