/* sy-load-engine.c: a load in a thread of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The thread has only the plan, which does not change any more, and the stop
 * descriptor; what it finds travels in messages to the context of the owner.
 * A message holds the engine weakly, so that an owner may drop it at any time.
 */
#define G_LOG_DOMAIN "steelyard-drive"

#include "config.h"

#include "sy-load-engine.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "sy-error.h"
#include "sy-load-run.h"

struct _SyLoadEngine {
  GObject       parent_instance;

  /* Owner's thread */
  GPtrArray    *summaries; /* owned, nullable */

  /* Set before the thread starts, constant while it runs */
  SyLoadPlan   *plan;      /* owned */
  GThread      *thread;    /* owned, nullable */
  GMainContext *context;   /* owned, nullable */
  int           stop_fd;   /* any thread may write to it */
};

G_DEFINE_FINAL_TYPE (SyLoadEngine, sy_load_engine, G_TYPE_OBJECT)

enum {
  SIGNAL_TICK,
  SIGNAL_FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* From the load's thread to the owner's: a tick, or the end. */
typedef struct {
  GWeakRef    engine;
  SyLoadTick  tick;
  char       *target;    /* owned, nullable; what the tick's target points to */
  GPtrArray  *summaries; /* owned, nullable */
  GError     *error;     /* owned, nullable */
} Message;

/* What the thread holds of its engine. */
typedef struct {
  GWeakRef          engine;
  const SyLoadPlan *plan;    /* borrowed: the engine waits for the thread */
  GMainContext     *context; /* borrowed, likewise */
  int               stop_fd;
} Job;

static void
message_free (Message *message)
{
  g_weak_ref_clear (&message->engine);
  g_free (message->target);
  g_clear_pointer (&message->summaries, g_ptr_array_unref);
  g_clear_error (&message->error);
  g_free (message);
}

static gboolean
deliver_cb (gpointer user_data)
{
  Message *message = user_data;
  g_autoptr (SyLoadEngine) self = g_weak_ref_get (&message->engine);

  if (self == NULL)
    return G_SOURCE_REMOVE;

  if (message->target != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_TICK], 0, &message->tick);
      return G_SOURCE_REMOVE;
    }

  self->summaries = g_steal_pointer (&message->summaries);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0, message->error);
  return G_SOURCE_REMOVE;
}

static void
post (Job     *job,
      Message *message)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, message, (GDestroyNotify) message_free);
  g_source_attach (source, job->context);
}

static Message *
message_new (Job *job)
{
  Message *message = g_new0 (Message, 1);
  g_autoptr (SyLoadEngine) engine = g_weak_ref_get (&job->engine);

  g_weak_ref_init (&message->engine, engine);
  return message;
}

static void
tick_cb (const SyLoadTick *tick,
         gpointer          user_data)
{
  Message *message = message_new (user_data);

  message->target = g_strdup (tick->target);
  message->tick = *tick;
  message->tick.target = message->target;
  post (user_data, message);
}

static gpointer
run_thread (gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) summaries = sy_load_run (job->plan, job->stop_fd, tick_cb, job, &error);
  Message *message = message_new (job);

  message->summaries = g_steal_pointer (&summaries);
  message->error = g_steal_pointer (&error);
  post (job, message);

  g_weak_ref_clear (&job->engine);
  g_free (job);
  return NULL;
}

static void
sy_load_engine_dispose (GObject *object)
{
  SyLoadEngine *self = SY_LOAD_ENGINE (object);

  sy_load_engine_stop (self);
  g_clear_pointer (&self->thread, g_thread_join);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (sy_load_engine_parent_class)->dispose (object);
}

static void
sy_load_engine_finalize (GObject *object)
{
  SyLoadEngine *self = SY_LOAD_ENGINE (object);

  if (self->stop_fd >= 0)
    close (self->stop_fd);

  g_clear_pointer (&self->plan, sy_load_plan_free);
  g_clear_pointer (&self->summaries, g_ptr_array_unref);

  G_OBJECT_CLASS (sy_load_engine_parent_class)->finalize (object);
}

static void
sy_load_engine_class_init (SyLoadEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sy_load_engine_dispose;
  object_class->finalize = sy_load_engine_finalize;

  signals[SIGNAL_TICK] =
    g_signal_new ("tick", SY_TYPE_LOAD_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_FINISHED] =
    g_signal_new ("finished", SY_TYPE_LOAD_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
sy_load_engine_init (SyLoadEngine *self)
{
  self->stop_fd = -1;
}

SyLoadEngine *
sy_load_engine_new (SyLoadPlan  *plan,
                    GError     **error)
{
  g_autoptr (SyLoadPlan) owned_plan = plan;

  if (!sy_load_plan_check (owned_plan, error))
    return NULL;

  SyLoadEngine *self = g_object_new (SY_TYPE_LOAD_ENGINE, NULL);
  self->plan = g_steal_pointer (&owned_plan);
  return self;
}

gboolean
sy_load_engine_start (SyLoadEngine  *self,
                      GError       **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (self->thread == NULL, FALSE);

  self->stop_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (self->stop_fd < 0)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_FAILED, "no descriptor for the load: %s", g_strerror (errno));
      return FALSE;
    }

  self->context = g_main_context_ref_thread_default ();

  Job *job = g_new0 (Job, 1);
  job->plan = self->plan;
  job->context = self->context;
  job->stop_fd = self->stop_fd;
  g_weak_ref_init (&job->engine, self);

  self->thread = g_thread_try_new ("load", run_thread, job, &local_error);
  if (self->thread == NULL)
    {
      g_weak_ref_clear (&job->engine);
      g_free (job);
      g_set_error (error, SY_ERROR, SY_ERROR_FAILED, "no thread for the load: %s", local_error->message);
      return FALSE;
    }

  return TRUE;
}

void
sy_load_engine_stop (SyLoadEngine *self)
{
  guint64 one = 1;

  /* It fails only when it is full, and then it is readable already. */
  if (self->stop_fd >= 0 && write (self->stop_fd, &one, sizeof one) != sizeof one)
    g_debug ("the load was told to stop before");
}

GPtrArray *
sy_load_engine_get_summaries (SyLoadEngine *self)
{
  return self->summaries;
}
