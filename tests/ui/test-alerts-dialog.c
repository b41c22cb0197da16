/* test-alerts-dialog.c: rules are added, changed, switched off, removed and put back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "sy-alert-editor.h"
#include "sy-alert-words.h"
#include "sy-alerts-dialog.h"
#include "sy-still-source.h"
#include "sy-tab-walk.h"

#define NB "\302\240" /* no-break space between a number and its unit */

typedef struct {
  char         *folder;
  char         *path;
  SyClock      *clock;
  SySession    *session;
  SyAlertBook  *book;
  SyAlertWatch *watch;
  GSettings    *settings;
  SyBackground *background;
  GtkWidget    *dialog;
} Fixture;

static void
settle (GtkWidget *window)
{
  for (guint i = 0; i < 3; i++)
    {
      gtk_widget_queue_draw (window);
      gtk_test_widget_wait_for_draw (window);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static gpointer
get_child (gpointer    widget,
           const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (widget), G_OBJECT_TYPE (widget), name);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SySource) source = NULL;

  f->folder = g_dir_make_tmp ("steelyard-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "alerts.json", NULL);
  f->clock = sy_clock_new_manual (1000 * SY_USEC_PER_SEC, 1795422736 * SY_USEC_PER_SEC);
  f->session = sy_session_new (f->clock, &error);
  g_assert_no_error (error);
  source = sy_still_source_new ("http://127.0.0.1:8101/metrics", f->clock);
  sy_session_add_source (f->session, source, "<b>Orders</b>", NULL);
  f->book = sy_alert_book_new (f->path);
  f->watch = sy_alert_watch_new (G_LIST_MODEL (f->session), f->clock, f->book);
  f->settings = g_settings_new (APPLICATION_ID);
  f->background = sy_background_new (NULL, f->session, f->settings);
  f->dialog = sy_alerts_dialog_new (NULL, f->session, f->watch, f->background);
  gtk_window_present (GTK_WINDOW (f->dialog));
  settle (f->dialog);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->dialog));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&f->background);
  g_clear_object (&f->settings);
  g_clear_object (&f->watch);
  g_clear_object (&f->book);
  g_clear_object (&f->session);
  g_clear_object (&f->clock);
  g_remove (f->path);
  g_rmdir (f->folder);
  g_free (f->path);
  g_free (f->folder);
}

/* The editor that is open. */
static GtkWidget *
find_editor (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (SY_IS_ALERT_EDITOR (l->data))
      return l->data;

  return NULL;
}

static GtkWidget *
open_editor (Fixture *f)
{
  GtkWidget *editor;

  g_signal_emit_by_name (get_child (f->dialog, "add_button"), "clicked");
  editor = find_editor ();
  g_assert_nonnull (editor);
  settle (editor);
  return editor;
}

static void
save (GtkWidget *editor)
{
  g_signal_emit_by_name (get_child (editor, "save_button"), "clicked");
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The button or switch of this kind in row @position. */
static GtkWidget *
find_in (GtkWidget  *root,
         GType       type,
         const char *icon)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type)
      && (icon == NULL || g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (root)), icon) == 0))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_in (child, type, icon);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
get_row (Fixture *f,
         int      position)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (get_child (f->dialog, "list")), position));
}

static const char *
get_title (Fixture *f,
           int      position)
{
  return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (get_row (f, position)));
}

static const char *
get_subtitle (Fixture *f,
              int      position)
{
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (get_row (f, position)));
}

static void
test_add (Fixture       *f,
          gconstpointer  data)
{
  GtkWidget *editor = open_editor (f);
  const SyAlertRule *rule;

  g_assert_true (gtk_widget_get_visible (get_child (f->dialog, "empty")));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_child (editor, "limit"))), ==, "500");

  adw_combo_row_set_selected (get_child (editor, "side"), 2); /* A, B, B ÷ A */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_child (editor, "limit"))), ==, "1.5");
  adw_combo_row_set_selected (get_child (editor, "duration"), 1);
  gtk_editable_set_text (get_child (editor, "limit"), "2.5");
  save (editor);
  g_assert_null (find_editor ());

  g_assert_cmpuint (sy_alert_book_get_n (f->book), ==, 1);
  rule = sy_alert_book_get (f->book, 0);
  g_assert_cmpint (rule->quantity, ==, SY_QUANTITY_P99);
  g_assert_cmpuint (rule->backend, ==, 1);
  g_assert_true (rule->is_ratio);
  g_assert_cmpfloat (rule->limit, ==, 2.5);
  g_assert_cmpint (rule->duration_us, ==, 10 * SY_USEC_PER_SEC);
  g_assert_cmpfloat (rule->hysteresis, ==, 0.1);

  g_assert_false (gtk_widget_get_visible (get_child (f->dialog, "empty")));
  g_assert_cmpstr (get_title (f, 0), ==, "B ÷ A: Latency p99 over 2.5×");
  g_assert_cmpstr (get_subtitle (f, 0), ==, "For at least 10" NB "s");
}

/* A limit that was typed goes with the quantity, not with the backend. */
static void
test_typed (Fixture       *f,
            gconstpointer  data)
{
  GtkWidget *editor = open_editor (f);
  GtkEditable *limit = GTK_EDITABLE (get_child (editor, "limit"));

  gtk_editable_set_text (limit, "740");
  adw_combo_row_set_selected (get_child (editor, "side"), 1);
  g_assert_cmpstr (gtk_editable_get_text (limit), ==, "740");
  adw_combo_row_set_selected (get_child (editor, "side"), 2);
  g_assert_cmpstr (gtk_editable_get_text (limit), ==, "1.5");
  adw_combo_row_set_selected (get_child (editor, "side"), 0);
  g_assert_cmpstr (gtk_editable_get_text (limit), ==, "500");
  gtk_window_close (GTK_WINDOW (editor));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* What is wrong is said beside the entry, and nothing is added. */
static void
test_wrong (Fixture       *f,
            gconstpointer  data)
{
  static const struct { const char *text; const char *problem; } cases[] = {
    { "", "A limit is needed" },
    { "fast", "This is not a number" },
    { "-1", "This must be between 0 and 1,000,000,000,000,000,000" },
  };
  GtkWidget *editor = open_editor (f);
  GtkLabel *problem = get_child (editor, "problem");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gtk_editable_set_text (get_child (editor, "limit"), cases[i].text);
      g_assert_false (gtk_widget_get_visible (GTK_WIDGET (problem)));
      save (editor);
      g_assert_true (find_editor () == editor);
      g_assert_true (gtk_widget_get_visible (GTK_WIDGET (problem)));
      if (i < 2)
        g_assert_cmpstr (gtk_label_get_text (problem), ==, cases[i].problem);
    }
  g_assert_cmpuint (sy_alert_book_get_n (f->book), ==, 0);
  gtk_window_close (GTK_WINDOW (editor));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
add_rule (Fixture    *f,
          SyQuantity  quantity,
          double      limit)
{
  const SyAlertRule rule = { 0, quantity, 0, FALSE, SY_ALERT_ABOVE, limit, 0.13, 7 * SY_USEC_PER_SEC, TRUE };

  g_assert_true (sy_alert_book_add (f->book, &rule, G_MAXUINT, NULL));
  settle (f->dialog);
}

/* A rule that the book refuses is not lost: the editor says why, and stays. */
static void
test_refused (Fixture       *f,
              gconstpointer  data)
{
  const SyAlertRule rule = { 0, SY_QUANTITY_CPU, 0, FALSE, SY_ALERT_ABOVE, 2, 0.1, 0, TRUE };
  GtkWidget *editor = open_editor (f);

  for (guint i = 0; i < SY_ALERT_MAX_RULES; i++)
    g_assert_true (sy_alert_book_add (f->book, &rule, G_MAXUINT, NULL));
  save (editor);
  g_assert_true (find_editor () == editor);
  g_assert_true (gtk_widget_get_visible (get_child (editor, "problem")));
  gtk_window_close (GTK_WINDOW (editor));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* What the editor does not offer stays as it is. */
static void
test_change (Fixture       *f,
             gconstpointer  data)
{
  GtkWidget *editor;
  const SyAlertRule *rule;

  add_rule (f, SY_QUANTITY_RSS, 250e6);
  g_assert_cmpstr (get_title (f, 0), ==, "A: Memory over 250" NB "MB");
  g_signal_emit_by_name (find_in (get_row (f, 0), GTK_TYPE_BUTTON, "document-edit-symbolic"), "clicked");
  editor = find_editor ();
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_child (editor, "limit"))), ==, "250");
  adw_combo_row_set_selected (get_child (editor, "bound"), 1);
  save (editor);

  rule = sy_alert_book_get (f->book, 0);
  g_assert_cmpint (rule->bound, ==, SY_ALERT_BELOW);
  g_assert_cmpfloat (rule->limit, ==, 250e6);
  g_assert_cmpfloat (rule->hysteresis, ==, 0.13);
  g_assert_cmpint (rule->duration_us, ==, 7 * SY_USEC_PER_SEC);
  g_assert_cmpstr (get_title (f, 0), ==, "A: Memory under 250" NB "MB");
}

static void
test_switch (Fixture       *f,
             gconstpointer  data)
{
  GtkWidget *row, *button;

  add_rule (f, SY_QUANTITY_CPU, 2);
  row = get_row (f, 0);
  button = find_in (row, GTK_TYPE_SWITCH, NULL);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (button)));
  gtk_widget_grab_focus (button);
  gtk_switch_set_active (GTK_SWITCH (button), FALSE);
  g_assert_false (sy_alert_book_get (f->book, 0)->is_enabled);
  g_assert_true (get_row (f, 0) == row); /* and keeps the focus */

  button = get_child (f->dialog, "lost");
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (button)));
  gtk_switch_set_active (GTK_SWITCH (button), FALSE);
  g_assert_false (sy_alert_book_get_tells_lost (f->book));
}

static void
test_remove (Fixture       *f,
             gconstpointer  data)
{
  add_rule (f, SY_QUANTITY_CPU, 2);
  add_rule (f, SY_QUANTITY_CPU, 3);
  g_signal_emit_by_name (find_in (get_row (f, 0), GTK_TYPE_BUTTON, "list-remove-symbolic"), "clicked");
  settle (f->dialog);
  g_assert_cmpuint (sy_alert_book_get_n (f->book), ==, 1);
  g_assert_cmpstr (get_title (f, 0), ==, "A: CPU over 3" NB "cores");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (f->dialog))
                 == find_in (get_row (f, 0), GTK_TYPE_BUTTON, "list-remove-symbolic"));
}

/* What is the case now stands below its rule. */
static void
test_now (Fixture       *f,
          gconstpointer  data)
{
  SyAlertRule rule;

  add_rule (f, SY_QUANTITY_IN_FLIGHT, 5);
  rule = *sy_alert_book_get (f->book, 0);
  rule.duration_us = 0;
  sy_alert_book_change (f->book, &rule, NULL);
  g_assert_cmpstr (get_subtitle (f, 0), ==, "At once");
  g_assert_false (gtk_widget_get_visible (find_in (get_row (f, 0), GTK_TYPE_IMAGE, NULL)));

  for (guint i = 0; i < 3; i++)
    {
      sy_clock_advance (f->clock, 4 * SY_USEC_PER_SEC / 5);
      sy_still_source_say (SY_STILL_SOURCE (sy_backend_get_source (sy_session_get (f->session, 0))),
                           "# TYPE http_requests_in_flight gauge\nhttp_requests_in_flight 7\n");
      while (g_main_context_iteration (NULL, FALSE))
        ;
      sy_clock_advance (f->clock, SY_USEC_PER_SEC / 5);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_true (g_str_has_prefix (get_subtitle (f, 0), "7 at "));
  g_assert_true (gtk_widget_get_visible (find_in (get_row (f, 0), GTK_TYPE_IMAGE, NULL)));
}

/* Nobody can be asked: it says so, and the choice stays for when somebody can be. */
static void
test_no_portal (Fixture       *f,
                gconstpointer  data)
{
  GtkSwitch *button = GTK_SWITCH (get_child (f->dialog, "background_switch"));

  gtk_switch_set_active (button, TRUE);
  settle (f->dialog);
  g_assert_true (gtk_switch_get_active (button));
  g_assert_true (g_settings_get_boolean (f->settings, "background"));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (get_child (f->dialog, "background_row"))), ==,
                   "This desktop has no background portal that could be asked.");

  gtk_switch_set_active (button, FALSE);
  settle (f->dialog);
  g_assert_false (g_settings_get_boolean (f->settings, "background"));
  g_assert_cmpint (sy_background_get_state (f->background), ==, SY_BACKGROUND_OFF);
}

/* Each quantity has words, and a limit to begin with that can be typed. */
static void
test_words (void)
{
  guint n;
  const SyQuantity *quantities = sy_alert_rule_quantities (&n);

  for (guint i = 0; i < n; i++)
    for (guint is_ratio = 0; is_ratio < 2; is_ratio++)
      {
        const SyCostInput *input = sy_alert_get_input (quantities[i], (gboolean) is_ratio);
        const double first = sy_alert_get_first_limit (quantities[i], (gboolean) is_ratio);
        g_autofree char *words = sy_alert_dup_quantity (quantities[i]);
        g_autofree char *unit = sy_cost_input_dup_unit (input, "USD");
        g_autofree char *text = sy_cost_input_to_entry (input, first);
        g_autoptr (GError) error = NULL;
        double value = 0;

        g_assert_cmpstr (words, !=, "");
        g_assert_cmpstr (unit, !=, "");
        g_assert_null (strchr (unit, '\n'));
        g_assert_true (sy_cost_input_parse (input, text, &value, &error));
        g_assert_no_error (error);
        g_assert_cmpfloat_with_epsilon (value, first, 1e-9 * first);
      }
}

static void
test_keys (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) walk = NULL;
  g_autoptr (GPtrArray) inner = NULL;
  static const char *const rows[] = { "quantity", "side", "bound", "limit", "duration", "hysteresis", "save_button" };
  GtkWidget *editor;
  int minimum;

  add_rule (f, SY_QUANTITY_CPU, 2);
  add_rule (f, SY_QUANTITY_P50, 0.2);
  walk = sy_tab_walk (GTK_WINDOW (f->dialog), FALSE);
  sy_tab_walk_assert_meets_all (walk, get_child (f->dialog, "toast_overlay"));
  g_assert_true (sy_tab_walk_meets (walk, get_child (f->dialog, "add_button")));
  gtk_widget_measure (f->dialog, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);

  editor = open_editor (f);
  inner = sy_tab_walk (GTK_WINDOW (editor), FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_true (sy_tab_walk_meets (inner, get_child (editor, rows[i])));
  gtk_widget_measure (editor, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_window_close (GTK_WINDOW (editor));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

#define ADD(name, func) g_test_add ("/ui/alerts-dialog/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("add", test_add);
  ADD ("typed", test_typed);
  ADD ("wrong", test_wrong);
  ADD ("refused", test_refused);
  ADD ("change", test_change);
  ADD ("switch", test_switch);
  ADD ("remove", test_remove);
  ADD ("now", test_now);
  ADD ("no-portal", test_no_portal);
  ADD ("keys", test_keys);
  g_test_add_func ("/ui/alerts-dialog/words", test_words);

  return g_test_run ();
}
