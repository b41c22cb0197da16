/* sy-window-alerts.c: what a person wants to be told of, in the window
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-window-private.h"

#include <glib/gi18n.h>

#include "sy-alert-words.h"
#include "sy-alerts-dialog.h"
#include "sy-text.h"

static const char *
get_currency (SyWindow *self)
{
  return sy_session_get_price (self->session)->currency;
}

/* The titles of all, one a line. (transfer full) */
static char *
dup_titles (SyWindow        *self,
            const GPtrArray *events)
{
  GString *titles = g_string_new (NULL);

  for (guint i = 0; i < events->len; i++)
    {
      g_autofree char *title = sy_alert_dup_title (g_ptr_array_index (events, i), get_currency (self));

      g_string_append_printf (titles, "%s%s", i == 0 ? "" : " · ", title);
    }

  return g_string_free (titles, FALSE);
}

static void
show_events (SyWindow *self)
{
  const GPtrArray *events = sy_alert_watch_get_events (self->alerts);
  SyNoticeBar *bar = SY_NOTICE_BAR (self->alert_bar);
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;

  if (events->len == 0)
    {
      sy_notice_bar_clear (bar);
      return;
    }

  if (events->len == 1)
    {
      title = sy_alert_dup_title (g_ptr_array_index (events, 0), get_currency (self));
      detail = sy_alert_dup_body (g_ptr_array_index (events, 0), get_currency (self));
    }
  else
    {
      /* Translators: how many things are the case that a person wants to be told of */
      title = g_strdup_printf (ngettext ("%u alert", "%u alerts", events->len), events->len);
      detail = dup_titles (self, events);
    }

  sy_notice_bar_show (bar, title, detail, _("Al_erts…"));
}

static void
began_cb (SyWindow *self)
{
  show_events (self);
}

/* What somebody has dismissed comes back with the next event, and not with an end. */
static void
ended_cb (SyWindow *self)
{
  if (gtk_widget_get_visible (self->alert_bar))
    show_events (self);
}

static void
chosen_cb (SyWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.alerts", NULL);
}

static void
alerts_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  SyWindow *self = user_data;

  gtk_window_present (GTK_WINDOW (sy_alerts_dialog_new (GTK_WINDOW (self), self->session, self->alerts, self->background)));
}

static const GActionEntry entries[] = {
  { "alerts", alerts_cb },
};

void
sy_window_add_alert_actions (SyWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  sy_window_set_action_enabled (self, "alerts", FALSE);
}

void
sy_window_set_alerts (SyWindow     *self,
                      SyAlertWatch *alerts,
                      SyBackground *background)
{
  const GError *error = sy_alert_book_get_error (sy_alert_watch_get_book (alerts));

  g_return_if_fail (self->alerts == NULL);

  self->alerts = g_object_ref (alerts);
  self->background = g_object_ref (background);
  sy_window_set_action_enabled (self, "alerts", TRUE);
  g_signal_connect_object (alerts, "began", G_CALLBACK (began_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (alerts, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->alert_bar, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  show_events (self);

  if (error != NULL)
    {
      g_autofree char *why = sy_display_text (error->message, -1, SY_DISPLAY_TEXT_MAX);
      g_autofree char *text = g_strdup_printf (_("Your alerts are left out: %s"), why);

      sy_window_add_toast (self, text);
    }
}
