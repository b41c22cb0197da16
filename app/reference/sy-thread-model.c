/* sy-thread-model.c: a pool of threads under one global lock
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-thread-model.h"

#include "sy-global-lock.h"
#include "sy-work.h"

struct _SyThreadModel {
  SyReferenceModel    parent_instance;

  /* constant */
  SyReferenceMetrics *metrics;     /* owned */
  SyGlobalLock       *lock;        /* owned */
  guint               max_queued;

  /* the server's thread */
  GPtrArray          *workers;     /* of GThread, owned; NULL once shut down */
  GSource            *finish;      /* owned */

  /* any thread, under the mutex */
  GMutex              mutex;
  GCond               changed;     /* a task came, or the end */
  GCond               ended;       /* ends the waits of tasks */
  GQueue              queued;      /* of SyTask, owned */
  GQueue              finished;    /* of SyTask, owned */
  guint               n_busy;
  int                 ending;      /* atomic too */
};

G_DEFINE_FINAL_TYPE (SyThreadModel, sy_thread_model, SY_TYPE_REFERENCE_MODEL)

static void
observe_lock (SyThreadModel *self,
              gint64         waited_us)
{
  sy_reference_metrics_observe (self->metrics, SY_WAIT_LOCK, (double) waited_us * 1e-6);
}

static void
acquire_lock (SyThreadModel *self)
{
  observe_lock (self, sy_global_lock_acquire (self->lock));
}

static void
wait_unlocked (SyThreadModel *self,
               SyTask        *task)
{
  gint64 until_us = g_get_monotonic_time () + task->wait_us;

  sy_global_lock_release (self->lock);

  g_mutex_lock (&self->mutex);
  while (!self->ending && g_cond_wait_until (&self->ended, &self->mutex, until_us))
    continue;
  g_mutex_unlock (&self->mutex);

  acquire_lock (self);
}

static void
run_task (SyThreadModel *self,
          SyTask        *task)
{
  acquire_lock (self);

  if (task->wait_us > 0)
    wait_unlocked (self, task);

  while (sy_task_do_steps (task, SY_WORK_STEPS_PER_UNIT) && !g_atomic_int_get (&self->ending))
    if (sy_global_lock_is_asked (self->lock))
      observe_lock (self, sy_global_lock_hand_over (self->lock));

  if (task->native_kib > 0)
    {
      sy_global_lock_release (self->lock);
      sy_task_do_native (task);
      acquire_lock (self);
    }

  sy_global_lock_release (self->lock);
}

/* Hands in the previous task and gets the next. NULL at the end. */
static SyTask *
next_task (SyThreadModel *self,
           SyTask        *done)
{
  SyTask *task;

  g_mutex_lock (&self->mutex);

  if (done != NULL)
    {
      self->n_busy--;
      g_queue_push_tail (&self->finished, done);
      g_source_set_ready_time (self->finish, 0);
    }

  while (self->queued.length == 0 && !self->ending)
    g_cond_wait (&self->changed, &self->mutex);

  task = self->ending ? NULL : g_queue_pop_head (&self->queued);
  if (task != NULL)
    self->n_busy++;

  g_mutex_unlock (&self->mutex);

  return task;
}

static gpointer
worker_main (gpointer user_data)
{
  SyThreadModel *self = user_data;
  SyTask *task = NULL;

  while ((task = next_task (self, task)) != NULL)
    {
      double waited = (double) (g_get_monotonic_time () - task->arrived_us) * 1e-6;

      sy_reference_metrics_observe (self->metrics, SY_WAIT_QUEUE, waited);
      run_task (self, task);
    }

  return NULL;
}

static gboolean
finish_cb (gpointer user_data)
{
  SyThreadModel *self = user_data;
  GQueue finished;
  SyTask *task;

  g_mutex_lock (&self->mutex);
  finished = self->finished;
  g_queue_init (&self->finished);
  g_source_set_ready_time (self->finish, -1);
  g_mutex_unlock (&self->mutex);

  while ((task = g_queue_pop_head (&finished)) != NULL)
    task->done (task, task->user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
finish_dispatch (GSource     *source,
                 GSourceFunc  callback,
                 gpointer     user_data)
{
  return callback (user_data);
}

static GSourceFuncs finish_funcs = { .dispatch = finish_dispatch };

static gboolean
sy_thread_model_submit (SyReferenceModel *model,
                        SyTask           *task)
{
  SyThreadModel *self = SY_THREAD_MODEL (model);
  gboolean has_room;

  g_mutex_lock (&self->mutex);
  has_room = self->queued.length < self->max_queued;
  if (has_room)
    {
      g_queue_push_tail (&self->queued, task);
      g_cond_signal (&self->changed);
    }
  g_mutex_unlock (&self->mutex);

  return has_room;
}

static void
sy_thread_model_get_state (SyReferenceModel *model,
                           SyModelState     *state)
{
  SyThreadModel *self = SY_THREAD_MODEL (model);

  g_mutex_lock (&self->mutex);
  state->n_queued = self->queued.length;
  state->n_busy = self->n_busy;
  g_mutex_unlock (&self->mutex);

  state->has_pool = TRUE;
  state->has_lock = TRUE;
  sy_global_lock_get_stats (self->lock, &state->lock);
}

static void
sy_thread_model_shut_down (SyReferenceModel *model)
{
  SyThreadModel *self = SY_THREAD_MODEL (model);
  SyTask *task;

  if (self->workers == NULL)
    return;

  g_mutex_lock (&self->mutex);
  g_atomic_int_set (&self->ending, TRUE);
  g_cond_broadcast (&self->changed);
  g_cond_broadcast (&self->ended);
  g_mutex_unlock (&self->mutex);

  for (guint i = 0; i < self->workers->len; i++)
    g_thread_join (self->workers->pdata[i]);
  g_clear_pointer (&self->workers, g_ptr_array_unref);

  g_source_destroy (self->finish);

  while ((task = g_queue_pop_head (&self->finished)) != NULL
         || (task = g_queue_pop_head (&self->queued)) != NULL)
    {
      task->abandoned = TRUE;
      task->done (task, task->user_data);
    }
}

static void
sy_thread_model_dispose (GObject *object)
{
  SyThreadModel *self = SY_THREAD_MODEL (object);

  sy_thread_model_shut_down (SY_REFERENCE_MODEL (self));
  g_clear_pointer (&self->finish, g_source_unref);
  g_clear_pointer (&self->lock, sy_global_lock_free);
  g_clear_pointer (&self->metrics, sy_reference_metrics_unref);

  G_OBJECT_CLASS (sy_thread_model_parent_class)->dispose (object);
}

static void
sy_thread_model_finalize (GObject *object)
{
  SyThreadModel *self = SY_THREAD_MODEL (object);

  g_cond_clear (&self->ended);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (sy_thread_model_parent_class)->finalize (object);
}

static void
sy_thread_model_class_init (SyThreadModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SyReferenceModelClass *model_class = SY_REFERENCE_MODEL_CLASS (klass);

  object_class->dispose = sy_thread_model_dispose;
  object_class->finalize = sy_thread_model_finalize;

  model_class->submit = sy_thread_model_submit;
  model_class->get_state = sy_thread_model_get_state;
  model_class->shut_down = sy_thread_model_shut_down;
}

static void
sy_thread_model_init (SyThreadModel *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_cond_init (&self->ended);
  g_queue_init (&self->queued);
  g_queue_init (&self->finished);
}

SyReferenceModel *
sy_thread_model_new (SyReferenceMetrics *metrics,
                     guint               n_workers,
                     guint               max_queued,
                     gint64              switch_interval_us)
{
  SyThreadModel *self = g_object_new (SY_TYPE_THREAD_MODEL, NULL);

  self->metrics = sy_reference_metrics_ref (metrics);
  self->lock = sy_global_lock_new (switch_interval_us);
  self->max_queued = max_queued;

  self->finish = g_source_new (&finish_funcs, sizeof (GSource));
  g_source_set_callback (self->finish, finish_cb, self, NULL);
  g_source_attach (self->finish, g_main_context_get_thread_default ());

  self->workers = g_ptr_array_new ();
  for (guint i = 0; i < n_workers; i++)
    g_ptr_array_add (self->workers, g_thread_new ("sy-worker", worker_main, self));

  return SY_REFERENCE_MODEL (self);
}
