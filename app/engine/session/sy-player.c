/* sy-player.c: plays a recording at a pace
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A timer moves the goal; a source of the lowest priority goes there, a step each
 * time the main loop is at rest. So no loop is nested, and the window goes on.
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-player.h"

#include <math.h>

#define TICK_US (SY_USEC_PER_SEC / 20)

/* Time in which nobody moved the goal, as after a suspend, is not made up for. */
#define MOST_TICK_US (SY_USEC_PER_SEC / 4)

struct _SyPlayer
{
  GObject   parent_instance;

  SyReplay *replay;      /* (owned) */
  SyClock  *pace;        /* (owned) */
  GSource  *timer;       /* (owned): of the pace */
  GSource  *stepper;     /* (owned) (nullable): the goal is reached */
  GPtrArray *overviews;  /* (owned) (nullable) (element-type SyHistory) */
  GError   *error;       /* (owned) (nullable): the file could not be opened again */
  gint64    goal_us;     /* from the beginning */
  gint64    ticked_us;   /* of the pace */
  double    speed;
  gboolean  playing;
  gboolean  busy;
  gboolean  driven;
};

G_DEFINE_FINAL_TYPE (SyPlayer, sy_player, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PLAYING,
  PROP_SPEED,
  PROP_POSITION_US,
  PROP_BUSY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_busy (SyPlayer *self,
          gboolean  busy)
{
  if (busy == self->busy)
    return;

  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
tell_position (SyPlayer *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION_US]);
}

static void
stop_stepping (SyPlayer *self)
{
  if (self->stepper != NULL)
    g_source_destroy (self->stepper);
  g_clear_pointer (&self->stepper, g_source_unref);
}

/* Whoever hears of it may let go of us, or send us elsewhere. */
static void
arrive (SyPlayer *self)
{
  const gboolean ends = self->goal_us == sy_player_get_length (self);

  stop_stepping (self);
  set_busy (self, FALSE);
  tell_position (self);
  if (ends && self->stepper == NULL)
    sy_player_set_playing (self, FALSE);
}

static gboolean
step_cb (gpointer user_data)
{
  g_autoptr (SyPlayer) self = g_object_ref (user_data);
  const gboolean ends = self->goal_us == sy_player_get_length (self);
  const gint64 until_us = ends ? G_MAXINT64 : sy_replay_get_begin (self->replay) + self->goal_us;

  if (!sy_replay_step (self->replay, until_us))
    arrive (self);

  return G_SOURCE_CONTINUE;
}

static void
start_stepping (SyPlayer *self)
{
  if (self->stepper != NULL)
    return;

  self->stepper = g_idle_source_new ();
  g_source_set_priority (self->stepper, G_PRIORITY_LOW);
  g_source_set_static_name (self->stepper, "SyPlayer");
  g_source_set_callback (self->stepper, step_cb, self, NULL);
  g_source_attach (self->stepper, g_main_context_get_thread_default ());
}

static void
go_to (SyPlayer *self,
       gint64    position_us)
{
  self->goal_us = CLAMP (position_us, 0, sy_player_get_length (self));
  start_stepping (self);
}

static void
schedule (SyPlayer *self)
{
  const gboolean needed = self->playing || self->busy;

  self->ticked_us = sy_clock_get_monotonic (self->pace);
  sy_clock_timer_set_due (self->timer, needed ? self->ticked_us + TICK_US : G_MAXINT64);
}

static void
follow_pace (SyPlayer *self)
{
  const gint64 spent_us = CLAMP (sy_clock_get_monotonic (self->pace) - self->ticked_us, 0, MOST_TICK_US);
  const double moved_us = (double) spent_us * self->speed;

  if (isinf (self->speed) || moved_us >= (double) sy_player_get_length (self))
    go_to (self, sy_player_get_length (self));
  else
    go_to (self, sy_player_get_position (self) + (gint64) moved_us);
}

static gboolean
tick_cb (gpointer user_data)
{
  g_autoptr (SyPlayer) self = g_object_ref (user_data);

  if (self->playing && !self->busy)
    follow_pace (self);
  tell_position (self);
  schedule (self);
  return G_SOURCE_CONTINUE;
}

static void
sy_player_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  SyPlayer *self = SY_PLAYER (object);

  switch (prop_id)
    {
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    case PROP_SPEED:
      g_value_set_double (value, self->speed);
      break;
    case PROP_POSITION_US:
      g_value_set_int64 (value, sy_player_get_position (self));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sy_player_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  SyPlayer *self = SY_PLAYER (object);

  switch (prop_id)
    {
    case PROP_PLAYING:
      sy_player_set_playing (self, g_value_get_boolean (value));
      break;
    case PROP_SPEED:
      sy_player_set_speed (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sy_player_dispose (GObject *object)
{
  SyPlayer *self = SY_PLAYER (object);

  stop_stepping (self);
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);

  G_OBJECT_CLASS (sy_player_parent_class)->dispose (object);
}

static void
sy_player_finalize (GObject *object)
{
  SyPlayer *self = SY_PLAYER (object);

  g_clear_pointer (&self->replay, sy_replay_free);
  g_clear_object (&self->pace);
  g_clear_pointer (&self->overviews, g_ptr_array_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (sy_player_parent_class)->finalize (object);
}

static void
sy_player_class_init (SyPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sy_player_get_property;
  object_class->set_property = sy_player_set_property;
  object_class->dispose = sy_player_dispose;
  object_class->finalize = sy_player_finalize;

  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, writable);
  properties[PROP_SPEED] = g_param_spec_double ("speed", NULL, NULL, 0, INFINITY, 1, writable);
  properties[PROP_POSITION_US] = g_param_spec_int64 ("position-us", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sy_player_init (SyPlayer *self)
{
  self->speed = 1;
}

SyPlayer *
sy_player_new (SyReplay *replay,
               SyClock  *pace)
{
  SyPlayer *self = g_object_new (SY_TYPE_PLAYER, NULL);

  self->replay = replay;
  self->pace = g_object_ref (pace);
  self->timer = sy_clock_timer_new (pace, G_MAXINT64);
  g_source_set_callback (self->timer, tick_cb, self, NULL);
  g_source_set_static_name (self->timer, "SyPlayer");
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  return self;
}

SySession *
sy_player_get_session (SyPlayer *self)
{
  return sy_replay_get_session (self->replay);
}

SyRecording *
sy_player_get_recording (SyPlayer *self)
{
  return sy_replay_get_recording (self->replay);
}

gint64
sy_player_get_length (SyPlayer *self)
{
  return sy_replay_get_end (self->replay) - sy_replay_get_begin (self->replay);
}

gint64
sy_player_get_position (SyPlayer *self)
{
  const gint64 now_us = sy_clock_get_monotonic (sy_session_get_clock (sy_player_get_session (self)));

  /* What came last needs a moment more than there is. */
  return CLAMP (now_us - sy_replay_get_begin (self->replay), 0, sy_player_get_length (self));
}

gint64
sy_player_get_goal (SyPlayer *self)
{
  return self->busy ? self->goal_us : sy_player_get_position (self);
}

gint64
sy_player_get_wall (SyPlayer *self)
{
  return sy_clock_get_wall (sy_session_get_clock (sy_player_get_session (self)));
}

gboolean
sy_player_get_playing (SyPlayer *self)
{
  return self->playing;
}

void
sy_player_set_playing (SyPlayer *self,
                       gboolean  playing)
{
  if (playing == self->playing)
    return;

  self->playing = playing;
  if (playing && sy_player_get_position (self) == sy_player_get_length (self))
    sy_player_seek (self, 0);
  else if (!playing && !self->busy)
    stop_stepping (self);
  schedule (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYING]);
}

double
sy_player_get_speed (SyPlayer *self)
{
  return self->speed;
}

void
sy_player_set_speed (SyPlayer *self,
                     double    speed)
{
  g_return_if_fail (speed > 0);

  if (!(speed < self->speed) && !(speed > self->speed))
    return;

  self->speed = speed;
  /* Of the speed before, the goal may be the end. */
  if (!self->busy)
    stop_stepping (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPEED]);
}

gboolean
sy_player_get_busy (SyPlayer *self)
{
  return self->busy;
}

static void
read_to (SyPlayer *self,
         gint64    position_us,
         gboolean  anew)
{
  stop_stepping (self);
  if (anew)
    {
      g_clear_error (&self->error);
      sy_replay_rewind (self->replay, &self->error);
    }

  go_to (self, position_us);
  set_busy (self, TRUE);
  schedule (self);
  tell_position (self);
}

void
sy_player_seek (SyPlayer *self,
                gint64    position_us)
{
  read_to (self, position_us, position_us < sy_player_get_position (self));
}

void
sy_player_halt (SyPlayer *self)
{
  stop_stepping (self);
  set_busy (self, FALSE);
  sy_player_set_playing (self, FALSE);
  tell_position (self);
}

void
sy_player_reread (SyPlayer *self)
{
  read_to (self, sy_player_get_goal (self), TRUE);
}

gboolean
sy_player_get_driven (SyPlayer *self)
{
  return self->driven;
}

void
sy_player_set_driven (SyPlayer *self,
                      gboolean  driven)
{
  self->driven = driven;
}

SyHistory *
sy_player_get_overview (SyPlayer *self,
                        guint     index)
{
  return self->overviews != NULL && index < self->overviews->len ? g_ptr_array_index (self->overviews, index) : NULL;
}

void
sy_player_set_overviews (SyPlayer  *self,
                         GPtrArray *overviews)
{
  g_clear_pointer (&self->overviews, g_ptr_array_unref);
  self->overviews = g_ptr_array_ref (overviews);
}

const GError *
sy_player_get_error (SyPlayer *self)
{
  return self->error != NULL ? self->error : sy_replay_get_error (self->replay);
}
