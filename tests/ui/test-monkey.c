/* test-monkey.c: the whole program, used by somebody who wants nothing in particular
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Presses, chooses, types and turns what is there, some hundred steps for each of
 * some seeds, while two backends go on speaking. Nothing is expected but that the program
 * stays whole and warns of nothing. Left alone: what ends the program, what opens
 * other programs, starts servers, or writes where a person chooses.
 *
 * MONKEY_SEED and MONKEY_STEPS: another walk, or a longer one.
 */
#include "config.h"

#include <adwaita.h>
#include <stdlib.h>
#include <string.h>

#include "sy-application-private.h"
#include "sy-random.h"
#include "sy-still-source.h"

#define STEPS 600
#define SPEAK_EVERY 4
#define CLOSE_EVERY 12
#define LEAVE_EVERY 3
#define TURNS 30
#define N_BACKENDS 2
#define WIDTH 1200  /* less than the screen of hermetic.sh */
#define HEIGHT 740

typedef struct
{
  SyApplication *application;         /* (owned) */
  SySource      *sources[N_BACKENDS]; /* (owned) */
  SyRandom       random;
  guint64        n_requests;
  guint          n_steps;
  gboolean       has_begun;
} Monkey;

static const char *const texts[] = {
  "", "0", "-1", "1e9", "nan", "0.25", "99999999999999999999", "http://127.0.0.1:1/metrics", "ftp://x", "p99",
  "<b>bold</b> & more", "\u202eabc\u2066", "%s%n", "otlp://127.0.0.1:1/shop", "a name that is rather long, and then some more of it",
};

static guint
below (Monkey *self,
       guint   bound)
{
  return (guint) sy_random_below (&self->random, bound);
}

/* --- what there is --------------------------------------------------------- */

/* An item of a menu says its action to nobody, but its words. */
static gboolean
opens_folder (GtkWidget *widget)
{
  g_autofree char *text = NULL;

  if (strcmp (G_OBJECT_TYPE_NAME (widget), "GtkModelButton") != 0)
    return FALSE;

  g_object_get (widget, "text", &text, NULL);
  return g_strcmp0 (text, "_Show in Folder") == 0;
}

static gboolean
is_left_alone (GtkWidget *widget)
{
  const char *action = GTK_IS_ACTIONABLE (widget) ? gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) : NULL;

  return GTK_IS_LINK_BUTTON (widget) || GTK_IS_WINDOW_CONTROLS (widget) || GTK_IS_FILE_CHOOSER (widget) || opens_folder (widget)
         || (action != NULL && (strcmp (action, "win.demo") == 0 || strcmp (action, "app.quit") == 0));
}

static gboolean
can_be_used (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget)
         || GTK_IS_DROP_DOWN (widget) || GTK_IS_SPIN_BUTTON (widget) || GTK_IS_RANGE (widget) || GTK_IS_EDITABLE (widget)
         || GTK_IS_LIST_BOX_ROW (widget) || strcmp (G_OBJECT_TYPE_NAME (widget), "GtkModelButton") == 0
         || g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Beam");
}

/* What holds the pointer and the keyboard while it is open. (transfer none) (nullable) */
static GtkWidget *
find_popover (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *inner = find_popover (child);

      if (inner != NULL)
        return inner;
    }

  return GTK_IS_POPOVER (widget) && gtk_popover_get_autohide (GTK_POPOVER (widget)) ? widget : NULL;
}

static void
collect (GtkWidget *widget,
         GPtrArray *found)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget) || is_left_alone (widget))
    return;

  if (can_be_used (widget))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, found);
}

/* Nobody uses a window that has not come up yet. */
static gboolean
is_up (GtkWindow *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  return gtk_widget_get_mapped (GTK_WIDGET (window)) && gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface), surface) != NULL;
}

/* The modal window that was opened last, or any. (transfer none) (nullable) */
static GtkWindow *
choose_window (Monkey *self)
{
  GListModel *windows = gtk_window_get_toplevels ();
  g_autoptr (GPtrArray) mapped = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (!is_up (window))
        continue;
      if (gtk_window_get_modal (window))
        return window;
      g_ptr_array_add (mapped, window);
    }

  return mapped->len > 0 ? g_ptr_array_index (mapped, below (self, mapped->len)) : NULL;
}

/* --- using it --------------------------------------------------------------- */

static void
set_number (Monkey        *self,
            GtkAdjustment *adjustment)
{
  const double low = gtk_adjustment_get_lower (adjustment);

  gtk_adjustment_set_value (adjustment, low + sy_random_uniform (&self->random) * (gtk_adjustment_get_upper (adjustment) - low));
}

/* One of the actions that its class has, of those that want nothing. */
static void
act (Monkey    *self,
     GtkWidget *widget)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const GVariantType *type;
  const char *name, *property;
  GType owner;

  for (guint i = 0; gtk_widget_class_query_action (GTK_WIDGET_GET_CLASS (widget), i, &owner, &name, &type, &property); i++)
    if (type == NULL && strstr (name, "save") == NULL)
      g_ptr_array_add (names, (gpointer) name);
  if (names->len > 0)
    gtk_widget_activate_action_variant (widget, g_ptr_array_index (names, below (self, names->len)), NULL);
}

static void
use (Monkey    *self,
     GtkWidget *widget)
{
  if (GTK_IS_SPIN_BUTTON (widget))
    set_number (self, gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (widget)));
  else if (GTK_IS_RANGE (widget))
    set_number (self, gtk_range_get_adjustment (GTK_RANGE (widget)));
  else if (GTK_IS_DROP_DOWN (widget))
    gtk_drop_down_set_selected (GTK_DROP_DOWN (widget), below (self, MAX (1, g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (widget))))));
  else if (ADW_IS_COMBO_ROW (widget) && adw_combo_row_get_model (ADW_COMBO_ROW (widget)) != NULL)
    adw_combo_row_set_selected (ADW_COMBO_ROW (widget), below (self, MAX (1, g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (widget))))));
  else if (ADW_IS_EXPANDER_ROW (widget))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (widget), !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (widget)));
  else if (GTK_IS_SWITCH (widget))
    gtk_switch_set_active (GTK_SWITCH (widget), !gtk_switch_get_active (GTK_SWITCH (widget)));
  else if (GTK_IS_CHECK_BUTTON (widget))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (widget), !gtk_check_button_get_active (GTK_CHECK_BUTTON (widget)));
  else if (GTK_IS_EDITABLE (widget) && gtk_editable_get_editable (GTK_EDITABLE (widget)))
    gtk_editable_set_text (GTK_EDITABLE (widget), texts[below (self, G_N_ELEMENTS (texts))]);
  else if (GTK_IS_MENU_BUTTON (widget))
    gtk_menu_button_popup (GTK_MENU_BUTTON (widget));
  else if (GTK_IS_BUTTON (widget))
    g_signal_emit_by_name (widget, "clicked");
  else if (g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Beam"))
    act (self, widget);
  else
    gtk_widget_activate (widget);
}

/* GTK 4.8 cannot place a menu beside what is not on the screen. */
static gboolean
is_on_screen (GtkWidget *widget)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (widget));
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (widget, root, &bounds) && bounds.origin.x >= 0 && bounds.origin.y >= 0
         && bounds.origin.x + bounds.size.width <= gtk_widget_get_width (root)
         && bounds.origin.y + bounds.size.height <= gtk_widget_get_height (root);
}

/* For the log: what was used. (transfer full) */
static char *
dup_words (GtkWidget *widget)
{
  const char *tip = gtk_widget_get_tooltip_text (widget);
  const char *label = GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;

  if (label == NULL && ADW_IS_PREFERENCES_ROW (widget))
    label = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  return g_strdup_printf ("%s “%s”", G_OBJECT_TYPE_NAME (widget), label != NULL ? label : tip != NULL ? tip : "");
}

static void
step (Monkey *self)
{
  GtkWindow *window = choose_window (self);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autofree char *words = NULL;
  GtkWidget *widget, *popover;

  if (window == NULL)
    return;
  if (GTK_IS_FILE_CHOOSER (window) || (below (self, CLOSE_EVERY) == 0 && !SY_IS_WINDOW (window)))
    {
      g_test_message ("closes a %s", G_OBJECT_TYPE_NAME (window));
      gtk_window_close (window);
      return;
    }

  popover = find_popover (GTK_WIDGET (window));
  if (popover != NULL && below (self, LEAVE_EVERY) == 0)
    {
      g_test_message ("closes a %s", G_OBJECT_TYPE_NAME (popover));
      gtk_popover_popdown (GTK_POPOVER (popover));
      return;
    }

  collect (popover != NULL ? popover : GTK_WIDGET (window), found);
  if (found->len == 0)
    {
      if (popover != NULL)
        gtk_popover_popdown (GTK_POPOVER (popover));
      else if (!SY_IS_WINDOW (window))
        gtk_window_close (window);
      return;
    }

  widget = g_ptr_array_index (found, below (self, found->len));
  words = dup_words (widget);
  g_test_message ("%s", words);
  /* What has been scrolled away is brought back first, as by Tab. */
  if (is_on_screen (widget))
    use (self, widget);
  else
    gtk_widget_grab_focus (widget);
}

static void
speak (Monkey *self)
{
  self->n_requests += 40;
  for (guint i = 0; i < N_BACKENDS; i++)
    {
      const guint64 n = self->n_requests;
      g_autofree char *text = g_strdup_printf ("# TYPE http_requests_total counter\nhttp_requests_total{code=\"200\"} %" G_GUINT64_FORMAT "\n"
                                               "# TYPE http_request_duration_seconds histogram\n"
                                               "http_request_duration_seconds_bucket{le=\"0.01\"} %" G_GUINT64_FORMAT "\n"
                                               "http_request_duration_seconds_bucket{le=\"0.1\"} %" G_GUINT64_FORMAT "\n"
                                               "http_request_duration_seconds_bucket{le=\"+Inf\"} %" G_GUINT64_FORMAT "\n"
                                               "http_request_duration_seconds_sum %" G_GUINT64_FORMAT "\n"
                                               "http_request_duration_seconds_count %" G_GUINT64_FORMAT "\n"
                                               "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total %" G_GUINT64_FORMAT "\n",
                                               n, n / (i + 2), n, n, n / 50, n, n / 400);

      sy_still_source_say (SY_STILL_SOURCE (self->sources[i]), text);
    }
}

static gboolean
step_cb (gpointer user_data)
{
  Monkey *self = user_data;
  const guint n_steps = g_getenv ("MONKEY_STEPS") != NULL ? (guint) atoi (g_getenv ("MONKEY_STEPS")) : STEPS;

  if (self->n_steps++ >= n_steps)
    {
      g_application_quit (G_APPLICATION (self->application));
      return G_SOURCE_REMOVE;
    }

  if (self->n_steps % SPEAK_EVERY == 0)
    speak (self);
  step (self);
  for (guint i = 0; i < TURNS; i++)
    g_main_context_iteration (NULL, FALSE);
  return G_SOURCE_CONTINUE;
}

static gboolean
begin_cb (gpointer user_data)
{
  static const char *const names[N_BACKENDS] = { "Orders", "Basket" };
  Monkey *self = user_data;
  SySession *session = self->application->session;

  for (guint i = 0; i < N_BACKENDS; i++)
    {
      g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/metrics", i + 1);
      g_autoptr (GError) error = NULL;

      self->sources[i] = sy_still_source_new (address, sy_session_get_clock (session));
      g_assert_nonnull (sy_session_add_source (session, self->sources[i], names[i], &error));
      g_assert_no_error (error);
    }

  gtk_window_set_default_size (GTK_WINDOW (sy_application_get_live_window (self->application)), WIDTH, HEIGHT);
  speak (self);
  g_idle_add (step_cb, self);
  return G_SOURCE_REMOVE;
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window,
                 Monkey         *self)
{
  if (!self->has_begun)
    g_idle_add (begin_cb, self);
  self->has_begun = TRUE;
}

/* GTK 4.8 complains of menus that are open where nothing is any more, of labels in
 * the middle of an animation, of lists that are scrolled too far: of itself. */
static void
tolerate_gtk (void)
{
  static const char *const strict[] = {
    "GLib", "GLib-GObject", "GLib-GIO", "Adwaita", "libsoup", "beam", "steelyard", "steelyard-drive", "steelyard-record",
    "steelyard-reference", "steelyard-report", "steelyard-session", "steelyard-source", "steelyard-ui", "steelyard-weigh",
    "sy-base", "sy-wire",
  };

  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  for (guint i = 0; i < G_N_ELEMENTS (strict); i++)
    g_log_set_fatal_mask (strict[i], G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
}

static void
test_walk (gconstpointer data)
{
  char *argv[] = { (char *) "steelyard", NULL };
  Monkey self = { .application = sy_application_new () };
  gulong id;

  sy_random_init (&self.random, GPOINTER_TO_UINT (data), 0);
  id = g_signal_connect (self.application, "window-added", G_CALLBACK (window_added_cb), &self);
  g_assert_cmpint (g_application_run (G_APPLICATION (self.application), 1, argv), ==, 0);
  g_signal_handler_disconnect (self.application, id);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  for (guint i = 0; i < N_BACKENDS; i++)
    g_clear_object (&self.sources[i]);
  g_clear_object (&self.application);
}

int
main (int    argc,
      char **argv)
{
  const char *seed = g_getenv ("MONKEY_SEED");

  gtk_test_init (&argc, &argv, NULL);
  tolerate_gtk ();
  if (seed != NULL)
    g_test_add_data_func ("/ui/monkey/asked", GUINT_TO_POINTER (atoi (seed)), test_walk);
  else
    for (guint i = 1; i <= 3; i++)
      {
        g_autofree char *path = g_strdup_printf ("/ui/monkey/%u", i);

        g_test_add_data_func (path, GUINT_TO_POINTER (i), test_walk);
      }

  return g_test_run ();
}
