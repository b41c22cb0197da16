/* test-inspector-page.c: GTK's inspector has the page, and it shows what the session has
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "sy-error.h"
#include "sy-inspector-page.h"
#include "sy-live-fixture.h"
#include "sy-still-source.h"
#include "sy-window.h"

#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)
#define METRICS "# TYPE http_requests_total counter\nhttp_requests_total %u\n"

/* Where a window keeps what the page has measure its frames. */
#define REPORT_KEY "sy-inspector-page-frames"

typedef struct
{
  SyClock       *clock;       /* (owned) */
  SySession     *session;     /* (owned) */
  SyAssumptions *assumptions; /* (owned) */
  GtkWidget     *window;      /* the program's */
  GtkWidget     *inspector;   /* stands in for GTK's */
  SyInspectorPage *page;
  guint          requests;
} Fixture;

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

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
  self->window = sy_window_new (NULL, self->session, self->assumptions, settings);
  add (self, "http://127.0.0.1:1/metrics?token=secret", "Orders");
  add (self, "http://127.0.0.1:2/metrics", "Basket <b>");
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_test_widget_wait_for_draw (self->window);

  self->page = g_object_new (SY_TYPE_INSPECTOR_PAGE, NULL);
  self->inspector = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (self->inspector), GTK_WIDGET (self->page));
  gtk_window_present (GTK_WINDOW (self->inspector));
  gtk_test_widget_wait_for_draw (self->inspector);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (self->inspector));
  gtk_window_destroy (GTK_WINDOW (self->window));
  settle ();
  g_clear_object (&self->assumptions);
  g_clear_object (&self->session);
  g_clear_object (&self->clock);
}

static GtkWidget *
find_child (GtkWidget *root,
            GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_child (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static const char *
read_cell (GtkWidget *grid,
           int        column,
           int        row)
{
  GtkWidget *label = gtk_grid_get_child_at (GTK_GRID (grid), column, row);

  return label != NULL ? gtk_label_get_text (GTK_LABEL (label)) : NULL;
}

/* The value beside @name below @heading; NULL: there is none. */
static const char *
read_value (SyInspectorPage *page,
            const char      *heading,
            const char      *name)
{
  GtkWidget *grid = find_child (GTK_WIDGET (page), GTK_TYPE_GRID);
  gboolean is_below = FALSE;
  const char *text;

  for (int row = 0; (text = read_cell (grid, 0, row)) != NULL; row++)
    {
      if (gtk_widget_has_css_class (gtk_grid_get_child_at (GTK_GRID (grid), 0, row), "heading"))
        is_below = strcmp (text, heading) == 0;
      else if (is_below && strcmp (text, name) == 0)
        return read_cell (grid, 1, row);
    }

  return NULL;
}

static const char *
read_of (Fixture    *self,
         const char *heading,
         const char *name)
{
  sy_inspector_page_update (self->page);
  return read_value (self->page, heading, name);
}

static void
say (Fixture *self,
     guint    position)
{
  SySource *source = sy_backend_get_source (sy_session_get (self->session, position));
  g_autofree char *text = g_strdup_printf (METRICS, self->requests += 10);

  sy_still_source_say (SY_STILL_SOURCE (source), text);
}

static void
arrive (Fixture *self)
{
  sy_clock_advance (self->clock, SY_USEC_PER_SEC);
  settle ();
}

static void
test_sources (Fixture       *self,
              gconstpointer  data)
{
  SySource *basket = sy_backend_get_source (sy_session_get (self->session, 1));

  say (self, 0);
  sy_still_source_fail (SY_STILL_SOURCE (basket), SY_ERROR_CONNECT, "nobody <i>listens</i>", 0);
  arrive (self);

  g_assert_cmpstr (read_of (self, "Orders", "Address"), ==, "http://127.0.0.1:1/metrics?token=•••");
  g_assert_cmpstr (read_of (self, "Orders", "State"), ==, "live");
  g_assert_cmpstr (read_of (self, "Orders", "Answers, good and bad"), ==, "1");
  g_assert_cmpstr (read_of (self, "Orders", "Bad answers"), ==, "0");
  g_assert_cmpstr (read_of (self, "Basket <b>", "State"), ==, "retrying: nobody <i>listens</i>");
  g_assert_cmpstr (read_of (self, "Basket <b>", "Bad answers"), ==, "1");
  g_assert_cmpstr (read_of (self, "Basket <b>", "Processor time for a series"), ==, "–");

  sy_session_remove (self->session, sy_session_get (self->session, 0));
  g_assert_null (read_of (self, "Orders", "State"));
  g_assert_nonnull (read_of (self, "Basket <b>", "State"));
}

static void
test_queues (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *folder = g_dir_make_tmp ("steelyard-inspector-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "one.steelyard", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (read_of (self, PACKAGE_NAME, "Recorder"));
  g_assert_nonnull (sy_session_start_recording (self->session, path, "One", NULL, &error));
  g_assert_no_error (error);

  say (self, 0);
  say (self, 1);
  say (self, 1);
  g_assert_cmpstr (read_of (self, "Orders", "Samples between worker and window"), ==, "1 of at most 4096");
  g_assert_cmpstr (read_of (self, "Basket <b>", "Samples between worker and window"), ==, "2 of at most 4096");
  g_assert_cmpstr (read_of (self, PACKAGE_NAME, "Recorder"), ==, "recording");

  arrive (self);
  g_assert_cmpstr (read_of (self, "Basket <b>", "Samples between worker and window"), ==, "0 of at most 4096");
  while (strcmp (read_of (self, PACKAGE_NAME, "Answers that wait for the disk"), "0") != 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (read_of (self, PACKAGE_NAME, "Answers recorded"), ==, "3");
  g_assert_cmpstr (read_of (self, PACKAGE_NAME, "Gaps recorded"), ==, "0");

  g_assert_true (sy_session_stop_recording (self->session, &error));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_tiers (Fixture       *self,
            gconstpointer  data)
{
  g_assert_cmpstr (read_of (self, "Orders", "Samples kept"), ==, "0");
  g_assert_null (read_of (self, "Orders", "Spans of tier 1, 8 samples each"));

  for (guint i = 0; i < 65; i++)
    {
      say (self, 0);
      arrive (self);
    }

  g_assert_cmpstr (read_of (self, "Orders", "Samples kept"), ==, "65");
  g_assert_cmpstr (read_of (self, "Orders", "Spans of tier 1, 8 samples each"), ==, "9");
  g_assert_cmpstr (read_of (self, "Orders", "Spans of tier 2, 64 samples each"), ==, "2");
  g_assert_cmpstr (read_of (self, "Orders", "Spans of tier 4, 4096 samples each"), ==, "1");
  g_assert_null (read_of (self, "Orders", "Spans of tier 5, 32768 samples each"));
  g_assert_cmpstr (read_of (self, "Basket <b>", "Samples kept"), ==, "0");
}

/* While it is shown it follows by itself, and otherwise nothing is measured. */
static void
test_shown (Fixture       *self,
            gconstpointer  data)
{
  g_assert_nonnull (g_object_get_data (G_OBJECT (self->window), REPORT_KEY));
  sy_live_fixture_settle (self->window);
  g_assert_cmpstr (read_of (self, PACKAGE_NAME, "Frames in the last second"), !=, "0");

  say (self, 0);
  arrive (self);
  while (strcmp (read_value (self->page, "Orders", "Samples kept"), "1") != 0)
    g_main_context_iteration (NULL, TRUE);

  gtk_widget_set_visible (self->inspector, FALSE);
  settle ();
  g_assert_null (g_object_get_data (G_OBJECT (self->window), REPORT_KEY));
}

/* As a person opens it, in a window that GTK makes. */
static void
test_inspector (Fixture       *self,
                gconstpointer  data)
{
  GIOExtensionPoint *point = g_io_extension_point_lookup ("gtk-inspector-page");
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *page = NULL;

  g_assert_nonnull (point);
  g_assert_nonnull (g_io_extension_point_get_extension_by_name (point, "steelyard"));

  gtk_window_set_interactive_debugging (TRUE);
  for (guint i = 0; i < g_list_model_get_n_items (windows) && page == NULL; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (strcmp (G_OBJECT_TYPE_NAME (window), "GtkInspectorWindow") == 0)
        page = find_child (window, SY_TYPE_INSPECTOR_PAGE);
    }

  g_assert_nonnull (page);
  sy_inspector_page_update (SY_INSPECTOR_PAGE (page));
  g_assert_cmpstr (read_value (SY_INSPECTOR_PAGE (page), "Orders", "State"), ==, "connecting");
  g_object_set (page, "object", self->window, NULL);
  settle ();
  gtk_window_set_interactive_debugging (FALSE);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  sy_inspector_page_register ();
#define ADD(name, function) g_test_add ("/ui/inspector-page/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("sources", test_sources);
  ADD ("queues", test_queues);
  ADD ("tiers", test_tiers);
  ADD ("shown", test_shown);
  ADD ("inspector", test_inspector);
#undef ADD
  return g_test_run ();
}
