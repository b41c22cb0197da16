/* sy-window-actions.c: what the window can be told to do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sy-access-dialog.h"
#include "sy-add-dialog.h"
#include "sy-format.h"
#include "sy-live-sheet.h"
#include "sy-mapping-dialog.h"
#include "sy-price-dialog.h"
#include "sy-rows-dialog.h"

#define ROW_PREFIX "row-"

static void
add_backend_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  SyWindow *self = user_data;

  gtk_window_present (GTK_WINDOW (sy_add_dialog_new (GTK_WINDOW (self), self->session)));
}

/* @parameter: a backend's letter. */
static void
authenticate_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  SyWindow *self = user_data;
  const char *letter = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < sy_session_get_n (self->session); i++)
    {
      SyBackend *backend = sy_session_get (self->session, i);

      if (strcmp (sy_backend_get_letter (backend), letter) == 0)
        gtk_window_present (GTK_WINDOW (sy_access_dialog_new (GTK_WINDOW (self),
                                                              sy_session_get_access_book (self->session),
                                                              sy_source_get_url (sy_backend_get_source (backend)))));
    }
}

static void
price_chosen_cb (SyWindow   *self,
                 const char *price_id)
{
  /* Of a recording it is a question, not the choice for all days to come. */
  if (sy_session_set_price (self->session, price_id) && self->player == NULL)
    g_settings_set_string (self->settings, "price-id", price_id);
}

static void
choose_price_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  SyWindow *self = user_data;
  GtkWidget *dialog = sy_price_dialog_new (GTK_WINDOW (self), sy_session_get_price_book (self->session),
                                           sy_session_get_price (self->session));

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (price_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* @parameter: the letter of the backend. */
static void
edit_signals_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  SyWindow *self = user_data;
  const char *letter = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < sy_session_get_n (self->session); i++)
    {
      SyBackend *backend = sy_session_get (self->session, i);

      if (g_str_equal (sy_backend_get_letter (backend), letter))
        gtk_window_present (GTK_WINDOW (sy_mapping_dialog_new (GTK_WINDOW (self), self->session, backend)));
    }
}

static void
demo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  const char *kind = g_variant_get_string (parameter, NULL);

  sy_window_start_demo (user_data, strcmp (kind, "real") == 0 ? SY_DEMO_REAL : SY_DEMO_MODELS);
}

static void
stop_demo_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  sy_demo_control_stop (SY_WINDOW (user_data)->demo);
}

static void
change_paused_cb (GSimpleAction *action,
                  GVariant      *state,
                  gpointer       user_data)
{
  SyWindow *self = user_data;

  /* The page's own property comes back through paused_changed_cb(). */
  sy_live_page_set_paused (SY_LIVE_PAGE (self->live_page), g_variant_get_boolean (state));
}

static void
paused_changed_cb (SyWindow *self)
{
  gboolean paused = sy_live_page_get_paused (SY_LIVE_PAGE (self->live_page));
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "paused");
  const char *label = paused ? _("Continue") : _("Pause the Picture");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (paused));
  gtk_button_set_icon_name (GTK_BUTTON (self->pause_button),
                            paused ? "media-playback-start-symbolic" : "media-playback-pause-symbolic");
  gtk_widget_set_tooltip_text (self->pause_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pause_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
change_time_window_cb (GSimpleAction *action,
                       GVariant      *state,
                       gpointer       user_data)
{
  SyWindow *self = user_data;
  int seconds = CLAMP (g_variant_get_int32 (state), 10, 86400);
  g_autofree char *span = sy_format_duration (seconds);
  g_autofree char *label = NULL;

  g_simple_action_set_state (action, g_variant_new_int32 (seconds));
  g_settings_set_int (self->settings, "time-window", seconds);
  sy_live_page_set_window (SY_LIVE_PAGE (self->live_page), seconds * SY_USEC_PER_SEC);

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->time_button), span);
  /* Translators: how much time the charts show, for screen readers: "Time shown: 4 min" */
  label = g_strdup_printf (_("Time shown: %s"), span);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->time_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
change_interval_cb (GSimpleAction *action,
                    GVariant      *state,
                    gpointer       user_data)
{
  SyWindow *self = user_data;
  double seconds = CLAMP (g_variant_get_double (state), 0.1, 3600);

  g_settings_set_double (self->settings, "interval", seconds);
  sy_session_set_interval (self->session, (gint64) (seconds * (double) SY_USEC_PER_SEC));
}

/* Also reached when the command line has set another interval than the settings'. */
static void
interval_changed_cb (SyWindow *self)
{
  double seconds = (double) sy_session_get_interval (self->session) / (double) SY_USEC_PER_SEC;
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "interval");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_double (seconds));
}

/* --- Views --- */

static void
update_view (SyWindow *self)
{
  g_autofree char *id = g_settings_get_string (self->settings, "view");
  gboolean ratio_lane = g_settings_get_boolean (self->settings, "ratio-lane");
  SyView view = SY_VIEW_COLUMNS;

  /* Another version may have written a view that this one does not know. */
  sy_view_parse (id, &view);
  sy_live_page_set_view (SY_LIVE_PAGE (self->live_page), view, ratio_lane);
}

/* --- Saving the page --- */

static void
page_saved_cb (GFile        *file,
               const GError *error,
               gpointer      user_data)
{
  g_autofree char *text = NULL;

  if (file != NULL)
    {
      g_autofree char *name = g_file_get_basename (file);

      /* Translators: %s is the name of a file */
      text = g_strdup_printf (_("Saved as %s"), name);
    }
  else if (error != NULL)
    /* Translators: %s is the reason, a sentence of the system */
    text = g_strdup_printf (_("The page was not saved: %s"), error->message);

  if (text != NULL)
    sy_window_add_toast (user_data, text);
}

static void
save_page_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  SyWindow *self = user_data;
  g_autoptr (BeamSheet) sheet = sy_live_sheet_new (SY_LIVE_PAGE (self->live_page), G_LIST_MODEL (self->session),
                                                   sy_session_get_clock (self->session));
  BeamFileFormat format;

  if (beam_file_format_parse (g_variant_get_string (parameter, NULL), &format))
    beam_save_sheet (sheet, format, _("Comparison"), GTK_WINDOW (self), page_saved_cb,
                     g_object_ref (self), g_object_unref);
}

static void
arrange_rows_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  SyWindow *self = user_data;

  gtk_window_present (GTK_WINDOW (sy_rows_dialog_new (GTK_WINDOW (self), self->settings)));
}

void
sy_window_set_action_enabled (SyWindow   *self,
                              const char *name,
                              gboolean    enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name)), enabled);
}

/* To the next page or the one before; the first and the last are ends. */
static void
turn_page_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  SyWindow *self = user_data;
  g_autoptr (GtkSelectionModel) pages = adw_view_stack_get_pages (ADW_VIEW_STACK (self->view_stack));
  const gint64 n = g_list_model_get_n_items (G_LIST_MODEL (pages));

  for (gint64 i = 0; i < n; i++)
    if (gtk_selection_model_is_selected (pages, (guint) i))
      {
        const gint64 wanted = CLAMP (i + g_variant_get_int32 (parameter), 0, n - 1);

        gtk_selection_model_select_item (pages, (guint) wanted, TRUE);
        return;
      }
}

static const GActionEntry entries[] = {
  { "add-backend", add_backend_cb },
  { "authenticate", authenticate_cb, "s" },
  { "choose-price", choose_price_cb },
  { "edit-signals", edit_signals_cb, "s" },
  { "demo", demo_cb, "s" },
  { "stop-demo", stop_demo_cb },
  { "save-page", save_page_cb, "s" },
  { "turn-page", turn_page_cb, "i" },
  { "arrange-rows", arrange_rows_cb },
  { "paused", NULL, NULL, "false", change_paused_cb },
  { "time-window", NULL, "i", "240", change_time_window_cb },
  { "interval", NULL, "d", "1.0", change_interval_cb },
};

/* --- Rows --- */

/* Writes the settings; rows_changed_cb() does the rest. */
static void
change_row_cb (GSimpleAction *action,
               GVariant      *state,
               gpointer       user_data)
{
  SyWindow *self = user_data;
  const char *id = g_action_get_name (G_ACTION (action)) + strlen (ROW_PREFIX);
  g_auto (GStrv) hidden = g_settings_get_strv (self->settings, "hidden-rows");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) now = NULL;

  for (guint i = 0; hidden[i] != NULL; i++)
    if (strcmp (hidden[i], id) != 0)
      g_strv_builder_add (builder, hidden[i]);
  if (!g_variant_get_boolean (state))
    g_strv_builder_add (builder, id);

  now = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "hidden-rows", (const char *const *) now);
}

static void
rows_changed_cb (SyWindow *self)
{
  g_auto (GStrv) hidden = g_settings_get_strv (self->settings, "hidden-rows");
  SyRow order[SY_N_ROWS];

  sy_rows_load_order (self->settings, order);
  sy_live_page_set_row_order (SY_LIVE_PAGE (self->live_page), order);
  for (guint row = 0; row < SY_N_ROWS; row++)
    {
      g_autofree char *name = g_strconcat (ROW_PREFIX, sy_row_get_id (row), NULL);
      gboolean shown = !g_strv_contains ((const char *const *) hidden, sy_row_get_id (row));

      g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name)),
                                 g_variant_new_boolean (shown));
      sy_live_page_set_row_shown (SY_LIVE_PAGE (self->live_page), row, shown);
    }
}

static void
add_row_actions (SyWindow *self)
{
  for (guint row = 0; row < SY_N_ROWS; row++)
    {
      g_autofree char *name = g_strconcat (ROW_PREFIX, sy_row_get_id (row), NULL);
      g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (TRUE));

      g_signal_connect (action, "change-state", G_CALLBACK (change_row_cb), self);
      g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
    }

  g_signal_connect_object (self->settings, "changed::hidden-rows", G_CALLBACK (rows_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::row-order", G_CALLBACK (rows_changed_cb), self, G_CONNECT_SWAPPED);
  rows_changed_cb (self);
}

static void
add_setting_action (SyWindow   *self,
                    const char *key)
{
  g_autoptr (GAction) action = g_settings_create_action (self->settings, key);
  g_autofree char *detailed = g_strdup_printf ("changed::%s", key);

  g_action_map_add_action (G_ACTION_MAP (self), action);
  g_signal_connect_object (self->settings, detailed, G_CALLBACK (update_view), self, G_CONNECT_SWAPPED);
}

/* What the settings say, said to the actions. */
static void
load_settings (SyWindow *self)
{
  g_autofree char *price_id = g_settings_get_string (self->settings, "price-id");

  g_action_group_change_action_state (G_ACTION_GROUP (self), "time-window",
                                      g_variant_new_int32 (g_settings_get_int (self->settings, "time-window")));
  sy_session_set_interval (self->session, (gint64) (g_settings_get_double (self->settings, "interval") *
                                                    (double) SY_USEC_PER_SEC));
  interval_changed_cb (self);

  /* A price that was taken out of the list: the list's default stays. */
  if (*price_id != '\0')
    sy_session_set_price (self->session, price_id);
}

void
sy_window_add_actions (SyWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  add_row_actions (self);
  add_setting_action (self, "view");
  add_setting_action (self, "ratio-lane");
  update_view (self);

  g_signal_connect_object (self->live_page, "notify::paused", G_CALLBACK (paused_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::interval-us",
                           G_CALLBACK (interval_changed_cb), self, G_CONNECT_SWAPPED);
  load_settings (self);
  paused_changed_cb (self);
}
