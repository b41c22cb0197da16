/* test-clock.c: time that stands still, and time that does not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <time.h>

#include "sy-clock.h"

#define START G_GINT64_CONSTANT (5000000)
#define WALL G_GINT64_CONSTANT (1795422736000000)

typedef struct
{
  SyClock *clock;
  GSource *timer;
  guint    fired;
  gint64   again_us; /* added to the due time in the callback; 0: no */
  gint64   fired_at;
} Fixture;

static gboolean
fired_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->fired++;
  fixture->fired_at = sy_clock_get_monotonic (fixture->clock);
  if (fixture->again_us > 0)
    sy_clock_timer_set_due (fixture->timer, fixture->fired_at + fixture->again_us);

  return G_SOURCE_CONTINUE;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->clock = sy_clock_new_manual (START, WALL);
  fixture->timer = sy_clock_timer_new (fixture->clock, START + 100);
  g_source_set_callback (fixture->timer, fired_cb, fixture, NULL);
  g_source_attach (fixture->timer, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_source_destroy (fixture->timer);
  g_source_unref (fixture->timer);
  g_assert_finalize_object (fixture->clock);
}

static void
run_pending (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_manual_stands_still (void)
{
  g_autoptr (SyClock) clock = sy_clock_new_manual (START, WALL);

  g_assert_cmpint (sy_clock_get_monotonic (clock), ==, START);
  g_assert_cmpint (sy_clock_get_wall (clock), ==, WALL);

  sy_clock_advance (clock, 250);
  g_assert_cmpint (sy_clock_get_monotonic (clock), ==, START + 250);
  g_assert_cmpint (sy_clock_get_wall (clock), ==, WALL + 250);

  sy_clock_step_wall (clock, -1000);
  g_assert_cmpint (sy_clock_get_monotonic (clock), ==, START + 250);
  g_assert_cmpint (sy_clock_get_wall (clock), ==, WALL - 750);
}

static void
test_fires_once_when_due (Fixture       *fixture,
                          gconstpointer  data)
{
  run_pending ();
  g_assert_cmpuint (fixture->fired, ==, 0);

  sy_clock_advance (fixture->clock, 99);
  run_pending ();
  g_assert_cmpuint (fixture->fired, ==, 0);

  sy_clock_advance (fixture->clock, 1);
  run_pending ();
  g_assert_cmpuint (fixture->fired, ==, 1);

  sy_clock_advance (fixture->clock, 1000);
  run_pending ();
  g_assert_cmpuint (fixture->fired, ==, 1);
}

static void
test_rearms (Fixture       *fixture,
             gconstpointer  data)
{
  fixture->again_us = 100;

  for (guint i = 1; i <= 5; i++)
    {
      sy_clock_advance (fixture->clock, 100);
      run_pending ();
      g_assert_cmpuint (fixture->fired, ==, i);
    }

  /* ticks that were missed are not made up for */
  sy_clock_advance (fixture->clock, 1000);
  run_pending ();
  g_assert_cmpuint (fixture->fired, ==, 6);
}

static void
test_disarms (Fixture       *fixture,
              gconstpointer  data)
{
  sy_clock_timer_set_due (fixture->timer, G_MAXINT64);
  sy_clock_advance (fixture->clock, 1000);
  run_pending ();
  g_assert_cmpuint (fixture->fired, ==, 0);

  sy_clock_timer_set_due (fixture->timer, START);
  run_pending ();
  g_assert_cmpuint (fixture->fired, ==, 1);
}

/* Due, but set to later before its context came to look. */
static void
test_postponed_when_ready (Fixture       *fixture,
                           gconstpointer  data)
{
  sy_clock_advance (fixture->clock, 100);
  sy_clock_timer_set_due (fixture->timer, START + 500);
  run_pending ();
  g_assert_cmpuint (fixture->fired, ==, 0);

  sy_clock_advance (fixture->clock, 400);
  run_pending ();
  g_assert_cmpuint (fixture->fired, ==, 1);
}

static gboolean
remove_cb (gpointer user_data)
{
  guint *fired = user_data;

  (*fired)++;

  return G_SOURCE_REMOVE;
}

static void
test_callback_may_remove (void)
{
  g_autoptr (SyClock) clock = sy_clock_new_manual (START, WALL);
  g_autoptr (GSource) timer = sy_clock_timer_new (clock, START);
  guint fired = 0;

  g_source_set_callback (timer, remove_cb, &fired, NULL);
  g_source_attach (timer, NULL);
  run_pending ();

  g_assert_cmpuint (fired, ==, 1);
  g_assert_true (g_source_is_destroyed (timer));
}

static void
test_timer_keeps_its_clock (void)
{
  SyClock *clock = sy_clock_new_manual (START, WALL);
  GSource *timer = sy_clock_timer_new (clock, START + 1);
  SyClock *watched = clock;

  g_object_add_weak_pointer (G_OBJECT (watched), (gpointer *) &watched);
  g_object_unref (clock);
  g_assert_nonnull (watched);

  g_source_unref (timer);
  g_assert_null (watched);
}

typedef struct
{
  SyClock      *clock;
  GMainContext *context;
  GMainLoop    *loop;
  GSource      *timer;
} Worker;

static gboolean
quit_cb (gpointer user_data)
{
  Worker *worker = user_data;

  g_main_loop_quit (worker->loop);

  return G_SOURCE_REMOVE;
}

static gpointer
worker_thread (gpointer user_data)
{
  Worker *worker = user_data;

  g_main_context_push_thread_default (worker->context);
  g_main_loop_run (worker->loop);
  g_main_context_pop_thread_default (worker->context);

  return NULL;
}

/* The worker sleeps in poll() without a timeout; only the advance wakes it. */
static void
test_advance_wakes_another_thread (void)
{
  g_autoptr (SyClock) clock = sy_clock_new_manual (START, WALL);
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr (GSource) timer = sy_clock_timer_new (clock, START + SY_USEC_PER_SEC);
  Worker worker = { clock, context, loop, timer };
  GThread *thread;

  g_source_set_callback (timer, quit_cb, &worker, NULL);
  g_source_attach (timer, context);
  thread = g_thread_new ("worker", worker_thread, &worker);

  sy_clock_advance (clock, SY_USEC_PER_SEC);
  g_thread_join (thread);
}

static void
test_set_due_wakes_another_thread (void)
{
  g_autoptr (SyClock) clock = sy_clock_new_manual (START, WALL);
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr (GSource) timer = sy_clock_timer_new (clock, G_MAXINT64);
  Worker worker = { clock, context, loop, timer };
  GThread *thread;

  g_source_set_callback (timer, quit_cb, &worker, NULL);
  g_source_attach (timer, context);
  thread = g_thread_new ("worker", worker_thread, &worker);

  sy_clock_timer_set_due (timer, START);
  g_thread_join (thread);
}

typedef struct
{
  SyClock *clock;
  int      running; /* atomic */
} Churn;

static gpointer
churn_thread (gpointer user_data)
{
  Churn *churn = user_data;

  for (guint i = 0; i < 30000; i++)
    {
      GSource *timer = sy_clock_timer_new (churn->clock, START);

      sy_clock_timer_set_due (timer, START - i);
      g_source_unref (timer);
    }

  g_atomic_int_add (&churn->running, -1);

  return NULL;
}

/* Timers come and go in one thread while another advances: the moment between
 * the last reference of a timer and its leaving of the list is met. */
static void
test_churn (void)
{
  Churn churn = { sy_clock_new_manual (START, WALL), 2 };
  GThread *threads[2];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("churn", churn_thread, &churn);

  while (g_atomic_int_get (&churn.running) > 0)
    sy_clock_advance (churn.clock, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  g_assert_finalize_object (churn.clock);
}

static gint64
read_boot_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);

  return (gint64) now.tv_sec * SY_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
test_real_is_boot_time (void)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  gint64 before, now, after;

  before = read_boot_time ();
  now = sy_clock_get_monotonic (clock);
  after = read_boot_time ();
  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, after);

  before = g_get_real_time ();
  now = sy_clock_get_wall (clock);
  after = g_get_real_time ();
  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, after);
}

/* Never early; how late is the machine's affair and no concern of a test. */
static void
test_real_timer (void)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  gint64 due = sy_clock_get_monotonic (clock) + 2 * SY_USEC_PER_MSEC;
  g_autoptr (GSource) timer = sy_clock_timer_new (clock, due);
  Fixture fixture = { .clock = clock, .timer = timer };

  g_source_set_callback (timer, fired_cb, &fixture, NULL);
  g_source_attach (timer, NULL);

  while (fixture.fired == 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (fixture.fired_at, >=, due);
  g_source_destroy (timer);
}

/* A main loop may wake too soon: its clock is not ours. */
static void
test_real_timer_woken_early (void)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GSource) timer = sy_clock_timer_new (clock, sy_clock_get_monotonic (clock) + 3600 * SY_USEC_PER_SEC);
  Fixture fixture = { .clock = clock, .timer = timer };

  g_source_set_callback (timer, fired_cb, &fixture, NULL);
  g_source_attach (timer, NULL);
  g_source_set_ready_time (timer, 0);
  run_pending ();

  g_assert_cmpuint (fixture.fired, ==, 0);
  g_assert_cmpint (g_source_get_ready_time (timer), >, 0);
  g_source_destroy (timer);
}

static void
test_real_far_timer (void)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GSource) timer = sy_clock_timer_new (clock, G_MAXINT64 - 1);

  g_assert_cmpint (g_source_get_ready_time (timer), !=, 0);
  sy_clock_timer_set_due (timer, G_MININT64);
  g_assert_cmpint (g_source_get_ready_time (timer), ==, 0);
}

static void
test_real_cannot_be_advanced (void)
{
  g_autoptr (SyClock) clock = sy_clock_new ();

  g_test_expect_message ("sy-base", G_LOG_LEVEL_CRITICAL, "*manual*");
  sy_clock_advance (clock, 1);
  g_test_assert_expected_messages ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clock/manual/stands-still", test_manual_stands_still);
  g_test_add ("/clock/manual/fires-once-when-due", Fixture, NULL, set_up, test_fires_once_when_due, tear_down);
  g_test_add ("/clock/manual/rearms", Fixture, NULL, set_up, test_rearms, tear_down);
  g_test_add ("/clock/manual/disarms", Fixture, NULL, set_up, test_disarms, tear_down);
  g_test_add ("/clock/manual/postponed-when-ready", Fixture, NULL, set_up, test_postponed_when_ready, tear_down);
  g_test_add_func ("/clock/manual/callback-may-remove", test_callback_may_remove);
  g_test_add_func ("/clock/manual/timer-keeps-its-clock", test_timer_keeps_its_clock);
  g_test_add_func ("/clock/manual/advance-wakes-another-thread", test_advance_wakes_another_thread);
  g_test_add_func ("/clock/manual/set-due-wakes-another-thread", test_set_due_wakes_another_thread);
  g_test_add_func ("/clock/manual/churn", test_churn);
  g_test_add_func ("/clock/real/is-boot-time", test_real_is_boot_time);
  g_test_add_func ("/clock/real/timer", test_real_timer);
  g_test_add_func ("/clock/real/timer-woken-early", test_real_timer_woken_early);
  g_test_add_func ("/clock/real/far-timer", test_real_far_timer);
  g_test_add_func ("/clock/real/cannot-be-advanced", test_real_cannot_be_advanced);

  return g_test_run ();
}
