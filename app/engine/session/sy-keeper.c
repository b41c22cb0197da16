/* sy-keeper.c: records what a session watches, by itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-keeper.h"

#include <glib/gstdio.h>

#include "sy-error.h"

/* An end is foreseen when a recording has half its size, as before it grows
 * unevenly, and said an hour ahead. */
#define FORESEEN_SHARE 2
#define FORESEEN_US (3600 * SY_USEC_PER_SEC)

struct _SyKeeper
{
  GObject          parent_instance;

  SySession       *session; /* (owned) */
  SyShelf         *shelf;   /* (owned) */
  GError          *error;   /* (owned) (nullable) */
  SyRecorderState  state;   /* while there is a recorder */
  SyRetention      retention;
  gint64           end_us;  /* wall; 0: not foreseen */
  guint            n_left_out; /* backends */
  gboolean         created; /* the file of the recorder that there is is of its own making */
  gboolean         enabled;
  gboolean         demo;
};

G_DEFINE_FINAL_TYPE (SyKeeper, sy_keeper, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ENABLED,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* @error: (transfer full) (nullable) */
static void
set_state (SyKeeper        *self,
           SyRecorderState  state,
           GError          *error)
{
  const gboolean same = state == self->state && g_strcmp0 (error != NULL ? error->message : NULL,
                                                           self->error != NULL ? self->error->message : NULL) == 0;

  self->state = state;
  g_clear_error (&self->error);
  self->error = error;
  if (!same)
    g_signal_emit (self, signals[CHANGED], 0);
}

static gint64
get_most_bytes (SyKeeper *self)
{
  return self->retention.each_bytes > 0 ? self->retention.each_bytes : SY_KEEPER_MAX_BYTES;
}

static void
foresee_end (SyKeeper               *self,
             const SyRecorderStatus *status)
{
  const gint64 now_us = sy_clock_get_wall (sy_session_get_clock (self->session));
  const gboolean is_near = status->state == SY_RECORDER_RECORDING && status->end_wall_us > 0
                           && status->end_wall_us - now_us <= FORESEEN_US
                           && status->size >= get_most_bytes (self) / FORESEEN_SHARE;
  const gboolean was_near = self->end_us > 0;

  self->end_us = is_near ? status->end_wall_us : 0;
  if (is_near != was_near)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
count_left_out (SyKeeper               *self,
                const SyRecorderStatus *status)
{
  if (status->n_left_out == self->n_left_out)
    return;

  self->n_left_out = status->n_left_out;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The recorder says so whenever it has written. */
static void
recorder_cb (SyRecorder *recorder,
             SyKeeper   *self)
{
  g_auto (SyRecorderStatus) status = { 0 };

  sy_recorder_get_status (recorder, &status);
  foresee_end (self, &status);
  count_left_out (self, &status);
  set_state (self, status.state, g_steal_pointer (&status.error));
}

static void
follow_recorder (SyKeeper   *self,
                 SyRecorder *recorder)
{
  if (self->demo)
    sy_recorder_set_meta (recorder, "demo", "yes");
  g_signal_connect (recorder, "changed", G_CALLBACK (recorder_cb), self);
  set_state (self, SY_RECORDER_RECORDING, NULL);
}

static void
start (SyKeeper *self)
{
  const SyRecorderOptions options = { .max_bytes = get_most_bytes (self) };
  const gint64 wall_us = sy_clock_get_wall (sy_session_get_clock (self->session));
  g_autoptr (GError) error = NULL;
  g_autofree char *path = sy_shelf_dup_new_path (self->shelf, wall_us, &error);
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  SyRecorder *recorder = path != NULL ? sy_session_start_recording (self->session, path, name, &options, &error) : NULL;

  if (recorder == NULL)
    {
      set_state (self, SY_RECORDER_FAILED, g_steal_pointer (&error));
      return;
    }

  self->created = TRUE;
  follow_recorder (self, recorder);
}

void
sy_keeper_finish (SyKeeper *self)
{
  SyRecorder *present = sy_session_get_recorder (self->session);
  g_autoptr (SyRecorder) recorder = present != NULL ? g_object_ref (present) : NULL;
  g_auto (SyRecorderStatus) status = { 0 };
  g_autoptr (GError) error = NULL;

  if (recorder == NULL)
    return;

  g_signal_handlers_disconnect_by_data (recorder, self);
  self->end_us = 0;
  self->n_left_out = 0;
  sy_session_stop_recording (self->session, &error);
  sy_recorder_get_status (recorder, &status);
  if (self->created && status.n_recorded == 0)
    g_unlink (sy_recorder_get_path (recorder));
  set_state (self, SY_RECORDER_FINISHED, g_steal_pointer (&error));
  sy_shelf_refresh (self->shelf);
}

static void
follow_session (SyKeeper *self)
{
  const gboolean wanted = self->enabled && sy_session_get_n (self->session) > 0;

  if (!wanted)
    sy_keeper_finish (self);
  else if (sy_session_get_recorder (self->session) == NULL)
    start (self);
}

/* What cannot be taken out now is tried again after the next look. */
static void
refreshed_cb (SyShelf  *shelf,
              SyKeeper *self)
{
  g_autoptr (GPtrArray) going = sy_retention_choose (&self->retention, G_LIST_MODEL (shelf),
                                                     sy_clock_get_wall (sy_session_get_clock (self->session)));

  for (guint i = 0; i < going->len; i++)
    if (sy_shelf_take_out (shelf, g_ptr_array_index (going, i), NULL))
      sy_shelf_forget (shelf, g_ptr_array_index (going, i));
}

static void
sy_keeper_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  if (prop_id == PROP_ENABLED)
    g_value_set_boolean (value, SY_KEEPER (object)->enabled);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sy_keeper_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  if (prop_id == PROP_ENABLED)
    sy_keeper_set_enabled (SY_KEEPER (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sy_keeper_dispose (GObject *object)
{
  SyKeeper *self = SY_KEEPER (object);

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      sy_keeper_finish (self);
    }
  if (self->shelf != NULL)
    g_signal_handlers_disconnect_by_data (self->shelf, self);
  g_clear_object (&self->session);
  g_clear_object (&self->shelf);

  G_OBJECT_CLASS (sy_keeper_parent_class)->dispose (object);
}

static void
sy_keeper_finalize (GObject *object)
{
  g_clear_error (&SY_KEEPER (object)->error);

  G_OBJECT_CLASS (sy_keeper_parent_class)->finalize (object);
}

static void
sy_keeper_class_init (SyKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sy_keeper_get_property;
  object_class->set_property = sy_keeper_set_property;
  object_class->dispose = sy_keeper_dispose;
  object_class->finalize = sy_keeper_finalize;

  properties[PROP_ENABLED] =
    g_param_spec_boolean ("enabled", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", SY_TYPE_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sy_keeper_init (SyKeeper *self)
{
  self->state = SY_RECORDER_FINISHED;
}

SyKeeper *
sy_keeper_new (SySession *session,
               SyShelf   *shelf)
{
  SyKeeper *self = g_object_new (SY_TYPE_KEEPER, NULL);

  self->session = g_object_ref (session);
  self->shelf = g_object_ref (shelf);
  sy_session_set_lenient (session, TRUE);
  g_signal_connect_swapped (session, "items-changed", G_CALLBACK (follow_session), self);
  g_signal_connect (shelf, "refreshed", G_CALLBACK (refreshed_cb), self);
  return self;
}

gboolean
sy_keeper_get_enabled (SyKeeper *self)
{
  return self->enabled;
}

void
sy_keeper_set_enabled (SyKeeper *self,
                       gboolean  enabled)
{
  if (enabled == self->enabled)
    return;

  self->enabled = enabled;
  follow_session (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENABLED]);
}

void
sy_keeper_set_demo (SyKeeper *self,
                    gboolean  demo)
{
  SyRecorder *recorder = sy_session_get_recorder (self->session);

  self->demo = demo;
  if (demo && recorder != NULL)
    sy_recorder_set_meta (recorder, "demo", "yes");
}

gboolean
sy_keeper_is_recording (SyKeeper *self)
{
  return sy_session_get_recorder (self->session) != NULL && self->state == SY_RECORDER_RECORDING;
}

void
sy_keeper_set_retention (SyKeeper          *self,
                         const SyRetention *retention)
{
  self->retention = *retention;
  sy_shelf_refresh (self->shelf);
}

gint64
sy_keeper_get_end (SyKeeper *self)
{
  return self->end_us;
}

gboolean
sy_keeper_is_full (SyKeeper *self)
{
  return sy_session_get_recorder (self->session) != NULL && self->state == SY_RECORDER_FINISHED
         && g_error_matches (self->error, SY_ERROR, SY_ERROR_STORAGE_FULL);
}

guint
sy_keeper_get_n_left_out (SyKeeper *self)
{
  return self->n_left_out;
}

void
sy_keeper_begin_anew (SyKeeper *self)
{
  sy_keeper_finish (self);
  follow_session (self);
}

gboolean
sy_keeper_continue (SyKeeper    *self,
                    const char  *path,
                    GError     **error)
{
  const SyRecorderOptions options = { .max_bytes = get_most_bytes (self) };
  SyRecorder *recorder;

  g_return_val_if_fail (self->enabled, FALSE);

  sy_keeper_finish (self);
  recorder = sy_session_continue_recording (self->session, path, &options, error);
  if (recorder == NULL)
    return FALSE;

  self->created = FALSE;
  follow_recorder (self, recorder);
  return TRUE;
}

gboolean
sy_keeper_is_waiting (SyKeeper *self)
{
  return sy_session_get_recorder (self->session) != NULL && self->state == SY_RECORDER_FULL;
}

const GError *
sy_keeper_get_error (SyKeeper *self)
{
  return self->error;
}
