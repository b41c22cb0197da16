/* sy-window.c: the main window
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-window-private.h"

#include <glib/gi18n.h>

#include "sy-button-names.h"
#include "sy-cost-page.h"
#include "sy-decide-page.h"
#include "sy-first-run-page.h"
#include "sy-load-page.h"
#include "sy-recording-list.h"
#include "sy-replay-bar.h"
#include "sy-retention-group.h"
#include "sy-text.h"
#include "sy-toast.h"

G_DEFINE_FINAL_TYPE (SyWindow, sy_window, ADW_TYPE_APPLICATION_WINDOW)

void
sy_window_update_stack (SyWindow *self)
{
  /* A recording that starts over is empty for a moment, and nobody shall see it. */
  gboolean has_backends = sy_session_get_n (self->session) > 0 || self->player != NULL;

  const char *page = adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (self->view_stack));
  /* Of the pages, this one is of use without a backend. */
  const gboolean shows_recordings = g_strcmp0 (page, "recordings") == 0;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), has_backends || shows_recordings ? "pages" : "first-run");
  gtk_widget_set_visible (self->time_squeezer, has_backends);
  /* The first-run page has the same button, larger. */
  gtk_widget_set_visible (self->pause_button, has_backends && self->player == NULL);
  gtk_widget_set_visible (self->add_button, has_backends && self->player == NULL);
  sy_window_set_action_enabled (self, "add-recording", self->player == NULL && has_backends
                                                       && sy_session_get_n (self->session) < SY_SESSION_MAX_BACKENDS);
  sy_window_set_action_enabled (self, "add-mark", has_backends);
  sy_window_set_action_enabled (self, "exclude-range", has_backends);
  sy_window_set_action_enabled (self, "add-backend",
                                self->player == NULL && sy_session_get_n (self->session) < SY_SESSION_MAX_BACKENDS);
}

static void
update_price (SyWindow *self)
{
  sy_cost_page_set_prices (SY_COST_PAGE (self->cost_page), sy_session_get_price_book (self->session));
  sy_live_page_set_price (SY_LIVE_PAGE (self->live_page), sy_session_get_price (self->session));
  sy_cost_page_set_price (SY_COST_PAGE (self->cost_page), sy_session_get_price (self->session));
}

/* --- Demo --- */

static void
fill_demo_menu (SyWindow   *self,
                SyDemoKind  running)
{
  g_menu_remove_all (self->demo_menu);

  if (running == SY_DEMO_REAL)
    g_menu_append (self->demo_menu, _("Run the _Models in C Instead"), "win.demo('models')");
  else if (sy_demo_real_is_possible (NULL))
    g_menu_append (self->demo_menu, _("Run _Node.js and Python Instead"), "win.demo('real')");

  g_menu_append (self->demo_menu, _("_Stop the Demo"), "win.stop-demo");
}

/* The demo's load is an open loop with one schedule for both of its own servers; a
 * person may have put others beside them. */
static void
update_driven (SyWindow *self)
{
  SyWeighing *weighing = sy_appraisal_get_weighing (self->appraisal);
  const gboolean demo = weighing != NULL && !sy_window_weighs_recording (self)
                        && sy_demo_control_loads (self->demo, sy_weighing_get_backend (weighing, 0))
                        && sy_demo_control_loads (self->demo, sy_weighing_get_backend (weighing, 1));

  sy_appraisal_set_driven (self->appraisal, self->player != NULL ? sy_player_get_driven (self->player) : demo);
}

static void
demo_changed_cb (SyWindow *self)
{
  SyDemoPhase phase = sy_demo_control_get_phase (self->demo);
  SyDemoKind kind = sy_demo_control_get_kind (self->demo);

  sy_first_run_page_set_starting (SY_FIRST_RUN_PAGE (self->first_run_page), phase == SY_DEMO_STARTING);
  sy_window_set_action_enabled (self, "stop-demo", phase != SY_DEMO_IDLE);

  update_driven (self);
  if (self->keeper != NULL)
    sy_keeper_set_demo (self->keeper, phase != SY_DEMO_IDLE);

  if (phase == SY_DEMO_RUNNING)
    {
      fill_demo_menu (self, kind);
      sy_live_page_set_demo (SY_LIVE_PAGE (self->live_page), sy_demo_kind_get_title (kind),
                             G_MENU_MODEL (self->demo_menu));
    }
  else
    sy_live_page_set_demo (SY_LIVE_PAGE (self->live_page), NULL, NULL);
}

static void
demo_failed_cb (SyWindow   *self,
                const char *text)
{
  /* Beside the button that started it, where that is still in view. */
  if (sy_session_get_n (self->session) == 0)
    sy_first_run_page_set_problem (SY_FIRST_RUN_PAGE (self->first_run_page), text);
  else
    sy_window_add_toast (self, text);
}

/* What the generator says of the load of the last minutes. */
static void
demo_loaded_cb (SyWindow *self)
{
  SyDemo *demo = sy_demo_control_get_demo (self->demo);
  SyGeneratorFacts facts;

  if (demo == NULL)
    return;

  sy_demo_get_generator (demo, &facts);
  sy_appraisal_set_generator (self->appraisal, &facts);
}

/* The demo's own load would disturb one that measures. */
static void
load_started_cb (SyWindow *self)
{
  sy_demo_control_set_loading (self->demo, FALSE);
  sy_appraisal_set_running (self->appraisal, sy_load_page_get_trial (SY_LOAD_PAGE (self->load_page)));
}

static void
load_ended_cb (SyWindow *self)
{
  SyLoadTrial *trial = sy_load_page_get_trial (SY_LOAD_PAGE (self->load_page));

  sy_appraisal_set_running (self->appraisal, NULL);
  if (trial != NULL)
    sy_appraisal_take_trial (self->appraisal, trial);
  sy_demo_control_set_loading (self->demo, TRUE);
}

/* --- Backends --- */

/* Each toast has its own backend: more than one may be on its way. */
static void
put_back_cb (AdwToast *toast,
             SyWindow *self)
{
  const guint position = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (toast), "position"));
  g_autoptr (SyBackend) backend = g_object_steal_data (G_OBJECT (toast), "backend");
  g_autoptr (GError) error = NULL;

  /* Pressed twice while the toast goes away. */
  if (backend == NULL)
    return;

  if (!sy_session_put_back (self->session, backend, position, &error))
    sy_window_add_toast (self, error->message);
}

static void
remove_requested_cb (SyWindow  *self,
                     SyBackend *backend)
{
  g_autofree char *name = sy_display_text (sy_backend_get_name (backend), -1, 60);
  /* Translators: a backend went out of the window; Undo brings it back */
  g_autofree char *text = g_strdup_printf (_("Removed %s"), name);
  AdwToast *toast = sy_toast_new_undo (text);
  guint position = 0;

  while (position < sy_session_get_n (self->session) && sy_session_get (self->session, position) != backend)
    position++;

  g_object_set_data_full (G_OBJECT (toast), "backend", g_object_ref (backend), g_object_unref);
  g_object_set_data (G_OBJECT (toast), "position", GUINT_TO_POINTER (position));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (put_back_cb), self, 0);
  sy_session_remove (self->session, backend);

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toast_overlay), toast);
  sy_name_buttons (self->toast_overlay);
}

static void
weighing_changed_cb (SyWindow *self)
{
  update_driven (self);
  sy_live_page_set_weighing (SY_LIVE_PAGE (self->live_page), sy_appraisal_get_weighing (self->appraisal));
}

static void
assumptions_changed_cb (SyWindow *self)
{
  g_autofree char *text = sy_assumptions_dup_text (sy_appraisal_get_assumptions (self->appraisal));

  sy_live_axes_set_objective (sy_live_page_get_axes (SY_LIVE_PAGE (self->live_page)), sy_window_get_objective (self));
  sy_session_note (self->session, SY_NOTE_ASSUMPTIONS, text);
}

/* --- Window --- */

static void
restore_size (SyWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));

  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static gboolean
sy_window_close_request (GtkWindow *window)
{
  SyWindow *self = SY_WINDOW (window);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));

  if (!gtk_window_is_maximized (window) && width >= 360 && height >= 294)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }

  sy_demo_control_stop (self->demo);

  return GTK_WINDOW_CLASS (sy_window_parent_class)->close_request (window);
}

static void
sy_window_dispose (GObject *object)
{
  SyWindow *self = SY_WINDOW (object);

  if (self->appraisal != NULL)
    g_object_run_dispose (G_OBJECT (self->appraisal));
  g_clear_object (&self->appraisal);
  g_clear_object (&self->demo);
  g_clear_object (&self->demo_menu);
  g_clear_weak_pointer (&self->marks_dialog);
  g_clear_object (&self->chooser);
  g_clear_object (&self->player);
  g_clear_object (&self->keeper);
  g_clear_object (&self->alerts);
  g_clear_object (&self->background);
  g_clear_object (&self->last_session);
  g_clear_object (&self->shelf);
  g_clear_object (&self->interrupted);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (sy_window_parent_class)->dispose (object);
}

static void
sy_window_class_init (SyWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = sy_window_close_request;

  g_type_ensure (SY_TYPE_DECIDE_PAGE);
  g_type_ensure (SY_TYPE_COST_PAGE);
  g_type_ensure (SY_TYPE_FIRST_RUN_PAGE);
  g_type_ensure (SY_TYPE_LIVE_PAGE);
  g_type_ensure (SY_TYPE_LOAD_PAGE);
  g_type_ensure (SY_TYPE_NOTICE_BAR);
  g_type_ensure (SY_TYPE_RECORDING_LIST);
  g_type_ensure (SY_TYPE_REPLAY_BAR);
  g_type_ensure (SY_TYPE_RETENTION_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SyWindow, notice_bar);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, alert_bar);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, replay_bar);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, view_switcher_title);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, add_button);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, time_squeezer);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, time_button);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, pause_button);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, primary_button);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, view_stack);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, first_run_page);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, live_page);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, load_page);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, decide_page);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, cost_page);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, recording_list);
  gtk_widget_class_bind_template_child (widget_class, SyWindow, retention_group);
}

static void
sy_window_init (SyWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sy_name_rows (GTK_WIDGET (self));
  /* Translators: what Live, Load, Cost, Decide and Recordings are, for a screen reader */
  sy_name_switchers (GTK_WIDGET (self), _("Pages"));
  self->demo_menu = g_menu_new ();

  if (DEVELOPMENT_BUILD)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
}

/* A mistake in a person's own recogniser file must not look like a target that
 * nobody knows. */
static void
tell_problems (SyWindow *self)
{
  const GPtrArray *problems = sy_recogniser_get_problems (sy_session_get_recogniser (self->session));
  const GError *trust = sy_access_book_get_file_error (sy_session_get_access_book (self->session));
  const GError *mappings = sy_session_get_mapping_error (self->session);
  const GError *stated = sy_assumptions_get_error (sy_appraisal_get_assumptions (self->appraisal));

  if (stated != NULL)
    {
      g_autofree char *why = sy_display_text (stated->message, -1, SY_DISPLAY_TEXT_MAX);
      g_autofree char *text = g_strdup_printf (_("What you stated earlier is left out: %s"), why);

      sy_window_add_toast (self, text);
    }

  if (trust != NULL)
    {
      g_autofree char *why = sy_display_text (trust->message, -1, SY_DISPLAY_TEXT_MAX);
      g_autofree char *text = g_strdup_printf (_("The certificates you trusted are left out: %s"), why);

      sy_window_add_toast (self, text);
    }

  if (mappings != NULL)
    {
      g_autofree char *why = sy_display_text (mappings->message, -1, SY_DISPLAY_TEXT_MAX);
      g_autofree char *text = g_strdup_printf (_("Your choices of signals are left out: %s"), why);

      sy_window_add_toast (self, text);
    }

  for (guint i = 0; i < problems->len; i++)
    {
      const GError *problem = g_ptr_array_index (problems, i);
      g_autofree char *why = sy_display_text (problem->message, -1, SY_DISPLAY_TEXT_MAX);
      g_autofree char *text = g_strdup_printf (_("A recogniser file is left out: %s"), why);

      sy_window_add_toast (self, text);
    }
}

GtkWidget *
sy_window_new (GtkApplication *application,
               SySession      *session,
               SyAssumptions  *assumptions,
               GSettings      *settings)
{
  SyWindow *self = g_object_new (SY_TYPE_WINDOW, "application", application, NULL);

  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  self->appraisal = sy_appraisal_new_for_session (session, assumptions);
  self->demo = sy_demo_control_new (session);

  sy_window_add_actions (self);
  sy_window_add_replay_actions (self);
  sy_window_add_mark_actions (self);
  sy_window_add_alert_actions (self);
  sy_first_run_page_set_real_is_possible (SY_FIRST_RUN_PAGE (self->first_run_page), sy_demo_real_is_possible (NULL));
  sy_live_page_set_backends (SY_LIVE_PAGE (self->live_page), G_LIST_MODEL (session), sy_session_get_clock (session));

  g_signal_connect_object (session, "items-changed", G_CALLBACK (sy_window_update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view_stack, "notify::visible-child", G_CALLBACK (sy_window_update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::price-id", G_CALLBACK (update_price), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->appraisal, "notify::weighing", G_CALLBACK (weighing_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (assumptions, "changed", G_CALLBACK (assumptions_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->demo, "changed", G_CALLBACK (demo_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->demo, "loaded", G_CALLBACK (demo_loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->demo, "failed", G_CALLBACK (demo_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->live_page, "remove-requested",
                           G_CALLBACK (remove_requested_cb), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (self->live_page, "message", G_CALLBACK (sy_window_add_toast), self, G_CONNECT_SWAPPED);
  g_settings_bind (settings, "load-rate", self->load_page, "most-rate", G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->load_page, "load-started", G_CALLBACK (load_started_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->load_page, "load-ended", G_CALLBACK (load_ended_cb), self, G_CONNECT_SWAPPED);
  sy_load_page_set_session (SY_LOAD_PAGE (self->load_page), session);
  sy_cost_page_set_appraisal (SY_COST_PAGE (self->cost_page), self->appraisal, sy_session_get_price_book (session),
                              sy_session_get_clock (session));
  sy_decide_page_set_appraisal (SY_DECIDE_PAGE (self->decide_page), self->appraisal);
  g_signal_connect_object (self->decide_page, "told", G_CALLBACK (sy_window_add_toast), self, G_CONNECT_SWAPPED);

  restore_size (self);
  update_price (self);
  sy_window_update_stack (self);
  weighing_changed_cb (self);
  assumptions_changed_cb (self);
  demo_changed_cb (self);
  tell_problems (self);

  return GTK_WIDGET (self);
}

void
sy_window_show_page (SyWindow   *self,
                     const char *name)
{
  if (sy_window_has_page (name))
    adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (self->view_stack), name);
}

gboolean
sy_window_has_page (const char *name)
{
  static const char *const names[] = { "live", "load", "cost", "decide", "recordings", NULL };

  return name != NULL && g_strv_contains (names, name);
}

void
sy_window_start_demo (SyWindow   *self,
                      SyDemoKind  kind)
{
  sy_first_run_page_set_problem (SY_FIRST_RUN_PAGE (self->first_run_page), NULL);
  sy_demo_control_start (self->demo, kind);
}

SySession *
sy_window_get_session (SyWindow *self)
{
  return self->session;
}

SyLivePage *
sy_window_get_live_page (SyWindow *self)
{
  return SY_LIVE_PAGE (self->live_page);
}

void
sy_window_add_toast (SyWindow   *self,
                     const char *text)
{
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toast_overlay), sy_toast_new (text));
}
