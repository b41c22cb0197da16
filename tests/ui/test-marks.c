/* test-marks.c: times are marked and excluded in the window of a recording, and that is undone
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "sy-error.h"
#include "sy-mark-dialog.h"
#include "sy-marks-dialog.h"
#include "sy-player-fixture.h"
#include "sy-window-private.h"

typedef struct
{
  SyPlayerFixture  base;
  SyAssumptions   *assumptions; /* (owned) */
  SyWindow        *window;
  SyMarks         *marks;
  BeamNotes       *notes;
} Fixture;

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* At the end of the recording. */
static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autoptr (GError) error = NULL;

  sy_player_fixture_set_up (&self->base);
  self->assumptions = sy_assumptions_new (NULL, &error);
  g_assert_no_error (error);
  self->window = SY_WINDOW (sy_window_new (NULL, sy_player_get_session (self->base.player), self->assumptions, settings));
  sy_window_set_player (self->window, self->base.player, "Recording: r");
  self->marks = sy_session_get_marks (sy_player_get_session (self->base.player));
  self->notes = sy_live_axes_get_notes (sy_live_page_get_axes (SY_LIVE_PAGE (self->window->live_page)));
  gtk_window_present (GTK_WINDOW (self->window));
  sy_player_fixture_go_to (&self->base, sy_player_get_length (self->base.player));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (self->window));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  settle ();
  g_clear_object (&self->assumptions);
  sy_player_fixture_tear_down (&self->base);
}

/* The window of that kind that is open. (transfer none) */
static GtkWidget *
find_dialog (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type))
        return window;
    }

  g_assert_not_reached ();
}

/* @text: on the button, or its tooltip. (transfer none) (nullable) */
static GtkWidget *
find_button (GtkWidget  *root,
             const char *text)
{
  if (GTK_IS_BUTTON (root) && (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), text) == 0
                               || g_strcmp0 (gtk_widget_get_tooltip_text (root), text) == 0))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
press (GtkWidget  *root,
       const char *text)
{
  GtkWidget *button = find_button (root, text);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  settle ();
}

/* Rows of the dialog, by what they are for. (transfer none) */
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

/* What is at or below @root and can be written in. */
static GtkEditable *
find_entry (GtkWidget *root)
{
  if (GTK_IS_ENTRY (root))
    return GTK_EDITABLE (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkEditable *found = find_entry (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static BeamCursor *
get_cursor (Fixture *self)
{
  return sy_live_axes_get_cursor (sy_live_page_get_axes (SY_LIVE_PAGE (self->window->live_page)));
}

static const SyVerdict *
get_verdict (Fixture *self)
{
  SyWeighing *weighing = sy_appraisal_get_weighing (self->window->appraisal);

  sy_weighing_flush (weighing);
  return sy_weighing_get_verdict (weighing);
}

/* At the cursor, with text; each chart has it; Undo takes it away. */
static void
test_mark (Fixture       *self,
           gconstpointer  data)
{
  const gint64 at_us = sy_clock_get_monotonic (sy_session_get_clock (self->window->session)) - 60 * SY_USEC_PER_SEC;
  GtkWidget *dialog;

  beam_cursor_set_time (get_cursor (self), at_us);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.add-mark", NULL);
  dialog = find_dialog (SY_TYPE_MARK_DIALOG);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (dialog, "Kind")), SY_MARK_DEPLOY);
  gtk_editable_set_text (find_entry (find_row (dialog, "Text")), "version <2>");
  press (dialog, "_Add");

  g_assert_cmpuint (sy_marks_get_n (self->marks), ==, 1);
  g_assert_cmpint (sy_marks_get (self->marks, 0)->from_us, ==, at_us);
  g_assert_cmpint (sy_marks_get (self->marks, 0)->to_us, ==, at_us);
  g_assert_cmpuint (beam_notes_get_n (self->notes), ==, 1);
  g_assert_cmpstr (beam_notes_get (self->notes, 0)->text, ==, "Deploy: version <2>");
  g_assert_false (beam_notes_get (self->notes, 0)->veiled);

  press (self->window->toast_overlay, "Undo");
  g_assert_cmpuint (sy_marks_get_n (self->marks), ==, 0);
  g_assert_cmpuint (beam_notes_get_n (self->notes), ==, 0);
}

/* What comes back is at its moment of the recording, also when that has started over since. */
static void
test_undo_later (Fixture       *self,
                 gconstpointer  data)
{
  const gint64 at_us = sy_clock_get_monotonic (sy_session_get_clock (self->window->session)) - 60 * SY_USEC_PER_SEC;
  const SyRecordMark mark = { .kind = SY_MARK_NOTE, .text = (char *) "here", .from_us = at_us, .to_us = at_us };
  g_autoptr (GError) error = NULL;
  GtkWidget *list;

  g_assert_true (sy_marks_add (self->marks, 0, &mark, NULL, &error));
  g_assert_no_error (error);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.marks", NULL);
  list = find_dialog (SY_TYPE_MARKS_DIALOG);
  press (list, "Remove here");
  gtk_window_close (GTK_WINDOW (list));
  g_assert_cmpuint (sy_marks_get_n (self->marks), ==, 0);

  sy_player_reread (self->base.player);
  press (self->window->toast_overlay, "Undo");
  g_assert_cmpuint (sy_marks_get_n (self->marks), ==, 1);
  g_assert_cmpint (sy_marks_get (self->marks, 0)->from_us, ==, at_us + 3600 * SY_USEC_PER_SEC);
  g_assert_cmpint (sy_marks_get (self->marks, 0)->to_us, ==, at_us + 3600 * SY_USEC_PER_SEC);
  while (sy_player_get_busy (self->base.player))
    g_main_context_iteration (NULL, TRUE);
}

/* What is selected counts no more, and the verdict says so; changed and removed in the list. */
static void
test_exclude (Fixture       *self,
              gconstpointer  data)
{
  const gint64 now_us = sy_clock_get_monotonic (sy_session_get_clock (self->window->session));
  const guint n_windows = get_verdict (self)->time.n_windows;
  GtkWidget *dialog, *list;
  guint n_open;

  beam_cursor_select (get_cursor (self), now_us - 120 * SY_USEC_PER_SEC, now_us - 80 * SY_USEC_PER_SEC);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.exclude-range", NULL);
  dialog = find_dialog (SY_TYPE_MARK_DIALOG);

  /* A range that ends before it begins is refused where it is asked for. */
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (dialog, "Until")), 0);
  g_assert_false (gtk_widget_is_sensitive (find_button (dialog, "_Add")));
  gtk_window_close (GTK_WINDOW (dialog));
  settle ();
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.exclude-range", NULL);
  press (find_dialog (SY_TYPE_MARK_DIALOG), "_Add");

  g_assert_cmpuint (sy_marks_get_n (self->marks), ==, 1);
  g_assert_cmpint (sy_marks_get (self->marks, 0)->from_us, ==, now_us - 120 * SY_USEC_PER_SEC);
  g_assert_cmpint (sy_marks_get (self->marks, 0)->to_us, ==, now_us - 80 * SY_USEC_PER_SEC);
  g_assert_true (beam_notes_get (self->notes, 0)->veiled);
  g_assert_cmpuint (sy_marks_get_file (self->marks, sy_marks_get (self->marks, 0)->id), ==, SY_MARKS_ALL_FILES);
  g_assert_cmpuint (get_verdict (self)->time.n_windows, <, n_windows);
  g_assert_cmpuint (get_verdict (self)->n_excluded, >, 0);

  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.marks", NULL);
  list = find_dialog (SY_TYPE_MARKS_DIALOG);

  /* Asked for again, it is the same list, not one more. */
  n_open = g_list_model_get_n_items (gtk_window_get_toplevels ());
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.marks", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, n_open);
  press (list, "Edit Excluded range");
  dialog = find_dialog (SY_TYPE_MARK_DIALOG);
  gtk_editable_set_text (find_entry (find_row (dialog, "Text")), "a backup ran");
  press (dialog, "_Save");
  g_assert_cmpstr (beam_notes_get (self->notes, 0)->text, ==, "Excluded range: a backup ran");
  g_assert_cmpint (sy_marks_get (self->marks, 0)->from_us, ==, now_us - 120 * SY_USEC_PER_SEC);

  press (list, "Remove Excluded range: a backup ran");
  g_assert_cmpuint (sy_marks_get_n (self->marks), ==, 0);
  g_assert_cmpuint (get_verdict (self)->time.n_windows, ==, n_windows);
  gtk_window_close (GTK_WINDOW (list));
}

/* (transfer none) (nullable) */
static GtkWidget *
find_label (GtkWidget  *root,
            const char *part)
{
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), part) != NULL)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_get_visible (child) ? find_label (child, part) : NULL;

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* What is pinned is compared with what came after it, in words, until it is let go. */
static void
test_baseline (Fixture       *self,
               gconstpointer  data)
{
  BeamTimeAxis *time = sy_live_axes_get_time (sy_live_page_get_axes (SY_LIVE_PAGE (self->window->live_page)));
  const gint64 now_us = sy_clock_get_monotonic (sy_session_get_clock (self->window->session));
  gint64 from_us, to_us;

  g_assert_null (find_label (self->window->live_page, "Against the baseline"));
  beam_time_axis_pin (time, now_us - 195 * SY_USEC_PER_SEC, now_us - 95 * SY_USEC_PER_SEC);
  settle ();
  g_assert_nonnull (find_label (self->window->live_page, "Against the baseline, "));
  g_assert_nonnull (find_label (self->window->live_page, "one is practically as in the baseline: p95 latency "));
  g_assert_nonnull (find_label (self->window->live_page, "two"));

  /* It is the same stretch of the recording when that is read again. */
  sy_player_reread (self->base.player);
  beam_time_axis_get_pinned (time, &from_us, &to_us);
  g_assert_cmpint (from_us, ==, now_us - 195 * SY_USEC_PER_SEC + 3600 * SY_USEC_PER_SEC);
  g_assert_cmpint (to_us, ==, from_us + 100 * SY_USEC_PER_SEC);

  /* And again before it has been. */
  g_assert_true (sy_player_get_busy (self->base.player));
  sy_player_reread (self->base.player);
  beam_time_axis_get_pinned (time, &from_us, &to_us);
  g_assert_cmpint (from_us, ==, now_us - 195 * SY_USEC_PER_SEC + 2 * 3600 * SY_USEC_PER_SEC);
  while (sy_player_get_busy (self->base.player))
    g_main_context_iteration (NULL, TRUE);
  settle ();

  beam_time_axis_unpin (time);
  settle ();
  g_assert_null (find_label (self->window->live_page, "Against the baseline"));
}

/* A recording that begins and cannot take what was marked is told of. */
static void
test_not_kept (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr (GError) error = g_error_new_literal (SY_ERROR, SY_ERROR_STORAGE, "long.steelyard: it has 10000 marks already");

  g_signal_emit_by_name (self->marks, "not-kept", error);
  settle ();
  g_assert_nonnull (find_label (self->window->toast_overlay, "What you marked holds in this window only: long.steelyard"));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add ("/ui/marks/mark", Fixture, NULL, set_up, test_mark, tear_down);
  g_test_add ("/ui/marks/undo-later", Fixture, NULL, set_up, test_undo_later, tear_down);
  g_test_add ("/ui/marks/baseline", Fixture, NULL, set_up, test_baseline, tear_down);
  g_test_add ("/ui/marks/not-kept", Fixture, NULL, set_up, test_not_kept, tear_down);
  g_test_add ("/ui/marks/exclude", Fixture, NULL, set_up, test_exclude, tear_down);
  return g_test_run ();
}
