/* test-undo.c: what was removed from the window comes back, each by its own Undo
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "sy-still-source.h"
#include "sy-toast.h"
#include "sy-window-private.h"

#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)

typedef struct
{
  SyClock       *clock;       /* (owned) */
  SySession     *session;     /* (owned) */
  SyAssumptions *assumptions; /* (owned) */
  SyWindow      *window;
} Fixture;

static void
add (Fixture    *self,
     const char *address,
     const char *name)
{
  g_autoptr (SySource) source = sy_still_source_new (address, self->clock);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (sy_session_add_source (self->session, source, name, &error));
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autoptr (GError) error = NULL;

  self->clock = sy_clock_new_manual (SY_USEC_PER_SEC, WALL_US);
  self->session = sy_session_new (self->clock, &error);
  g_assert_no_error (error);
  self->assumptions = sy_assumptions_new (NULL, &error);
  g_assert_no_error (error);
  self->window = SY_WINDOW (sy_window_new (NULL, self->session, self->assumptions, settings));
  add (self, "http://127.0.0.1:1/metrics", "Orders");
  add (self, "http://127.0.0.1:2/metrics", "Basket");
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (self->window));
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  settle ();
  g_clear_object (&self->assumptions);
  g_clear_object (&self->session);
  g_clear_object (&self->clock);
}

/* The button in the toast that is there now. (transfer none) (nullable) */
static GtkWidget *
find_undo (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), "Undo") == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_undo (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* Twice, as somebody in a hurry does. */
static void
press_undo (Fixture *self)
{
  GtkWidget *found = find_undo (self->window->toast_overlay);
  g_autoptr (GtkWidget) button = NULL;

  g_assert_nonnull (found);
  button = g_object_ref (found);
  g_signal_emit_by_name (button, "clicked");
  g_signal_emit_by_name (button, "clicked");
  while (gtk_widget_get_root (button) != NULL)
    g_main_context_iteration (NULL, TRUE);
  settle ();
}

static void
remove_first (Fixture *self)
{
  g_signal_emit_by_name (self->window->live_page, "remove-requested", sy_session_get (self->session, 0));
  settle ();
}

static const char *
get_name (Fixture *self,
          guint    position)
{
  return sy_backend_get_name (sy_session_get (self->session, position));
}

/* The second waits for the first to go: its Undo is not that of the first. */
static void
test_two (Fixture       *self,
          gconstpointer  data)
{
  remove_first (self);
  remove_first (self);
  g_assert_cmpuint (sy_session_get_n (self->session), ==, 0);

  press_undo (self);
  g_assert_cmpuint (sy_session_get_n (self->session), ==, 1);
  g_assert_cmpstr (get_name (self, 0), ==, "Orders");

  press_undo (self);
  g_assert_cmpuint (sy_session_get_n (self->session), ==, 2);
  g_assert_cmpstr (get_name (self, 0), ==, "Basket");
  g_assert_cmpstr (get_name (self, 1), ==, "Orders");
}

/* A backend that nobody can bring back any more is not kept. */
static void
test_gone (Fixture       *self,
           gconstpointer  data)
{
  SyBackend *backend = sy_session_get (self->session, 0);

  g_object_add_weak_pointer (G_OBJECT (backend), (gpointer *) &backend);
  remove_first (self);
  g_assert_nonnull (backend);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&self->window)));
  settle ();
  g_assert_null (backend);
}

static void
test_toast (void)
{
  g_autoptr (AdwToast) toast = sy_toast_new_undo ("Removed <b>");

  g_assert_cmpstr (adw_toast_get_title (toast), ==, "Removed &lt;b&gt;");
  g_assert_cmpstr (adw_toast_get_button_label (toast), ==, "Undo");
  g_assert_cmpuint (adw_toast_get_timeout (toast), ==, 10);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add ("/ui/undo/two", Fixture, NULL, set_up, test_two, tear_down);
  g_test_add ("/ui/undo/gone", Fixture, NULL, set_up, test_gone, tear_down);
  g_test_add_func ("/ui/undo/toast", test_toast);
  return g_test_run ();
}
