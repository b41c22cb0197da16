/* test-models.c: tasks go in, and every one comes out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-event-loop-model.h"
#include "sy-thread-model.h"
#include "sy-timer-queue.h"

typedef struct {
  GString *order;       /* names of the tasks in the order they ended */
  guint    n_done;
  guint    n_abandoned;
} Log;

static void
done_cb (SyTask   *task,
         gpointer  user_data)
{
  Log *log = user_data;

  if (task->abandoned)
    log->n_abandoned++;
  else
    log->n_done++;

  if (task->route[0] != '/')
    g_string_append (log->order, task->route);

  sy_task_free (task);
}

static SyTask *
make_task (Log        *log,
           const char *name,
           gint64      wait_us,
           guint64     n_steps)
{
  SyTask *task = sy_task_new ("/plain", NULL, 1, 0, NULL);

  task->route = name;
  task->wait_us = wait_us;
  task->n_steps = n_steps;
  task->arrived_us = g_get_monotonic_time ();
  task->done = done_cb;
  task->user_data = log;

  return task;
}

static void
run_until (Log   *log,
           guint  n)
{
  while (log->n_done + log->n_abandoned < n)
    g_main_context_iteration (NULL, TRUE);
}

static void
log_clear (Log *log)
{
  g_string_free (log->order, TRUE);
}

/* In line by arrival; who waits joins the end of the line afterwards. */
static void
test_loop_order (void)
{
  g_autoptr(SyReferenceMetrics) metrics = sy_reference_metrics_new ();
  g_autoptr(SyReferenceModel) model = sy_event_loop_model_new (metrics, NULL);
  Log log = { .order = g_string_new (NULL) };
  SyModelState state;

  g_assert_true (sy_reference_model_submit (model, make_task (&log, "a", 2000, 100)));
  g_assert_true (sy_reference_model_submit (model, make_task (&log, "b", 0, 100)));
  g_assert_true (sy_reference_model_submit (model, make_task (&log, "c", 1000, 0)));
  g_assert_true (sy_reference_model_submit (model, make_task (&log, "d", 0, 0)));
  run_until (&log, 4);

  g_assert_true (g_str_has_prefix (log.order->str, "bd"));
  g_assert_cmpuint (log.order->len, ==, 4);

  sy_reference_model_get_state (model, &state);
  g_assert_true (state.has_loop);
  g_assert_false (state.has_lock);
  g_assert_cmpfloat (state.loop_active, >=, 0);
  g_assert_cmpfloat (state.loop_idle, >=, 0);
  log_clear (&log);
}

static void
test_shut_down (SyReferenceModel *model,
                guint             n_tasks)
{
  Log log = { .order = g_string_new (NULL) };

  for (guint i = 0; i < n_tasks; i++)
    g_assert_true (sy_reference_model_submit (model, make_task (&log, "x", G_USEC_PER_SEC * 1000, 0)));
  sy_reference_model_shut_down (model);

  g_assert_cmpuint (log.n_done, ==, 0);
  g_assert_cmpuint (log.n_abandoned, ==, n_tasks);
  log_clear (&log);
}

static void
test_loop_shut_down (void)
{
  g_autoptr(SyReferenceMetrics) metrics = sy_reference_metrics_new ();
  g_autoptr(SyReferenceModel) model = sy_event_loop_model_new (metrics, NULL);

  test_shut_down (model, 5);
}

static void
test_threads_shut_down (void)
{
  g_autoptr(SyReferenceMetrics) metrics = sy_reference_metrics_new ();
  g_autoptr(SyReferenceModel) model = sy_thread_model_new (metrics, 2, 10, 5000);

  test_shut_down (model, 5);
}

static void
test_threads_all_done (void)
{
  g_autoptr(SyReferenceMetrics) metrics = sy_reference_metrics_new ();
  g_autoptr(SyReferenceModel) model = sy_thread_model_new (metrics, 4, 1000, 100);
  g_auto(SyReferenceCounts) counts = { 0 };
  Log log = { .order = g_string_new (NULL) };
  SyModelState state;

  for (guint i = 0; i < 200; i++)
    g_assert_true (sy_reference_model_submit (model, make_task (&log, "x", i % 2 * 500, 30000)));
  run_until (&log, 200);
  g_assert_cmpuint (log.n_done, ==, 200);

  sy_reference_model_get_state (model, &state);
  g_assert_true (state.has_pool && state.has_lock && !state.has_loop);
  g_assert_cmpuint (state.n_queued, ==, 0);
  /* the start and the end of each, and around the hundred waits */
  g_assert_cmpuint (state.lock.n_released, ==, 300);

  sy_reference_metrics_read (metrics, &counts);
  g_assert_cmpuint (counts.waits[SY_WAIT_QUEUE].count, ==, 200);
  g_assert_cmpuint (counts.waits[SY_WAIT_LOCK].count, ==, 300 + state.lock.n_forced);
  log_clear (&log);
}

/* One worker, one place: the third has no room, and stays the caller's. */
static void
test_threads_queue_full (void)
{
  g_autoptr(SyReferenceMetrics) metrics = sy_reference_metrics_new ();
  g_autoptr(SyReferenceModel) model = sy_thread_model_new (metrics, 1, 1, 5000);
  Log log = { .order = g_string_new (NULL) };
  SyTask *third = make_task (&log, "c", 0, 0);
  SyModelState state = { 0 };

  g_assert_true (sy_reference_model_submit (model, make_task (&log, "a", G_USEC_PER_SEC * 1000, 0)));
  while (state.n_busy == 0)
    sy_reference_model_get_state (model, &state);

  g_assert_true (sy_reference_model_submit (model, make_task (&log, "b", 0, 0)));
  g_assert_false (sy_reference_model_submit (model, third));
  sy_reference_model_get_state (model, &state);
  g_assert_cmpuint (state.n_queued, ==, 1);

  sy_task_free (third);
  sy_reference_model_shut_down (model);
  g_assert_cmpuint (log.n_abandoned, ==, 2);
  log_clear (&log);
}

static void
append_cb (gpointer item,
           gint64   due_us,
           gpointer user_data)
{
  g_string_append (user_data, item);
}

static void
test_timer_queue (void)
{
  g_autoptr(GString) order = g_string_new (NULL);
  g_autoptr(SyTimerQueue) queue = sy_timer_queue_new (append_cb, order, NULL);
  gint64 now_us = g_get_monotonic_time ();
  gpointer item;

  sy_timer_queue_add (queue, now_us + 3000, (gpointer) "d");
  sy_timer_queue_add (queue, now_us + 1000, (gpointer) "b");
  sy_timer_queue_add (queue, now_us + 1000, (gpointer) "c");
  sy_timer_queue_add (queue, now_us - 5000, (gpointer) "a");
  sy_timer_queue_add (queue, G_MAXINT64 / 2, (gpointer) "z");
  while (order->len < 4)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpstr (order->str, ==, "abcd");
  g_assert_true (sy_timer_queue_steal (queue, &item));
  g_assert_cmpstr (item, ==, "z");
  g_assert_false (sy_timer_queue_steal (queue, &item));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reference/models/loop-order", test_loop_order);
  g_test_add_func ("/reference/models/loop-shut-down", test_loop_shut_down);
  g_test_add_func ("/reference/models/threads-shut-down", test_threads_shut_down);
  g_test_add_func ("/reference/models/threads-all-done", test_threads_all_done);
  g_test_add_func ("/reference/models/threads-queue-full", test_threads_queue_full);
  g_test_add_func ("/reference/models/timer-queue", test_timer_queue);

  return g_test_run ();
}
