/* sy-global-lock.c: one lock that interpreted work must hold
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-global-lock.h"

struct _SyGlobalLock {
  gint64  interval_us;

  int     asked; /* atomic; written under the mutex */

  GMutex  mutex; /* guards all below */
  GCond   freed;
  GCond   taken;
  gboolean locked;
  guint64 turn;   /* counts the times the lock was taken */
  gint64  taken_at_us;
  guint   n_waiting;
  gint64  held_us;
  guint64 n_released;
  guint64 n_forced;
};

/* Waits with the mutex held. A waiter asks only when a whole interval has
 * passed in which nobody took the lock: otherwise ten waiters would make the
 * holder switch ten times an interval. */
static void
take_locked (SyGlobalLock *self)
{
  self->n_waiting++;

  while (self->locked)
    {
      guint64 turn = self->turn;
      gint64 ask_at_us = g_get_monotonic_time () + self->interval_us;

      if (!g_cond_wait_until (&self->freed, &self->mutex, ask_at_us)
          && self->locked && self->turn == turn)
        g_atomic_int_set (&self->asked, 1);
    }

  self->n_waiting--;
  self->locked = TRUE;
  self->turn++;
  self->taken_at_us = g_get_monotonic_time ();
  g_atomic_int_set (&self->asked, 0);
  g_cond_broadcast (&self->taken);
}

static void
free_locked (SyGlobalLock *self)
{
  self->held_us += g_get_monotonic_time () - self->taken_at_us;
  self->locked = FALSE;
  g_cond_signal (&self->freed);
}

SyGlobalLock *
sy_global_lock_new (gint64 interval_us)
{
  SyGlobalLock *self;

  g_return_val_if_fail (interval_us >= 1, NULL);

  self = g_new0 (SyGlobalLock, 1);
  self->interval_us = interval_us;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->freed);
  g_cond_init (&self->taken);

  return self;
}

void
sy_global_lock_free (SyGlobalLock *self)
{
  g_return_if_fail (self != NULL && !self->locked && self->n_waiting == 0);

  g_cond_clear (&self->taken);
  g_cond_clear (&self->freed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

gint64
sy_global_lock_acquire (SyGlobalLock *self)
{
  gint64 begin_us = g_get_monotonic_time ();
  gint64 waited_us;

  g_mutex_lock (&self->mutex);
  take_locked (self);
  waited_us = self->taken_at_us - begin_us;
  g_mutex_unlock (&self->mutex);

  return waited_us;
}

void
sy_global_lock_release (SyGlobalLock *self)
{
  g_mutex_lock (&self->mutex);
  free_locked (self);
  self->n_released++;
  g_mutex_unlock (&self->mutex);
}

gboolean
sy_global_lock_is_asked (SyGlobalLock *self)
{
  return g_atomic_int_get (&self->asked) != 0;
}

gint64
sy_global_lock_hand_over (SyGlobalLock *self)
{
  gint64 begin_us;
  gint64 waited_us;
  guint64 turn;

  g_mutex_lock (&self->mutex);

  begin_us = g_get_monotonic_time ();
  turn = self->turn;
  free_locked (self);
  self->n_forced++;

  /* Without this the thread that just let go would win the race to take the
   * lock back, since it already runs. */
  while (self->turn == turn && self->n_waiting > 0)
    g_cond_wait (&self->taken, &self->mutex);

  take_locked (self);
  waited_us = self->taken_at_us - begin_us;
  g_mutex_unlock (&self->mutex);

  return waited_us;
}

void
sy_global_lock_get_stats (SyGlobalLock      *self,
                          SyGlobalLockStats *stats)
{
  g_mutex_lock (&self->mutex);
  stats->held_us = self->held_us;
  if (self->locked)
    stats->held_us += g_get_monotonic_time () - self->taken_at_us;
  stats->n_released = self->n_released;
  stats->n_forced = self->n_forced;
  stats->n_waiting = self->n_waiting;
  g_mutex_unlock (&self->mutex);
}
