/* test-global-lock.c: who has the lock, and who gets it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-global-lock.h"

#define NEVER_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

typedef struct {
  SyGlobalLock *lock;
  int           n_turns; /* of the other thread; atomic */
  int           inside;  /* threads that hold the lock; atomic */
  int           n_rounds;
} Shared;

static void
enter (Shared *shared)
{
  g_assert_cmpint (g_atomic_int_add (&shared->inside, 1), ==, 0);
}

static void
leave (Shared *shared)
{
  g_assert_true (g_atomic_int_dec_and_test (&shared->inside));
}

static gpointer
take_once (gpointer user_data)
{
  Shared *shared = user_data;

  sy_global_lock_acquire (shared->lock);
  enter (shared);
  g_atomic_int_inc (&shared->n_turns);
  leave (shared);
  sy_global_lock_release (shared->lock);

  return NULL;
}

static guint
count_waiting (SyGlobalLock *lock)
{
  SyGlobalLockStats stats;

  sy_global_lock_get_stats (lock, &stats);

  return stats.n_waiting;
}

/* A waiter whose interval has not passed asks for nothing, and gets the lock by
 * a release. */
static void
test_release (void)
{
  g_autoptr(SyGlobalLock) lock = sy_global_lock_new (NEVER_US);
  Shared shared = { .lock = lock };
  SyGlobalLockStats stats;
  GThread *other;

  sy_global_lock_acquire (lock);
  enter (&shared);
  other = g_thread_new ("other", take_once, &shared);
  while (count_waiting (lock) == 0)
    g_thread_yield ();

  g_assert_false (sy_global_lock_is_asked (lock));
  g_assert_cmpint (g_atomic_int_get (&shared.n_turns), ==, 0);

  leave (&shared);
  sy_global_lock_release (lock);
  g_thread_join (other);
  g_assert_cmpint (g_atomic_int_get (&shared.n_turns), ==, 1);

  sy_global_lock_get_stats (lock, &stats);
  g_assert_cmpuint (stats.n_released, ==, 2);
  g_assert_cmpuint (stats.n_forced, ==, 0);
}

/* A waiter whose interval has passed asks, and a hand-over does not return
 * before it has had the lock. */
static void
test_hand_over (void)
{
  g_autoptr(SyGlobalLock) lock = sy_global_lock_new (1);
  Shared shared = { .lock = lock };
  SyGlobalLockStats stats;
  GThread *other;

  sy_global_lock_acquire (lock);
  other = g_thread_new ("other", take_once, &shared);
  while (!sy_global_lock_is_asked (lock))
    g_thread_yield ();

  g_assert_cmpint (g_atomic_int_get (&shared.n_turns), ==, 0);
  g_assert_cmpint (sy_global_lock_hand_over (lock), >=, 0);
  g_assert_cmpint (g_atomic_int_get (&shared.n_turns), ==, 1);
  g_assert_false (sy_global_lock_is_asked (lock));

  sy_global_lock_release (lock);
  g_thread_join (other);

  sy_global_lock_get_stats (lock, &stats);
  g_assert_cmpuint (stats.n_forced, ==, 1);
  g_assert_cmpuint (stats.n_released, ==, 2);
}

/* With nobody waiting there is nobody to hand over to. */
static void
test_hand_over_alone (void)
{
  g_autoptr(SyGlobalLock) lock = sy_global_lock_new (1);

  sy_global_lock_acquire (lock);
  sy_global_lock_hand_over (lock);
  sy_global_lock_release (lock);
}

static gpointer
work (gpointer user_data)
{
  Shared *shared = user_data;

  for (int round = 0; round < shared->n_rounds; round++)
    {
      sy_global_lock_acquire (shared->lock);
      for (int piece = 0; piece < 20; piece++)
        {
          enter (shared);
          leave (shared);
          if (sy_global_lock_is_asked (shared->lock))
            sy_global_lock_hand_over (shared->lock);
        }
      sy_global_lock_release (shared->lock);
    }

  return NULL;
}

/* Many threads: never two inside, and every one comes to its end. */
static void
test_exclusion (void)
{
  g_autoptr(SyGlobalLock) lock = sy_global_lock_new (1);
  Shared shared = { .lock = lock, .n_rounds = 200 };
  GThread *threads[8];
  SyGlobalLockStats stats;

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("worker", work, &shared);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  sy_global_lock_get_stats (lock, &stats);
  g_assert_cmpuint (stats.n_released, ==, 8 * 200);
  g_assert_cmpuint (stats.n_waiting, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reference/global-lock/release", test_release);
  g_test_add_func ("/reference/global-lock/hand-over", test_hand_over);
  g_test_add_func ("/reference/global-lock/hand-over-alone", test_hand_over_alone);
  g_test_add_func ("/reference/global-lock/exclusion", test_exclusion);

  return g_test_run ();
}
