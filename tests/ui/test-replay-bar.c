/* test-replay-bar.c: a recording is played by hand
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <math.h>

#include "beam-sparkline.h"
#include "sy-live-page.h"
#include "sy-overview-view.h"
#include "sy-player-fixture.h"
#include "sy-replay-bar.h"

typedef struct
{
  SyPlayerFixture base;
  GtkWidget      *window;
  GtkWidget      *bar;
  GtkWidget      *page;
} Fixture;

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  sy_player_fixture_set_up (&self->base);
  self->bar = g_object_new (SY_TYPE_REPLAY_BAR, NULL);
  self->page = g_object_new (SY_TYPE_LIVE_PAGE, NULL);
  sy_replay_bar_set_player (SY_REPLAY_BAR (self->bar), self->base.player, "Recording: r");
  sy_live_page_set_backends (SY_LIVE_PAGE (self->page), G_LIST_MODEL (sy_player_get_session (self->base.player)),
                             sy_session_get_clock (sy_player_get_session (self->base.player)));
  sy_live_page_set_pace (SY_LIVE_PAGE (self->page), self->base.pace);
  gtk_widget_set_vexpand (self->page, TRUE);
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), self->page);

  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (self->window), box);
  gtk_widget_add_controller (self->window, sy_replay_bar_create_keys (SY_REPLAY_BAR (self->bar)));
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_test_widget_wait_for_draw (self->window);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  iterate ();
  sy_player_fixture_tear_down (&self->base);
}

static gpointer
part (Fixture    *self,
      const char *name)
{
  return gtk_widget_get_template_child (self->bar, SY_TYPE_REPLAY_BAR, name);
}

static const char *
text (Fixture    *self,
      const char *name)
{
  return gtk_label_get_text (GTK_LABEL (part (self, name)));
}

/* Drags the slider and waits for it to be asked where it is. */
static void
scrub (Fixture *self,
       double   seconds)
{
  const gint64 wanted_us = (gint64) (seconds * (double) SY_USEC_PER_SEC);

  gtk_range_set_value (GTK_RANGE (part (self, "scale")), seconds);
  while (sy_player_get_busy (self->base.player) || sy_player_get_position (self->base.player) != wanted_us)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_says (Fixture       *self,
           gconstpointer  data)
{
  g_assert_true (gtk_widget_get_visible (self->bar));
  g_assert_cmpstr (text (self, "title"), ==, "Recording: r");
  g_assert_true (g_str_has_suffix (text (self, "detail"), "· one, two"));
  g_assert_nonnull (strstr (text (self, "detail"), "2026"));
  g_assert_cmpstr (text (self, "time"), ==, "0:00 / 3:19");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (part (self, "play_button")), ==, "Play the Recording");
  gtk_test_accessible_assert_property (gtk_widget_get_first_child (part (self, "speed")), GTK_ACCESSIBLE_PROPERTY_LABEL, "Speed");
}

static void
test_play (Fixture       *self,
           gconstpointer  data)
{
  g_signal_emit_by_name (part (self, "play_button"), "clicked");
  g_assert_true (sy_player_get_playing (self->base.player));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (part (self, "play_button")), ==, "Pause the Recording");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (part (self, "speed")), 3);
  g_assert_cmpfloat (sy_player_get_speed (self->base.player), ==, 60);
  sy_clock_advance (self->base.pace, SY_USEC_PER_SEC / 20);
  iterate ();
  g_assert_cmpint (sy_player_get_position (self->base.player), ==, 3 * SY_USEC_PER_SEC);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (part (self, "scale"))), ==, 3);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (part (self, "speed")), 4);
  sy_clock_advance (self->base.pace, SY_USEC_PER_SEC / 20);
  while (sy_player_get_playing (self->base.player))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (text (self, "time"), ==, "3:19 / 3:19");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (part (self, "play_button")), ==, "Play the Recording");
}

/* The slider goes where it is put, also back; the page shows what was then. */
static void
test_scrub (Fixture       *self,
            gconstpointer  data)
{
  SySession *session = sy_player_get_session (self->base.player);

  scrub (self, 150);
  g_assert_cmpuint (sy_source_get_n_scrapes (sy_backend_get_source (sy_session_get (session, 0))), ==, 151);
  scrub (self, 20);
  g_assert_cmpuint (sy_source_get_n_scrapes (sy_backend_get_source (sy_session_get (session, 1))), ==, 21);
  g_assert_cmpstr (text (self, "time"), ==, "0:20 / 3:19");
  g_assert_nonnull (sy_live_page_get_header (SY_LIVE_PAGE (self->page), 1));
  g_assert_null (sy_live_page_get_header (SY_LIVE_PAGE (self->page), 2));
}

/* Nothing is read between this press and the next. */
static void
press_quickly (Fixture *self,
               guint    key)
{
  GListModel *controllers = gtk_widget_observe_controllers (self->window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint k = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key
              && GTK_IS_CALLBACK_ACTION (gtk_shortcut_get_action (shortcut)))
            gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, self->window,
                                          gtk_shortcut_get_arguments (shortcut));
        }
    }

  g_object_unref (controllers);
}

static void
press (Fixture *self,
       guint    key)
{
  press_quickly (self, key);
  iterate ();
}

static void
test_keys (Fixture       *self,
           gconstpointer  data)
{
  static const struct {
    guint key;
    int   seconds;
  } steps[] = {
    { GDK_KEY_Page_Down, 10 }, { GDK_KEY_Right, 11 }, { GDK_KEY_Left, 10 }, { GDK_KEY_Page_Up, 0 }, { GDK_KEY_Left, 0 },
    { GDK_KEY_End, REPLAY_SECONDS - 1 }, { GDK_KEY_Home, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      press (self, steps[i].key);
      g_assert_cmpint (sy_player_get_position (self->base.player), ==, steps[i].seconds * SY_USEC_PER_SEC);
    }

  press (self, GDK_KEY_space);
  g_assert_true (sy_player_get_playing (self->base.player));
  press (self, GDK_KEY_Right);
  g_assert_false (sy_player_get_playing (self->base.player));
}

/* A key that is held counts each time, and the slider stays where it is put. */
static void
test_held_key (Fixture       *self,
               gconstpointer  data)
{
  static const int after[] = { 4, 2 };

  press (self, GDK_KEY_End);
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    {
      const int seconds = REPLAY_SECONDS - 1 - after[i];

      for (guint k = 0; k < (i == 0 ? 4 : 2); k++)
        press_quickly (self, i == 0 ? GDK_KEY_Left : GDK_KEY_Right);
      while (sy_player_get_busy (self->base.player))
        {
          g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (part (self, "scale"))), ==, seconds);
          g_main_context_iteration (NULL, TRUE);
        }
      g_assert_cmpint (sy_player_get_position (self->base.player), ==, seconds * SY_USEC_PER_SEC);
      g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (part (self, "scale"))), ==, seconds);
    }
}

/* What takes long can be ended. */
static void
test_stop (Fixture       *self,
           gconstpointer  data)
{
  sy_player_seek (self->base.player, 150 * SY_USEC_PER_SEC);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (part (self, "play_button")), ==, "Stop Here");
  g_assert_nonnull (strstr (text (self, "detail"), "reading…"));
  g_signal_emit_by_name (part (self, "play_button"), "clicked");
  g_assert_false (sy_player_get_busy (self->base.player));
  g_assert_false (sy_player_get_playing (self->base.player));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (part (self, "play_button")), ==, "Play the Recording");
  g_assert_null (strstr (text (self, "detail"), "reading…"));
}

static void
test_narrow (Fixture       *self,
             gconstpointer  data)
{
  int minimum;

  gtk_drop_down_set_selected (GTK_DROP_DOWN (part (self, "speed")), 4);
  gtk_widget_measure (self->bar, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

/* At the end the last figures stay, and say that it is the end. */
static void
test_end (Fixture       *self,
          gconstpointer  data)
{
  SyBackendHeader *header;
  const char *address, *throughput;

  scrub (self, REPLAY_SECONDS - 1);
  header = sy_live_page_get_header (SY_LIVE_PAGE (self->page), 0);
  sy_backend_header_refresh (header);
  address = gtk_label_get_text (GTK_LABEL (gtk_widget_get_template_child (GTK_WIDGET (header), SY_TYPE_BACKEND_HEADER, "address")));
  throughput = gtk_label_get_text (GTK_LABEL (gtk_widget_get_template_child (GTK_WIDGET (header), SY_TYPE_BACKEND_HEADER, "throughput")));
  g_assert_true (g_str_has_suffix (address, "· end of the recording"));
  g_assert_cmpstr (throughput, ==, "200/s");

  /* As it is set to one digit after the point. */
  gtk_range_set_value (GTK_RANGE (part (self, "scale")), REPLAY_SECONDS - 1 - 0.04);
  while (sy_player_get_busy (self->base.player) || gtk_range_get_value (GTK_RANGE (part (self, "scale"))) < REPLAY_SECONDS - 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (sy_player_get_position (self->base.player), ==, sy_player_get_length (self->base.player));

  scrub (self, 50);
  header = sy_live_page_get_header (SY_LIVE_PAGE (self->page), 0);
  address = gtk_label_get_text (GTK_LABEL (gtk_widget_get_template_child (GTK_WIDGET (header), SY_TYPE_BACKEND_HEADER, "address")));
  g_assert_true (g_str_has_suffix (address, "· recorded"));
}

static void
edit_signals_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  ++*(guint *) user_data;
}

/* Choices of signals would be kept for the address, and hold for what is live there. */
static void
test_no_signals (Fixture       *self,
                 gconstpointer  data)
{
  static const GActionEntry entries[] = { { "edit-signals", edit_signals_cb, "s" } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  guint n_edited = 0;

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), &n_edited);
  gtk_widget_insert_action_group (self->window, "win", G_ACTION_GROUP (group));
  gtk_widget_activate_action (GTK_WIDGET (sy_live_page_get_header (SY_LIVE_PAGE (self->page), 0)), "backend.signals", NULL);
  gtk_widget_insert_action_group (self->window, "win", NULL);
  g_assert_cmpuint (n_edited, ==, 0);
}

/* Two recordings begin together. */
static void
test_two (Fixture       *self,
          gconstpointer  data)
{
  const char *paths[] = { self->base.recorded.path, self->base.recorded.path, NULL };
  g_autoptr (SyPlayer) player = sy_player_fixture_open (&self->base, paths);
  SySession *session = sy_player_get_session (player);

  g_assert_cmpuint (sy_session_get_n (session), ==, 4);
  g_assert_cmpstr (sy_backend_get_name (sy_session_get (session, 0)), ==, "one (r)");
  g_assert_cmpstr (sy_backend_get_name (sy_session_get (session, 1)), ==, "one (r)");
  g_assert_cmpstr (sy_backend_get_name (sy_session_get (session, 2)), ==, "two (r)");
  sy_backend_set_name (sy_session_get (session, 1), "before");
  sy_player_seek (player, 10 * SY_USEC_PER_SEC);
  while (sy_player_get_busy (player))
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (sy_source_get_n_scrapes (sy_backend_get_source (sy_session_get (session, i))), ==, 11);

  /* A name that somebody gave stays, however often it starts over. */
  sy_player_reread (player);
  g_assert_cmpstr (sy_backend_get_name (sy_session_get (session, 0)), ==, "one (r)");
  g_assert_cmpstr (sy_backend_get_name (sy_session_get (session, 1)), ==, "before");
}

#define ADD(name, func) g_test_add ("/ui/replay-bar/" name, Fixture, NULL, set_up, func, tear_down)

static void
append (SyHistory *history,
        gint64     second,
        double     throughput,
        double     p99)
{
  SyReading reading;

  sy_reading_init (&reading);
  reading.monotonic_us = second * SY_USEC_PER_SEC;
  reading.gap = SY_GAP_NONE;
  reading.throughput = throughput;
  reading.p99.estimate = p99;
  sy_history_append (history, &reading, (double) NAN, (double) NAN, NULL);
}

/* Of a long recording both are shown, in what they have in common. */
static void
test_overview (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) overviews = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *view = g_object_ref_sink (g_object_new (SY_TYPE_OVERVIEW_VIEW, NULL));
  GtkWidget *line;
  guint n = 0;

  /* This one is short. */
  g_assert_null (sy_player_get_overview (self->base.player, 0));
  g_assert_false (gtk_widget_get_visible (part (self, "overview")));
  sy_overview_view_set_player (SY_OVERVIEW_VIEW (view), self->base.player);
  g_assert_false (gtk_widget_get_visible (view));

  for (guint i = 0; i < 2; i++)
    {
      SyHistory *overview = sy_history_new (0);

      for (gint64 second = 0; second < 100; second++)
        append (overview, second, 100 + (double) second, i == 0 ? 0.01 : (double) NAN);
      g_ptr_array_add (overviews, overview);
    }
  sy_player_set_overviews (self->base.player, overviews);
  sy_overview_view_set_player (SY_OVERVIEW_VIEW (view), self->base.player);
  g_assert_true (gtk_widget_get_visible (view));
  line = gtk_widget_get_first_child (view);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (line)), ==, "Throughput over the whole recording");
  while ((line = gtk_widget_get_next_sibling (line)) != NULL)
    {
      g_autofree char *said = beam_figure_describe (BEAM_FIGURE (line));

      g_assert_cmpstr (beam_figure_get_title (BEAM_FIGURE (line)), ==,
                       n == 0 ? "Throughput of one over the whole recording" : "Throughput of two over the whole recording");
      g_assert_nonnull (strstr (said, "199"));
      g_assert_cmpint (beam_sparkline_get_end (BEAM_SPARKLINE (line)), ==, sy_player_get_length (self->base.player));
      n++;
    }
  g_assert_cmpuint (n, ==, 2);
  g_object_run_dispose (G_OBJECT (view));
  g_object_unref (view);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("says", test_says);
  ADD ("play", test_play);
  ADD ("scrub", test_scrub);
  ADD ("keys", test_keys);
  ADD ("held-key", test_held_key);
  ADD ("stop", test_stop);
  ADD ("narrow", test_narrow);
  ADD ("end", test_end);
  ADD ("no-signals", test_no_signals);
  ADD ("two", test_two);
  ADD ("overview", test_overview);
  return g_test_run ();
}
