/* test-replay-window.c: a recording in the window is decided again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <math.h>

#include "sy-error.h"
#include "sy-player-fixture.h"
#include "sy-recording-list.h"
#include "sy-recording-row.h"
#include "sy-retention-group.h"
#include "sy-window-private.h"

typedef struct
{
  SyPlayerFixture  base;
  SyShelf         *shelf;       /* (owned) */
  SyAssumptions   *stated;      /* (owned): for what is live */
  SyAssumptions   *assumptions; /* (owned): for the recording */
  SyWindow        *window;
  gpointer         chooser;     /* (nullable): weak, of the window */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autoptr (GError) error = NULL;

  sy_player_fixture_set_up (&self->base);
  self->stated = sy_assumptions_new (NULL, &error);
  g_assert_true (sy_assumptions_set_use_case (self->stated, "fintech-risk"));
  self->assumptions = sy_assumptions_new_copy (self->stated, &error);
  g_assert_no_error (error);
  self->shelf = sy_shelf_new (self->base.recorded.folder);
  self->window = SY_WINDOW (sy_window_new (NULL, sy_player_get_session (self->base.player), self->assumptions, settings));
  sy_window_set_shelf (self->window, self->shelf, NULL);
  sy_window_set_player (self->window, self->base.player, "Recording: r");
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (self->window));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (self->chooser);
  g_clear_object (&self->shelf);
  g_clear_object (&self->assumptions);
  g_clear_object (&self->stated);
  sy_player_fixture_tear_down (&self->base);
}

static void
go_to (Fixture *self,
       gint64   seconds)
{
  sy_player_fixture_go_to (&self->base, seconds * SY_USEC_PER_SEC);
}

static gboolean
is_enabled (Fixture    *self,
            const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (self->window), action);
}

static void
stack_cb (GtkStack   *stack,
          GParamSpec *pspec,
          guint      *n)
{
  ++*n;
}

/* Nobody is there to be asked, loaded or removed. */
static void
test_is_recorded (Fixture       *self,
                  gconstpointer  data)
{
  static const char *const live[] = { "add-backend", "authenticate", "demo", "edit-signals", "interval", "paused", "stop-demo" };
  guint n_switched = 0;

  g_assert_true (sy_window_is_replay (self->window));
  for (guint i = 0; i < G_N_ELEMENTS (live); i++)
    g_assert_false (is_enabled (self, live[i]));
  g_assert_true (is_enabled (self, "back-to-live"));
  g_assert_true (is_enabled (self, "choose-recording"));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (self->window->stack)), ==, "pages");

  /* Also while it starts over, and there is no backend for a moment. */
  g_signal_connect (self->window->stack, "notify::visible-child-name", G_CALLBACK (stack_cb), &n_switched);
  go_to (self, 20);
  go_to (self, 10);
  g_assert_cmpuint (n_switched, ==, 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (self->window->stack)), ==, "pages");
  g_assert_false (is_enabled (self, "add-backend"));
}

/* At the end it says what was said live. */
static void
test_verdict (Fixture       *self,
              gconstpointer  data)
{
  SyWeighing *weighing;

  for (guint i = 0; i < 2; i++)
    {
      go_to (self, REPLAY_SECONDS - 1);
      weighing = sy_appraisal_get_weighing (self->window->appraisal);
      sy_weighing_flush (weighing);
      g_assert_cmpint (sy_weighing_get_verdict (weighing)->state, ==, self->base.recorded.live->state);
      g_assert_cmpfloat (sy_weighing_get_verdict (weighing)->time.low, ==, self->base.recorded.live->time.low);
      go_to (self, 60);
    }
}

/* Another objective and another price hold from the beginning of the recording. */
static void
test_reread (Fixture       *self,
             gconstpointer  data)
{
  const SyAssumption objective = { 0.02, NAN, NAN, SY_EVIDENCE_USER, "stated", NULL };
  SySession *session = sy_player_get_session (self->base.player);
  const char *const other = "aws/us-east-1/m7g.xlarge";
  g_autoptr (GError) error = NULL;
  SyAssumption of_live;
  double slo = 0;

  go_to (self, 100);
  g_assert_true (sy_assumptions_set (self->assumptions, "slo_threshold", &objective, &error));
  g_assert_true (sy_player_get_busy (self->base.player));
  while (sy_player_get_busy (self->base.player))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (sy_player_get_position (self->base.player), ==, 100 * SY_USEC_PER_SEC);
  g_object_get (sy_appraisal_get_weighing (self->window->appraisal), "slo", &slo, NULL);
  g_assert_cmpfloat (slo, ==, 0.02);
  g_assert_cmpuint (sy_weighing_get_windows (sy_appraisal_get_weighing (self->window->appraisal), 0)->len, >=, 8);

  /* What is stated for live backends is not touched. */
  g_assert_true (sy_assumptions_get (self->stated, "slo_threshold", &of_live));
  g_assert_cmpfloat (of_live.value, !=, 0.02);

  g_assert_nonnull (sy_price_book_find (sy_session_get_price_book (session), other));
  g_assert_true (sy_session_set_price (session, other));
  g_assert_true (sy_player_get_busy (self->base.player));
  while (sy_player_get_busy (self->base.player))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (sy_player_get_position (self->base.player), ==, 100 * SY_USEC_PER_SEC);

  /* The same value again is no reason to read. */
  g_assert_true (sy_assumptions_set_use_case (self->assumptions, "fintech-risk"));
  g_assert_true (sy_assumptions_set (self->assumptions, "slo_threshold", &objective, &error));
  g_assert_false (sy_player_get_busy (self->base.player));
}

/* Weights change the decision while the recording stands still. */
static void
test_decide_again (Fixture       *self,
                   gconstpointer  data)
{
  SyAppraisal *appraisal = self->window->appraisal;
  guint revision = 0;
  guint before;

  go_to (self, REPLAY_SECONDS - 1);
  while (sy_appraisal_is_busy (appraisal) || sy_appraisal_get_decision (appraisal) == NULL)
    g_main_context_iteration (NULL, TRUE);

  for (guint i = 0; i < 2; i++)
    {
      g_object_get (appraisal, "revision", &before, NULL);
      sy_assumptions_set_score (self->assumptions, "team-fit", 0, 40 + i);
      sy_assumptions_set_score (self->assumptions, "team-fit", 1, 60);
      g_assert_false (sy_player_get_busy (self->base.player));
      do
        {
          g_main_context_iteration (NULL, TRUE);
          g_object_get (appraisal, "revision", &revision, NULL);
        }
      while (revision == before);
    }
}

/* (nullable) */
static GtkWidget *
find_row (GtkWidget  *root,
          const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (root) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static guint
count_rows (GtkListBox *box)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (box, (int) n) != NULL)
    n++;
  return n;
}

/* Rows say what there is; a deleted one can be put back. */
static void
test_list (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *torn = g_build_filename (self->base.recorded.folder, "torn.steelyard", NULL);
  GtkListBox *box = sy_recording_list_get_box (SY_RECORDING_LIST (self->window->recording_list));
  AdwActionRow *row;

  g_assert_true (g_file_set_contents (torn, "SQLite", -1, NULL));
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (self->window->view_stack), "recordings");
  while (count_rows (box) < 2)
    g_main_context_iteration (NULL, TRUE);

  row = ADW_ACTION_ROW (gtk_list_box_get_row_at_index (box, 0));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "torn");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (row), "is not a recording of Steelyard"));
  g_assert_null (strstr (adw_action_row_get_subtitle (row), self->base.recorded.folder));
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));

  row = ADW_ACTION_ROW (gtk_list_box_get_row_at_index (box, 1));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "r");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (row), "18 November 2026, 11:06 · 3\u00a0min · one, two · "));
  g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));

  g_signal_emit_by_name (gtk_list_box_get_row_at_index (box, 0), "delete");
  g_assert_cmpuint (count_rows (box), ==, 1);
  g_assert_false (g_file_test (torn, G_FILE_TEST_EXISTS));
  g_signal_emit_by_name (gtk_list_box_get_row_at_index (box, 0), "rename", "Before the upgrade");
  while (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (gtk_list_box_get_row_at_index (box, 0))),
                    "Before the upgrade") != 0)
    g_main_context_iteration (NULL, TRUE);

  /* The fixture looks for it where it was. */
  g_signal_emit_by_name (gtk_list_box_get_row_at_index (box, 0), "rename", "r");
  while (!g_file_test (self->base.recorded.path, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, TRUE);
}

/* The button of the toast that is there now. (transfer none) (nullable) */
static GtkWidget *
find_button (GtkWidget  *root,
             const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
press_undo (Fixture *self)
{
  GtkWidget *button = find_button (self->window->toast_overlay, "Undo");

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* What could not be put back may be, a moment later. */
static void
test_undo_again (Fixture       *self,
                 gconstpointer  data)
{
  g_autofree char *taken_out = g_build_filename (self->base.recorded.folder, "removed", "r.steelyard", NULL);
  g_autofree char *aside = g_build_filename (self->base.recorded.folder, "aside", NULL);
  g_autofree char *folder = g_path_get_dirname (taken_out);
  GtkListBox *box = sy_recording_list_get_box (SY_RECORDING_LIST (self->window->recording_list));

  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (self->window->view_stack), "recordings");
  while (count_rows (box) < 1)
    g_main_context_iteration (NULL, TRUE);
  g_signal_emit_by_name (gtk_list_box_get_row_at_index (box, 0), "delete");
  g_assert_cmpint (g_rename (taken_out, aside), ==, 0);
  press_undo (self);
  g_assert_false (g_file_test (self->base.recorded.path, G_FILE_TEST_EXISTS));

  g_assert_cmpint (g_rename (aside, taken_out), ==, 0);
  press_undo (self);
  g_assert_true (g_file_test (self->base.recorded.path, G_FILE_TEST_EXISTS));
  while (count_rows (box) < 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (find_button (self->window->toast_overlay, "Undo"));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Nothing goes by itself unless somebody says so; a value between is shown as the next lower. */
static void
test_retention (Fixture       *self,
                gconstpointer  data)
{
  static const struct {
    int   days;
    guint selected;
  } cases[] = { { 0, 0 }, { 7, 1 }, { 30, 1 }, { 89, 1 }, { 365, 3 }, { 4000, 3 } };
  g_autoptr (GSettings) settings = g_settings_new (APPLICATION_ID);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *group = g_object_ref_sink (g_object_new (SY_TYPE_RETENTION_GROUP, NULL));
      AdwComboRow *row;

      g_settings_set_int (settings, "recordings-days", cases[i].days);
      sy_retention_group_set_settings (SY_RETENTION_GROUP (group), settings);
      row = ADW_COMBO_ROW (find_row (group, "Keep recordings"));
      g_assert_cmpuint (adw_combo_row_get_selected (row), ==, cases[i].selected);
      g_assert_cmpint (g_settings_get_int (settings, "recordings-days"), ==, cases[i].days);
      g_object_unref (group);
    }

  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (self->window->retention_group, "Keep recordings")), 2);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (self->window->retention_group, "Let them take together")), 1);
  g_assert_cmpint (g_settings_get_int (settings, "recordings-days"), ==, 90);
  g_assert_cmpint ((gint64) g_settings_get_int (settings, "recordings-size") << 20, >=, 1000000000);
  g_settings_reset (settings, "recordings-days");
  g_settings_reset (settings, "recordings-size");
}

/* A file that was not opened: what, where and what to do, until it is dismissed. */
static void
test_unopened (Fixture       *self,
               gconstpointer  data)
{
  static const struct {
    int         code;
    const char *advice; /* NULL: the reason says it */
  } cases[] = {
    { SY_ERROR_DAMAGED, "left as it is" }, { SY_ERROR_STORAGE, "Check that the file is there" }, { SY_ERROR_FORMAT, NULL },
  };
  const char *const paths[] = { "/elsewhere/x\n<b>.steelyard", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (SY_ERROR, cases[i].code, "/elsewhere/x: update it to open this file");
      GtkWidget *bar = self->window->notice_bar;
      const char *detail;

      sy_window_tell_unopened (self->window, paths, error);
      g_assert_true (gtk_widget_get_visible (bar));
      g_assert_cmpstr (sy_notice_bar_get_title (SY_NOTICE_BAR (bar)), ==, "“x\\n<b>.steelyard” was not opened");
      detail = gtk_label_get_text (GTK_LABEL (gtk_widget_get_template_child (bar, SY_TYPE_NOTICE_BAR, "detail")));
      g_assert_true (g_str_has_prefix (detail, "/elsewhere/x: update it"));
      if (cases[i].advice != NULL)
        g_assert_nonnull (strstr (detail, cases[i].advice));
      sy_notice_bar_clear (SY_NOTICE_BAR (bar));
      g_assert_false (gtk_widget_get_visible (bar));
    }
}

/* A file chooser goes with the window that it was opened for, or for the next chooser. */
static void
test_choose (Fixture       *self,
             gconstpointer  data)
{
  gpointer first = NULL;

  g_action_group_activate_action (G_ACTION_GROUP (self->window), "choose-recording", NULL);
  first = self->window->chooser;
  g_assert_nonnull (first);
  g_object_add_weak_pointer (first, &first);
  g_action_group_activate_action (G_ACTION_GROUP (self->window), "compare-recording", g_variant_new_string (self->base.recorded.path));
  g_assert_null (first);

  self->chooser = self->window->chooser;
  g_object_add_weak_pointer (self->chooser, &self->chooser);
}

static void
test_narrow (Fixture       *self,
             gconstpointer  data)
{
  static const char *const pages[] = { "live", "load", "cost", "decide", "recordings" };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (pages); i++)
    {
      int minimum;

      gtk_widget_set_default_direction (i < G_N_ELEMENTS (pages) ? GTK_TEXT_DIR_LTR : GTK_TEXT_DIR_RTL);
      sy_window_show_page (self->window, pages[i % G_N_ELEMENTS (pages)]);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (self->window));
      gtk_widget_measure (adw_application_window_get_content (ADW_APPLICATION_WINDOW (self->window)), GTK_ORIENTATION_HORIZONTAL, -1,
                          &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 360);
    }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

#define ADD(name, func) g_test_add ("/ui/replay-window/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("is-recorded", test_is_recorded);
  ADD ("verdict", test_verdict);
  ADD ("reread", test_reread);
  ADD ("decide-again", test_decide_again);
  ADD ("list", test_list);
  ADD ("undo-again", test_undo_again);
  ADD ("retention", test_retention);
  ADD ("unopened", test_unopened);
  ADD ("choose", test_choose);
  ADD ("narrow", test_narrow);
  return g_test_run ();
}
