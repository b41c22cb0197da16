/* test-preferences.c: what is set takes effect at once, and at the next start
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "sy-application-private.h"
#include "sy-find-row.h"
#include "sy-first-run-page.h"
#include "sy-format.h"
#include "sy-still-source.h"
#include "sy-tab-walk.h"
#include "sy-window-private.h"

#define PRICES                                                                                                      \
  "{\"schema\":\"steelyard.prices/1\",\"items\":[{\"id\":\"test/here/one\",\"kind\":\"vm\",\"provider\":\"test\"," \
  "\"region\":\"here\",\"sku\":\"one\",\"vcpu\":2,\"mem_gib\":8,\"burstable\":false,\"unit\":\"hour\","             \
  "\"price\":\"0.5\",\"currency\":\"NZD\",\"observed\":\"2026-11-01\",\"source\":\"a test\",\"grade\":\"A\"}]}"

typedef void (*Act) (SyApplication *application, gpointer data);

typedef struct {
  SyApplication *application;
  Act            act;
  gpointer       data;
} Run;

static const char *const keys[] = {
  "color-scheme", "number-format", "interval", "price-file", "recordings-folder", "load-rate", "notifications", "page",
  "hidden-rows", "time-window", "reopen", "last-backends", "price-id", "recording-size",
};

static gboolean
act_cb (gpointer data)
{
  Run *run = data;

  run->act (run->application, run->data);

  /* With all windows, which would hold what they show to the end of the process. */
  g_action_group_activate_action (G_ACTION_GROUP (run->application), "quit", NULL);
  return G_SOURCE_REMOVE;
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window,
                 Run            *run)
{
  g_signal_handlers_disconnect_by_func (application, window_added_cb, run);
  g_idle_add (act_cb, run);
}

/* A start of the program, which ends when @act has returned. */
static void
start (Act      act,
       gpointer data)
{
  char *argv[] = { (char *) "steelyard", NULL };
  g_autoptr (SyApplication) application = sy_application_new ();
  Run run = { application, act, data };

  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), &run);
  g_assert_cmpint (g_application_run (G_APPLICATION (application), 1, argv), ==, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
reset_all (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APPLICATION_ID);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);
}

static GtkWidget *
open_preferences (SyApplication *application)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "preferences", NULL);
  g_assert_nonnull (application->preferences);
  return application->preferences;
}

static GtkWidget *
get_row (SyApplication *application,
         const char    *title)
{
  GtkWidget *row = sy_find_row (open_preferences (application), title);

  g_test_message ("%s", title);
  g_assert_nonnull (row);
  return row;
}

static void
choose (SyApplication *application,
        const char    *title,
        guint          position)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (get_row (application, title)), position);
}

/* The switch of a row; pressed it would move first. */
static void
switch_off (GtkWidget *root)
{
  if (GTK_IS_SWITCH (root))
    gtk_switch_set_active (GTK_SWITCH (root), FALSE);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    switch_off (child);
}

/* --- Appearance --- */

static void
act_dark (SyApplication *application,
          gpointer       data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_assert_cmpint (adw_style_manager_get_color_scheme (manager), ==, ADW_COLOR_SCHEME_DEFAULT);
  choose (application, "Style", 1);
  g_assert_cmpint (adw_style_manager_get_color_scheme (manager), ==, ADW_COLOR_SCHEME_FORCE_LIGHT);
  choose (application, "Style", 2);
  g_assert_cmpint (adw_style_manager_get_color_scheme (manager), ==, ADW_COLOR_SCHEME_FORCE_DARK);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
}

static void
act_is_dark (SyApplication *application,
             gpointer       data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_assert_cmpint (adw_style_manager_get_color_scheme (manager), ==, ADW_COLOR_SCHEME_FORCE_DARK);
  choose (application, "Style", 0);
  g_assert_cmpint (adw_style_manager_get_color_scheme (manager), ==, ADW_COLOR_SCHEME_DEFAULT);
}

/* --- Numbers --- */

static void
act_comma (SyApplication *application,
           gpointer       data)
{
  g_autofree char *text = sy_format_number (1204);

  g_assert_cmpstr (text, ==, "1204");
  choose (application, "Numbers", 1);
}

static void
act_has_comma (SyApplication *application,
               gpointer       data)
{
  g_autofree char *text = sy_format_number (1204);

  g_assert_cmpstr (text, ==, "1,204");
  choose (application, "Numbers", 0);
}

/* --- Intervals, load, notifications --- */

static void
act_general (SyApplication *application,
             gpointer       data)
{
  SyWindow *window = sy_application_get_live_window (application);
  gboolean notifies = FALSE;
  int rate = 0;

  choose (application, "Ask every", 3);
  g_assert_cmpint (sy_session_get_interval (application->session), ==, 5 * SY_USEC_PER_SEC);

  choose (application, "Send at most", 1);
  g_object_get (window->load_page, "most-rate", &rate, NULL);
  g_assert_cmpint (rate, ==, 100);

  switch_off (get_row (application, "Notifications"));
  g_object_get (application->notifier, "enabled", &notifies, NULL);
  g_assert_false (notifies);

  choose (application, "A recording ends at", 0);
  g_assert_cmpint (application->retention.each_bytes, ==, 256 << 20);
  g_assert_nonnull (get_row (application, "Record what is watched"));
}

static void
act_general_is_so (SyApplication *application,
                   gpointer       data)
{
  SyWindow *window = sy_application_get_live_window (application);
  gboolean notifies = TRUE;
  int rate = 0;

  g_object_get (window->load_page, "most-rate", &rate, NULL);
  g_object_get (application->notifier, "enabled", &notifies, NULL);
  g_assert_cmpint (sy_session_get_interval (application->session), ==, 5 * SY_USEC_PER_SEC);
  g_assert_cmpint (rate, ==, 100);
  g_assert_false (notifies);
  g_assert_cmpint (application->retention.each_bytes, ==, 256 << 20);
}

/* --- Costs --- */

static guint
find_in_model (AdwComboRow *row,
               const char  *text)
{
  GListModel *model = adw_combo_row_get_model (row);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    if (strcmp (gtk_string_list_get_string (GTK_STRING_LIST (model), i), text) == 0)
      return i;

  return GTK_INVALID_LIST_POSITION;
}

static GtkWidget *
find_button (GtkWidget  *root,
             const char *tooltip)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_widget_get_tooltip_text (root), tooltip) == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, tooltip);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
subtitle_has (SyApplication *application,
              const char    *title,
              const char    *text)
{
  const char *subtitle = adw_action_row_get_subtitle (ADW_ACTION_ROW (get_row (application, title)));

  g_test_message ("%s", subtitle);
  return strstr (subtitle, text) != NULL;
}

/* @data: a folder with good.json and bad.json */
static void
act_prices (SyApplication *application,
            gpointer       data)
{
  g_autofree char *good = g_build_filename (data, "good.json", NULL);
  g_autofree char *bad = g_build_filename (data, "bad.json", NULL);
  GtkWidget *row = get_row (application, "Price list of your own");
  AdwComboRow *currency = ADW_COMBO_ROW (get_row (application, "Currency"));

  g_assert_true (subtitle_has (application, "Price list of your own", "None"));
  g_assert_cmpuint (find_in_model (currency, "NZD"), ==, GTK_INVALID_LIST_POSITION);
  sy_path_setting_set_path (application->price_file, good);
  g_assert_nonnull (sy_price_book_find (sy_session_get_price_book (application->session), "test/here/one"));
  g_assert_nonnull (sy_price_book_find (sy_session_get_price_book (application->session), "aws/us-east-1/m7g.large"));
  g_assert_true (subtitle_has (application, "Price list of your own", good));
  g_assert_cmpuint (find_in_model (currency, "NZD"), !=, GTK_INVALID_LIST_POSITION);
  g_assert_true (sy_session_set_price (application->session, "test/here/one"));

  /* Of what is not there any more nothing is left; what and where is said. */
  sy_path_setting_set_path (application->price_file, bad);
  g_assert_true (subtitle_has (application, "Price list of your own", "bad.json: items: item 1"));
  g_assert_true (subtitle_has (application, "Price list of your own", "Prices are from the lists of the program."));
  g_assert_null (sy_price_book_find (sy_session_get_price_book (application->session), "test/here/one"));
  g_assert_cmpstr (sy_session_get_price (application->session)->id, ==, "aws/us-east-1/m7g.large");

  g_signal_emit_by_name (find_button (row, "Without a Price List of Your Own"), "clicked");
  g_assert_true (subtitle_has (application, "Price list of your own", "None"));
  sy_path_setting_set_path (application->price_file, good);
  g_settings_set_string (application->settings, "price-id", "test/here/one");
}

static void
act_has_prices (SyApplication *application,
                gpointer       data)
{
  g_assert_cmpstr (sy_session_get_price (application->session)->id, ==, "test/here/one");
}

static void
act_currency (SyApplication *application,
              gpointer       data)
{
  AdwComboRow *row = ADW_COMBO_ROW (get_row (application, "Currency"));

  adw_combo_row_set_selected (row, find_in_model (row, "EUR"));
  g_assert_cmpstr (sy_assumptions_get_currency (application->assumptions), ==, "EUR");

  /* Both ways: the Cost page has the same row. */
  sy_assumptions_set_currency (application->assumptions, "USD");
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, find_in_model (row, "USD"));
}

/* --- Recordings --- */

static void
act_folder (SyApplication *application,
            gpointer       data)
{
  const char *folder = data;
  g_autofree char *own = g_strdup (sy_shelf_get_folder (application->shelf));
  g_autofree char *missing = g_build_filename (folder, "none", NULL);
  g_autoptr (SySource) source = sy_still_source_new ("http://127.0.0.1:1/metrics", sy_session_get_clock (application->session));

  sy_path_setting_set_path (application->folder, missing);
  g_assert_cmpstr (sy_shelf_get_folder (application->shelf), ==, own);
  g_assert_true (subtitle_has (application, "Folder", "none: there is no such folder"));
  g_assert_true (subtitle_has (application, "Folder", "Recordings go among the data of the program."));

  sy_path_setting_set_path (application->folder, folder);
  g_assert_cmpstr (sy_shelf_get_folder (application->shelf), ==, folder);
  g_assert_true (subtitle_has (application, "Folder", folder));

  g_assert_nonnull (sy_session_add_source (application->session, source, "Orders", NULL));
  g_assert_true (g_str_has_prefix (sy_recorder_get_path (sy_session_get_recorder (application->session)), folder));
}

static void
act_has_folder (SyApplication *application,
                gpointer       data)
{
  g_assert_cmpstr (sy_shelf_get_folder (application->shelf), ==, data);
}

/* --- What is as it was --- */

static void
act_leave (SyApplication *application,
           gpointer       data)
{
  SyWindow *window = sy_application_get_live_window (application);

  sy_window_show_page (window, "cost");
  g_action_group_change_action_state (G_ACTION_GROUP (window), "row-errors", g_variant_new_boolean (FALSE));
  g_action_group_change_action_state (G_ACTION_GROUP (window), "time-window", g_variant_new_int32 (900));
}

static void
act_find (SyApplication *application,
          gpointer       data)
{
  SyWindow *window = sy_application_get_live_window (application);
  g_autoptr (GVariant) row = g_action_group_get_action_state (G_ACTION_GROUP (window), "row-errors");
  g_autoptr (GVariant) time = g_action_group_get_action_state (G_ACTION_GROUP (window), "time-window");

  g_assert_cmpstr (adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (window->view_stack)), ==, "cost");
  g_assert_false (g_variant_get_boolean (row));
  g_assert_cmpint (g_variant_get_int32 (time), ==, 900);

  /* A page that another version had. */
  g_settings_set_string (application->settings, "page", "nowhere");
}

static void
act_find_live (SyApplication *application,
               gpointer       data)
{
  SyWindow *window = sy_application_get_live_window (application);

  g_assert_cmpstr (adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (window->view_stack)), ==, "live");
}

static GtkWidget *
get_last_button (SyWindow *window)
{
  return GTK_WIDGET (gtk_widget_get_template_child (window->first_run_page, SY_TYPE_FIRST_RUN_PAGE, "last"));
}

static void
act_offered (SyApplication *application,
             gpointer       data)
{
  SyWindow *window = sy_application_get_live_window (application);

  g_assert_cmpuint (sy_session_get_n (application->session), ==, 0);
  g_assert_true (gtk_widget_get_visible (get_last_button (window)));
  g_action_group_activate_action (G_ACTION_GROUP (window), "reopen", NULL);
  g_assert_cmpuint (sy_session_get_n (application->session), ==, 1);
  choose (application, "Last backends", 1);
}

static void
act_again (SyApplication *application,
           gpointer       data)
{
  g_assert_cmpuint (sy_session_get_n (application->session), ==, 1);
  g_assert_cmpstr (sy_backend_get_name (sy_session_get (application->session, 0)), ==, "Orders");
  choose (application, "Last backends", 2);
}

static void
act_forgotten (SyApplication *application,
               gpointer       data)
{
  SyWindow *window = sy_application_get_live_window (application);

  g_assert_cmpuint (sy_session_get_n (application->session), ==, 0);
  g_assert_false (gtk_widget_get_visible (get_last_button (window)));
}

/* --- All of it --- */

static void
act_all (SyApplication *application,
         const Act     *acts,
         guint          n,
         gpointer       data)
{
  for (guint i = 0; i < n; i++)
    acts[i] (application, data);
}

static void
act_first (SyApplication *application,
           gpointer       data)
{
  static const Act acts[] = { act_dark, act_comma, act_prices, act_currency, act_folder, act_general, act_leave };

  act_all (application, acts, G_N_ELEMENTS (acts), data);
}

static void
act_second (SyApplication *application,
            gpointer       data)
{
  static const Act acts[] = { act_is_dark, act_has_comma, act_has_prices, act_has_folder, act_general_is_so, act_find, act_offered };

  act_all (application, acts, G_N_ELEMENTS (acts), data);
}

static void
act_third (SyApplication *application,
           gpointer       data)
{
  static const Act acts[] = { act_find_live, act_again };

  act_all (application, acts, G_N_ELEMENTS (acts), data);
}

/* A start is dear: each does what it can. */
static void
test_starts (void)
{
  g_autofree char *folder = g_dir_make_tmp ("steelyard-XXXXXX", NULL);
  g_autofree char *good = g_build_filename (folder, "good.json", NULL);
  g_autofree char *bad = g_build_filename (folder, "bad.json", NULL);

  g_assert_true (g_file_set_contents (good, PRICES, -1, NULL));
  g_assert_true (g_file_set_contents (bad, "{\"schema\":\"steelyard.prices/1\",\"items\":[7]}", -1, NULL));
  start (act_first, folder);
  start (act_second, folder);
  start (act_third, folder);
  start (act_forgotten, folder);
  reset_all ();
  sy_format_set_numbers (SY_NUMBERS_LANGUAGE);
  g_remove (good);
  g_remove (bad);

  /* A recording that held no answer was not kept. */
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* --- The window --- */

static void
act_keyboard (SyApplication *application,
              gpointer       data)
{
  static const char *const first_rows[] = { "Style", "Currency", "Folder" };
  g_auto (GStrv) accels = gtk_application_get_accels_for_action (GTK_APPLICATION (application), "app.preferences");
  GtkWidget *window = open_preferences (application);

  g_assert_cmpstr (accels[0], ==, "<Control>comma");
  g_assert_true (open_preferences (application) == window);

  for (guint i = 0; i < G_N_ELEMENTS (first_rows); i++)
    {
      GtkWidget *page = gtk_widget_get_ancestor (get_row (application, first_rows[i]), ADW_TYPE_PREFERENCES_PAGE);
      g_autoptr (GPtrArray) walk = NULL;
      int least = 0;

      adw_preferences_window_set_visible_page (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (page));
      while (!gtk_widget_get_mapped (page))
        g_main_context_iteration (NULL, TRUE);
      walk = sy_tab_walk (GTK_WINDOW (window), FALSE);
      sy_tab_walk_assert_meets_all (walk, page);
      gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      g_assert_cmpint (least, <=, 360);
    }
}

static void
test_keyboard (void)
{
  start (act_keyboard, NULL);
  reset_all ();
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/preferences/starts", test_starts);
  g_test_add_func ("/ui/preferences/keyboard", test_keyboard);
  return g_test_run ();
}
