/* test-load-page.c: the Load page with a generator that is a formula and a clock turned by hand
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "beam-figure.h"
#include "sy-load-page.h"
#include "sy-tab-walk.h"

typedef struct {
  SyClock    *clock;
  SySession  *session;
  GtkWidget  *window;
  SyLoadPage *page;
  guint       n_started;
  guint       n_ended;
} Fixture;

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
started_cb (Fixture *f)
{
  f->n_started++;
}

static void
ended_cb (Fixture *f)
{
  f->n_ended++;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autofree char *fake = g_test_build_filename (G_TEST_DIST, "session", "fake-drive.sh", NULL);
  g_autoptr (GError) error = NULL;

  g_setenv ("STEELYARD_CLI", fake, TRUE);
  g_unsetenv ("FAKE_DRIVE");
  f->clock = sy_clock_new_manual (1000 * SY_USEC_PER_SEC, G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC);
  f->session = sy_session_new (f->clock, &error);
  g_assert_no_error (error);

  f->page = g_object_new (SY_TYPE_LOAD_PAGE, NULL);
  g_signal_connect_swapped (f->page, "load-started", G_CALLBACK (started_cb), f);
  g_signal_connect_swapped (f->page, "load-ended", G_CALLBACK (ended_cb), f);
  f->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (f->window), 900, 900);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->page));
  sy_load_page_set_session (f->page, f->session);
  gtk_window_present (GTK_WINDOW (f->window));
  settle ();
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_clear_object (&f->session);
  g_clear_object (&f->clock);
  settle ();
}

static void
add (Fixture    *f,
     const char *address,
     const char *name)
{
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (sy_session_add (f->session, address, name, &error));
  g_assert_no_error (error);
  settle ();
}

static gboolean
advance_cb (gpointer user_data)
{
  Fixture *f = user_data;

  sy_clock_advance (f->clock, 10 * SY_USEC_PER_SEC);
  return G_SOURCE_REMOVE;
}

static void
step_cb (Fixture *f)
{
  g_idle_add (advance_cb, f);
}

static void
wait_for_end (Fixture *f)
{
  g_signal_connect_swapped (sy_load_page_get_trial (f->page), "step", G_CALLBACK (step_cb), f);
  while (sy_load_trial_get_state (sy_load_page_get_trial (f->page)) == SY_TRIAL_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  settle ();
}

static guint
n_items (GtkWidget *figure)
{
  return beam_figure_count_items (BEAM_FIGURE (figure));
}

static void
test_empty (Fixture       *f,
            gconstpointer  data)
{
  g_assert_nonnull (strstr (sy_load_page_get_headline (f->page), "Add a backend"));
  sy_load_page_toggle (f->page);
  g_assert_null (sy_load_page_get_trial (f->page));
  g_assert_cmpuint (n_items (sy_load_figures_get_latency (sy_load_page_get_figures (f->page))), ==, 0);
  g_assert_nonnull (beam_figure_get_empty_text (BEAM_FIGURE (sy_load_figures_get_latency (sy_load_page_get_figures (f->page)))));
}

/* Who has stopped another load for this one hears of its end, however it ends. */
static void
test_backend_goes (Fixture       *f,
                   gconstpointer  data)
{
  add (f, "127.0.0.1:8101", "one");
  add (f, "127.0.0.1:8102", "two");
  sy_load_page_toggle (f->page);
  g_assert_cmpuint (f->n_started, ==, 1);
  sy_session_remove (f->session, sy_session_get (f->session, 0));
  settle ();
  g_assert_null (sy_load_page_get_trial (f->page));
  g_assert_cmpuint (f->n_ended, ==, 1);
}

static void
test_run (Fixture       *f,
          gconstpointer  data)
{
  SyLoadFigures *figures = sy_load_page_get_figures (f->page);

  add (f, "127.0.0.1:8101", "one");
  add (f, "127.0.0.1:8102", "two");
  sy_load_page_toggle (f->page);
  g_assert_cmpuint (f->n_started, ==, 1);
  g_assert_nonnull (strstr (sy_load_page_get_headline (f->page), "Looking for"));
  wait_for_end (f);

  g_assert_cmpuint (f->n_ended, ==, 1);
  g_assert_nonnull (strstr (sy_load_page_get_headline (f->page), "one is ahead"));
  g_assert_cmpuint (n_items (sy_load_figures_get_latency (figures)), >, 0);
  g_assert_cmpuint (n_items (sy_load_figures_get_in_flight (figures)), >, 0);
  g_assert_cmpuint (n_items (sy_load_figures_get_tail (figures)), >, 0);
  g_assert_nonnull (strstr (sy_load_figures_get_model_text (figures), "one: "));

  /* What was measured is of backends that are gone now. */
  sy_session_remove (f->session, sy_session_get (f->session, 1));
  g_assert_null (sy_load_page_get_trial (f->page));
  g_assert_cmpuint (n_items (sy_load_figures_get_tail (figures)), ==, 0);
}

static void
test_stop (Fixture       *f,
           gconstpointer  data)
{
  add (f, "127.0.0.1:8101", "one");
  add (f, "127.0.0.1:8102", "two");
  sy_load_page_toggle (f->page);
  sy_load_page_toggle (f->page);
  g_assert_nonnull (strstr (sy_load_page_get_headline (f->page), "stopped"));
  g_assert_cmpuint (f->n_ended, ==, 1);
}

/* Tab leads to all that acts, to the end and back, and nothing keeps it; what the
 * choices are called is heard; a load is started by the button with the focus. */
static void
test_keyboard (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) walk = NULL;
  g_autoptr (GPtrArray) back = NULL;
  guint n_choices = 0;

  add (f, "127.0.0.1:8101", "one");
  add (f, "127.0.0.1:8102", "two");
  walk = sy_tab_walk (GTK_WINDOW (f->window), FALSE);
  back = sy_tab_walk (GTK_WINDOW (f->window), TRUE);
  sy_tab_walk_assert_meets_all (walk, GTK_WIDGET (f->page));
  sy_tab_walk_assert_meets_all (back, GTK_WIDGET (f->page));

  for (guint i = 0; i < walk->len; i++)
    {
      GtkWidget *met = g_ptr_array_index (walk, i);
      GtkWidget *parent = gtk_widget_get_parent (met);

      if (GTK_IS_DROP_DOWN (parent))
        {
          g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (met), GTK_ACCESSIBLE_PROPERTY_LABEL));
          g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (met), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
          n_choices++;
        }
      else if (GTK_IS_BUTTON (met) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (met)), "_Start Load") == 0)
        gtk_widget_activate (met);
    }
  g_assert_cmpuint (n_choices, ==, 4);

  while (f->n_started == 0) /* a button acts when it is let go */
    g_main_context_iteration (NULL, TRUE);
  wait_for_end (f);
  g_assert_cmpuint (f->n_ended, ==, 1);

  /* And with its results. */
  g_clear_pointer (&walk, g_ptr_array_unref);
  walk = sy_tab_walk (GTK_WINDOW (f->window), FALSE);
  sy_tab_walk_assert_meets_all (walk, GTK_WIDGET (f->page));
}

static void
test_same (Fixture       *f,
           gconstpointer  data)
{
  add (f, "127.0.0.1:8101", "one");
  sy_load_page_choose (f->page, "iot", 0, 0);
  sy_load_page_toggle (f->page);
  wait_for_end (f);
  g_assert_nonnull (strstr (sy_load_page_get_headline (f->page), "one differs from itself"));

  /* What it found outlives a look at what else there is. */
  sy_load_page_choose (f->page, "mixed", 0, 0);
  settle ();
  g_assert_nonnull (strstr (sy_load_page_get_headline (f->page), "one differs from itself"));
}

static void
test_failure (Fixture       *f,
              gconstpointer  data)
{
  g_setenv ("FAKE_DRIVE", "fail", TRUE);
  add (f, "127.0.0.1:8101", "one");
  sy_load_page_toggle (f->page);
  wait_for_end (f);
  g_assert_nonnull (strstr (sy_load_page_get_headline (f->page), "failed"));
}

/* (nullable) */
static GtkWidget *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }

  return NULL;
}

/* Nothing is sent to another machine before somebody has agreed, and the
 * question says what would be. */
static void
test_consent (Fixture       *f,
              gconstpointer  data)
{
  GtkWidget *dialog;

  add (f, "127.0.0.1:8101", "one");
  add (f, "192.0.2.1:8102", "two");
  sy_load_page_toggle (f->page);
  settle ();
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_nonnull (strstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), "192.0.2.1:8102"));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "/do/io"));
  g_assert_cmpuint (f->n_started, ==, 0);

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  settle ();
  g_assert_null (sy_load_page_get_trial (f->page));
  g_assert_cmpuint (f->n_started, ==, 0);

  sy_load_page_toggle (f->page);
  settle ();
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "load");
  g_assert_cmpuint (f->n_started, ==, 1);
  g_assert_cmpint (sy_load_trial_get_state (sy_load_page_get_trial (f->page)), ==, SY_TRIAL_RUNNING);
  sy_load_page_toggle (f->page);
  settle ();
}

static void
test_narrow (Fixture       *f,
             gconstpointer  data)
{
  int minimum;

  add (f, "127.0.0.1:8101", "a backend with quite a long name, as people give them");
  gtk_widget_measure (GTK_WIDGET (f->page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

#define ADD(name, func) g_test_add ("/ui/load-page/" name, Fixture, NULL, set_up, func, tear_down)

static void
find_all (GtkWidget *widget,
          GType      type,
          GPtrArray *ret)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    g_ptr_array_add (ret, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    find_all (child, type, ret);
}

/* A backend that gets another name gets it here, and stays chosen. */
static void
test_renamed (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new ();
  GListModel *names;
  guint n_seen = 0;

  add (f, "http://127.0.0.1:8101/metrics", "one");
  add (f, "http://127.0.0.1:8102/metrics", "two");
  find_all (GTK_WIDGET (f->page), GTK_TYPE_DROP_DOWN, choices);
  g_assert_cmpuint (choices->len, >=, 2);

  sy_backend_set_name (sy_session_get (f->session, 1), "Basket");
  settle ();
  for (guint i = 0; i < choices->len; i++)
    {
      GtkDropDown *choice = g_ptr_array_index (choices, i);

      names = gtk_drop_down_get_model (choice);
      if (!GTK_IS_STRING_LIST (names) || !g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (names), 0), "one"))
        continue;
      g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (names), 1), ==, "Basket");
      g_assert_cmpuint (gtk_drop_down_get_selected (choice), <, 2);
      n_seen++;
    }

  g_assert_cmpuint (n_seen, ==, 2);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("empty", test_empty);
  ADD ("backend-goes", test_backend_goes);
  ADD ("run", test_run);
  ADD ("stop", test_stop);
  ADD ("keyboard", test_keyboard);
  ADD ("same", test_same);
  ADD ("failure", test_failure);
  ADD ("consent", test_consent);
  ADD ("narrow", test_narrow);
  ADD ("renamed", test_renamed);

  return g_test_run ();
}
