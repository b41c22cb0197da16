/* sy-replay-bar.c: that this is a recording, and where in it we are
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A slider that is dragged is asked where it is some times a second: going back
 * means reading again from the beginning.
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-replay-bar.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-button-names.h"
#include "sy-columns-box.h"
#include "sy-format.h"
#include "sy-overview-view.h"
#include "sy-text.h"

#define SCRUB_MS 150
#define END_SLACK_US (SY_USEC_PER_SEC / 20)
#define STEP_US SY_USEC_PER_SEC
#define LONG_STEP_US (10 * SY_USEC_PER_SEC)

struct _SyReplayBar
{
  GtkWidget parent_instance;

  SyPlayer *player;  /* owned, nullable: not set yet */
  guint     scrub;   /* source id, 0: the slider has not been moved */
  gboolean  follows; /* the slider is being moved to where the player is */

  /* Template */
  GtkWidget *content;
  GtkWidget *title;
  GtkWidget *detail;
  GtkWidget *transport;
  GtkWidget *play_button;
  GtkWidget *overview;
  GtkWidget *scale;
  GtkWidget *time;
  GtkWidget *speed;
};

G_DEFINE_FINAL_TYPE (SyReplayBar, sy_replay_bar, GTK_TYPE_WIDGET)

static const double speeds[] = { 1, 2, 10, 60, INFINITY };

/* "0:07", "3:20", "1:03:20" */
static char *
format_position (gint64 us)
{
  const int seconds = (int) MIN (us / SY_USEC_PER_SEC, G_MAXINT);

  if (seconds >= 3600)
    return g_strdup_printf ("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);

  return g_strdup_printf ("%d:%02d", seconds / 60, seconds % 60);
}

/* "Orders, Basket" */
static char *
dup_names (SyReplayBar *self)
{
  SySession *session = sy_player_get_session (self->player);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < sy_session_get_n (session); i++)
    {
      g_autofree char *name = sy_display_text (sy_backend_get_name (sy_session_get (session, i)), -1, 60);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
    }

  return g_strdup (names->str);
}

/* When it was and who, and what is wrong with it. */
static void
update_detail (SyReplayBar *self)
{
  const GError *error = sy_player_get_error (self->player);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (sy_player_get_wall (self->player) / SY_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  /* Translators: date and time of a moment in a recording, for g_date_time_format() */
  g_autofree char *when = local != NULL ? g_date_time_format (local, _("%-d %B %Y, %H:%M:%S")) : g_strdup ("");
  g_autofree char *names = dup_names (self);
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      g_autofree char *why = sy_display_text (error->message, -1, SY_DISPLAY_TEXT_MAX);

      /* Translators: a date and time; why a recording cannot be read further */
      text = g_strdup_printf (_("%1$s · cannot be read further: %2$s"), when, why);
    }
  else if (sy_player_get_busy (self->player))
    /* Translators: a date and time; the recording is read up to where the slider was put */
    text = g_strdup_printf (_("%s · reading…"), when);
  else
    /* Translators: a date and time; names of backends */
    text = g_strdup_printf (_("%1$s · %2$s"), when, names);

  gtk_label_set_text (GTK_LABEL (self->detail), text);
}

static void
update_time (SyReplayBar *self,
             gint64       position_us)
{
  g_autofree char *position = format_position (position_us);
  g_autofree char *length = format_position (sy_player_get_length (self->player));
  g_autofree char *spoken = NULL;
  g_autofree char *text = g_strdup_printf ("%s / %s", position, length);

  gtk_label_set_text (GTK_LABEL (self->time), text);
  /* Translators: where in a recording we are: "3:20 of 10:00" */
  spoken = g_strdup_printf (_("%1$s of %2$s"), position, length);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, spoken, -1);
}

/* The slider stays where it was put while it is read up to there. */
static void
position_cb (SyReplayBar *self)
{
  const gint64 position_us = sy_player_get_goal (self->player);

  update_detail (self);
  if (self->scrub != 0)
    return;

  self->follows = TRUE;
  gtk_range_set_value (GTK_RANGE (self->scale), (double) position_us / SY_USEC_PER_SEC);
  self->follows = FALSE;
  update_time (self, position_us);
}

/* A slider of time, and the buttons beside it, as the charts. */
static void
set_left_to_right (GtkWidget *widget)
{
  gtk_widget_set_direction (widget, GTK_TEXT_DIR_LTR);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    set_left_to_right (child);
}

static void
playing_cb (SyReplayBar *self)
{
  const gboolean busy = sy_player_get_busy (self->player);
  const gboolean playing = sy_player_get_playing (self->player) || busy;
  const char *label = busy ? _("Stop Here") : playing ? _("Pause the Recording") : _("Play the Recording");

  gtk_button_set_icon_name (GTK_BUTTON (self->play_button),
                            playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  set_left_to_right (self->play_button);
  gtk_widget_set_tooltip_text (self->play_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
play_cb (SyReplayBar *self)
{
  if (sy_player_get_busy (self->player))
    sy_player_halt (self->player);
  else
    sy_player_set_playing (self->player, !sy_player_get_playing (self->player));
}

static void
step (SyReplayBar *self,
      gint64       delta_us)
{
  sy_player_set_playing (self->player, FALSE);
  sy_player_seek (self->player, sy_player_get_goal (self->player) + delta_us);
}

static void
back_cb (SyReplayBar *self)
{
  step (self, -STEP_US);
}

static void
forward_cb (SyReplayBar *self)
{
  step (self, STEP_US);
}

/* Its right end is the end, whatever is lost between microseconds and a double, or
 * to one digit after the point, which is all that assistive technology may set. */
static gint64
get_slider (SyReplayBar *self)
{
  const gint64 length_us = sy_player_get_length (self->player);
  const gint64 position_us = (gint64) (gtk_range_get_value (GTK_RANGE (self->scale)) * (double) SY_USEC_PER_SEC);

  return length_us - position_us <= END_SLACK_US ? length_us : position_us;
}

static gboolean
scrub_cb (gpointer user_data)
{
  SyReplayBar *self = user_data;

  self->scrub = 0;
  sy_player_seek (self->player, get_slider (self));
  return G_SOURCE_REMOVE;
}

static void
value_changed_cb (SyReplayBar *self)
{
  if (self->follows || self->player == NULL)
    return;

  if (self->scrub == 0)
    self->scrub = g_timeout_add (SCRUB_MS, scrub_cb, self);
  update_time (self, get_slider (self));
}

static void
speed_cb (SyReplayBar *self)
{
  const guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->speed));

  if (self->player != NULL && selected < G_N_ELEMENTS (speeds))
    sy_player_set_speed (self->player, speeds[selected]);
}

/* --- Keys --- */

static gboolean
key_play_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  play_cb (user_data);
  return TRUE;
}

/* @args: seconds, beyond a day the ends. */
static gboolean
key_step_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  step (user_data, (gint64) g_variant_get_int32 (args) * SY_USEC_PER_SEC);
  return TRUE;
}

static void
add_step (GtkShortcutController *controller,
          SyReplayBar           *self,
          guint                  key,
          int                    seconds)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, 0), gtk_callback_action_new (key_step_cb, self, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (seconds));
  gtk_shortcut_controller_add_shortcut (controller, shortcut);
}

static void
sy_replay_bar_dispose (GObject *object)
{
  SyReplayBar *self = SY_REPLAY_BAR (object);

  g_clear_handle_id (&self->scrub, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), SY_TYPE_REPLAY_BAR);
  g_clear_object (&self->player);

  G_OBJECT_CLASS (sy_replay_bar_parent_class)->dispose (object);
}

static void
sy_replay_bar_class_init (SyReplayBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_replay_bar_dispose;

  g_type_ensure (SY_TYPE_COLUMNS_BOX);
  g_type_ensure (SY_TYPE_OVERVIEW_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-replay-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SyReplayBar, content);
  gtk_widget_class_bind_template_child (widget_class, SyReplayBar, title);
  gtk_widget_class_bind_template_child (widget_class, SyReplayBar, detail);
  gtk_widget_class_bind_template_child (widget_class, SyReplayBar, transport);
  gtk_widget_class_bind_template_child (widget_class, SyReplayBar, play_button);
  gtk_widget_class_bind_template_child (widget_class, SyReplayBar, overview);
  gtk_widget_class_bind_template_child (widget_class, SyReplayBar, scale);
  gtk_widget_class_bind_template_child (widget_class, SyReplayBar, time);
  gtk_widget_class_bind_template_child (widget_class, SyReplayBar, speed);
  gtk_widget_class_bind_template_callback (widget_class, play_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, forward_cb);
  gtk_widget_class_bind_template_callback (widget_class, value_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, speed_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_replay_bar_init (SyReplayBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sy_name_buttons (GTK_WIDGET (self));
  sy_name_drop_down (GTK_DROP_DOWN (self->speed), gtk_widget_get_tooltip_text (self->speed));

  set_left_to_right (self->transport);
}

void
sy_replay_bar_set_player (SyReplayBar *self,
                          SyPlayer    *player,
                          const char  *title)
{
  g_autofree char *safe = sy_display_text (title, -1, SY_DISPLAY_TEXT_MAX);

  g_return_if_fail (self->player == NULL);

  gtk_label_set_text (GTK_LABEL (self->title), safe);
  gtk_widget_set_tooltip_text (self->title, safe);
  gtk_range_set_range (GTK_RANGE (self->scale), 0, fmax ((double) sy_player_get_length (player) / SY_USEC_PER_SEC, 0.001));
  gtk_range_set_increments (GTK_RANGE (self->scale), (double) STEP_US / SY_USEC_PER_SEC, (double) LONG_STEP_US / SY_USEC_PER_SEC);

  self->player = g_object_ref (player);
  sy_overview_view_set_player (SY_OVERVIEW_VIEW (self->overview), player);
  g_signal_connect_object (player, "notify::position-us", G_CALLBACK (position_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::busy", G_CALLBACK (position_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::playing", G_CALLBACK (playing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::busy", G_CALLBACK (playing_cb), self, G_CONNECT_SWAPPED);
  position_cb (self);
  playing_cb (self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  /* What the space bar presses first. */
  gtk_widget_grab_focus (self->play_button);
}

GtkEventController *
sy_replay_bar_create_keys (SyReplayBar *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcutController *keys = GTK_SHORTCUT_CONTROLLER (controller);

  gtk_shortcut_controller_add_shortcut (keys, gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, 0),
                                                                gtk_callback_action_new (key_play_cb, self, NULL)));
  add_step (keys, self, GDK_KEY_Left, -(int) (STEP_US / SY_USEC_PER_SEC));
  add_step (keys, self, GDK_KEY_Right, (int) (STEP_US / SY_USEC_PER_SEC));
  add_step (keys, self, GDK_KEY_Page_Up, -(int) (LONG_STEP_US / SY_USEC_PER_SEC));
  add_step (keys, self, GDK_KEY_Page_Down, (int) (LONG_STEP_US / SY_USEC_PER_SEC));
  add_step (keys, self, GDK_KEY_Home, G_MININT32);
  add_step (keys, self, GDK_KEY_End, G_MAXINT32);
  return controller;
}
