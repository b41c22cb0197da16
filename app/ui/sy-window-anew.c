/* sy-window-anew.c: another comparison in the place of this one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-window-private.h"

#include <glib/gi18n.h>

#include "sy-button-names.h"
#include "sy-toast.h"

/* The dialog that asks for the new backends is in front of it meanwhile. */
#define UNDO_SECONDS 60

static void
put_back_cb (AdwToast *toast,
             SyWindow *self)
{
  g_autoptr (GPtrArray) backends = g_object_steal_data (G_OBJECT (toast), "backends");

  /* Pressed twice while the toast goes away: nothing is left. */
  for (guint i = 0; backends != NULL && i < backends->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!sy_session_put_back (self->session, g_ptr_array_index (backends, i), i, &error))
        sy_window_add_toast (self, error->message);
    }
}

static void
offer_undo (SyWindow  *self,
            GPtrArray *backends)
{
  /* Translators: backends went out of the window for a new comparison; Undo brings them back */
  g_autofree char *text = g_strdup_printf (ngettext ("Removed %u backend", "Removed %u backends", backends->len), backends->len);
  AdwToast *toast = sy_toast_new_undo (text);

  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_object_set_data_full (G_OBJECT (toast), "backends", g_ptr_array_ref (backends), (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (put_back_cb), self, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toast_overlay), toast);
  sy_name_buttons (self->toast_overlay);
}

void
sy_window_begin_anew (SyWindow *self)
{
  g_autoptr (GPtrArray) backends = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (self->player == NULL);

  /* The demo's servers end with it: there is nothing to put back. */
  sy_demo_control_stop (self->demo);

  while (sy_session_get_n (self->session) > 0)
    {
      SyBackend *backend = sy_session_get (self->session, 0);

      g_ptr_array_add (backends, g_object_ref (backend));
      sy_session_remove (self->session, backend);
    }
  if (backends->len > 0)
    offer_undo (self, backends);

  sy_window_show_page (self, "live");
  gtk_widget_activate_action (GTK_WIDGET (self), "win.add-backend", NULL);
}
