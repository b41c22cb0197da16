/* sy-window-restore.c: the page and the backends of the last time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-window-private.h"

#include "sy-first-run-page.h"

#define PAGE "page"

/* --- Page --- */

static void
page_cb (SyWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (self->view_stack));

  if (name != NULL)
    g_settings_set_string (self->settings, PAGE, name);
}

/* --- Backends --- */

static void
last_session_changed_cb (SyWindow *self)
{
  g_autofree char *names = sy_last_session_dup_names (self->last_session);

  sy_first_run_page_set_last (SY_FIRST_RUN_PAGE (self->first_run_page), names);
}

static void
reopen_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  sy_window_reopen (user_data);
}

static const GActionEntry entries[] = {
  { "reopen", reopen_cb },
};

void
sy_window_set_last_session (SyWindow      *self,
                            SyLastSession *last_session)
{
  g_autofree char *page = g_settings_get_string (self->settings, PAGE);

  g_return_if_fail (self->last_session == NULL);

  self->last_session = g_object_ref (last_session);
  sy_window_show_page (self, page);
  g_signal_connect_object (self->view_stack, "notify::visible-child", G_CALLBACK (page_cb), self, G_CONNECT_SWAPPED);

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (last_session, "changed", G_CALLBACK (last_session_changed_cb), self, G_CONNECT_SWAPPED);
  last_session_changed_cb (self);
}

void
sy_window_reopen (SyWindow *self)
{
  g_autoptr (GPtrArray) problems = NULL;

  if (self->last_session == NULL || sy_session_get_n (self->session) > 0)
    return;

  problems = sy_last_session_reopen (self->last_session);
  for (guint i = 0; i < problems->len; i++)
    sy_window_add_toast (self, g_ptr_array_index (problems, i));
}
