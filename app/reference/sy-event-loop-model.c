/* sy-event-loop-model.c: everything on one thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-event-loop-model.h"

#include "sy-timer-queue.h"

/* A timer that only looks how late it is. */
#define PROBE_INTERVAL_US 20000
/* A turn costs GLib a look at every connection, so short tasks share one. */
#define TURN_BUDGET_US 200

struct _SyEventLoopModel {
  SyReferenceModel    parent_instance;

  SyReferenceMetrics *metrics; /* owned */
  GMainContext       *context; /* owned */
  SyTimerQueue       *timers;  /* owned */
  GQueue              line;    /* of SyTask, owned; NULL stands for the probe */
  GSource            *turn;    /* owned; runs the first of the line */
  gint64              probe_due_us;

  gint64              started_us;
  gint64              idle_us;
};

G_DEFINE_FINAL_TYPE (SyEventLoopModel, sy_event_loop_model, SY_TYPE_REFERENCE_MODEL)

/* A poll function gets no user data; a thread runs one loop. */
static GPrivate running_model;

static int
poll_and_count (GPollFD *fds,
                guint    n_fds,
                int      timeout)
{
  SyEventLoopModel *self = g_private_get (&running_model);
  gint64 begin_us = g_get_monotonic_time ();
  int n_ready = g_poll (fds, n_fds, timeout);

  if (self != NULL)
    self->idle_us += g_get_monotonic_time () - begin_us;

  return n_ready;
}

static void
join_line (SyEventLoopModel *self,
           SyTask           *task)
{
  g_queue_push_tail (&self->line, task);
  g_source_set_ready_time (self->turn, 0);
}

static void
timer_cb (gpointer item,
          gint64   due_us,
          gpointer user_data)
{
  SyEventLoopModel *self = user_data;
  SyTask *task = item;

  if (task == NULL)
    self->probe_due_us = due_us;
  else
    task->waited = TRUE;

  join_line (self, task);
}

static void
run_probe (SyEventLoopModel *self)
{
  gint64 now_us = g_get_monotonic_time ();

  sy_reference_metrics_observe (self->metrics, SY_WAIT_LOOP, (double) (now_us - self->probe_due_us) * 1e-6);
  sy_timer_queue_add (self->timers, now_us + PROBE_INTERVAL_US, NULL);
}

static void
run_task (SyEventLoopModel *self,
          SyTask           *task)
{
  if (task->wait_us > 0 && !task->waited)
    {
      sy_timer_queue_add (self->timers, g_get_monotonic_time () + task->wait_us, task);
      return;
    }

  sy_task_do_steps (task, task->n_steps);
  sy_task_do_native (task);
  task->done (task, task->user_data);
}

static void
run_first (SyEventLoopModel *self)
{
  SyTask *task = g_queue_pop_head (&self->line);

  if (task == NULL)
    run_probe (self);
  else
    run_task (self, task);
}

static gboolean
turn_cb (gpointer user_data)
{
  SyEventLoopModel *self = user_data;
  gint64 end_us = g_get_monotonic_time () + TURN_BUDGET_US;

  do
    run_first (self);
  while (self->line.length > 0 && g_get_monotonic_time () < end_us);

  g_source_set_ready_time (self->turn, self->line.length > 0 ? 0 : -1);

  return G_SOURCE_CONTINUE;
}

static gboolean
turn_dispatch (GSource     *source,
               GSourceFunc  callback,
               gpointer     user_data)
{
  return callback (user_data);
}

static GSourceFuncs turn_funcs = { .dispatch = turn_dispatch };

static gboolean
sy_event_loop_model_submit (SyReferenceModel *model,
                            SyTask           *task)
{
  join_line (SY_EVENT_LOOP_MODEL (model), task);

  return TRUE;
}

static void
sy_event_loop_model_get_state (SyReferenceModel *model,
                               SyModelState     *state)
{
  SyEventLoopModel *self = SY_EVENT_LOOP_MODEL (model);
  gint64 elapsed_us = g_get_monotonic_time () - self->started_us;

  state->has_loop = TRUE;
  state->loop_idle = (double) self->idle_us * 1e-6;
  state->loop_active = (double) (elapsed_us - self->idle_us) * 1e-6;
}

static void
abandon (SyTask *task)
{
  task->abandoned = TRUE;
  task->done (task, task->user_data);
}

static void
sy_event_loop_model_shut_down (SyReferenceModel *model)
{
  SyEventLoopModel *self = SY_EVENT_LOOP_MODEL (model);
  gpointer task;

  if (self->turn == NULL)
    return;

  g_source_destroy (self->turn);
  g_clear_pointer (&self->turn, g_source_unref);

  while (self->line.length > 0)
    if ((task = g_queue_pop_head (&self->line)) != NULL)
      abandon (task);

  while (sy_timer_queue_steal (self->timers, &task))
    if (task != NULL)
      abandon (task);

  g_clear_pointer (&self->timers, sy_timer_queue_free);
  g_main_context_set_poll_func (self->context, NULL);
  g_private_set (&running_model, NULL);
}

static void
sy_event_loop_model_dispose (GObject *object)
{
  SyEventLoopModel *self = SY_EVENT_LOOP_MODEL (object);

  sy_event_loop_model_shut_down (SY_REFERENCE_MODEL (self));
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->metrics, sy_reference_metrics_unref);

  G_OBJECT_CLASS (sy_event_loop_model_parent_class)->dispose (object);
}

static void
sy_event_loop_model_class_init (SyEventLoopModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SyReferenceModelClass *model_class = SY_REFERENCE_MODEL_CLASS (klass);

  object_class->dispose = sy_event_loop_model_dispose;

  model_class->submit = sy_event_loop_model_submit;
  model_class->get_state = sy_event_loop_model_get_state;
  model_class->shut_down = sy_event_loop_model_shut_down;
}

static void
sy_event_loop_model_init (SyEventLoopModel *self)
{
  g_queue_init (&self->line);
}

SyReferenceModel *
sy_event_loop_model_new (SyReferenceMetrics  *metrics,
                         GError             **error)
{
  g_autoptr(SyEventLoopModel) self = g_object_new (SY_TYPE_EVENT_LOOP_MODEL, NULL);

  self->timers = sy_timer_queue_new (timer_cb, self, error);
  if (self->timers == NULL)
    return NULL;

  self->metrics = sy_reference_metrics_ref (metrics);
  self->context = g_main_context_ref_thread_default ();
  self->started_us = g_get_monotonic_time ();

  /* Sockets come first (G_PRIORITY_DEFAULT): the loop reads all that has
   * arrived before it runs the next of the line. */
  self->turn = g_source_new (&turn_funcs, sizeof (GSource));
  g_source_set_priority (self->turn, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback (self->turn, turn_cb, self, NULL);
  g_source_attach (self->turn, self->context);

  g_private_set (&running_model, self);
  g_main_context_set_poll_func (self->context, poll_and_count);

  sy_timer_queue_add (self->timers, self->started_us + PROBE_INTERVAL_US, NULL);

  return SY_REFERENCE_MODEL (g_steal_pointer (&self));
}
