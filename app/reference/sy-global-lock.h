/* sy-global-lock.h: one lock that interpreted work must hold
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyGlobalLock:
 *
 * The hand-over protocol of an interpreter lock with a switch interval, as
 * CPython documents it for sys.setswitchinterval(): a thread that wants the lock
 * waits for the interval; if nobody changed hands meanwhile it asks; the holder
 * looks at that request now and then, lets go, and does not take the lock back
 * before another thread has had it. A thread that waits or works outside the
 * interpreter releases the lock first.
 *
 * No thread is promised a turn: which waiter gets the lock is up to the
 * kernel, as it is in the original. All functions are safe from any thread.
 */
typedef struct _SyGlobalLock SyGlobalLock;

/* Counted since the lock was made; durations in microseconds. */
typedef struct {
  gint64  held_us;     /* sum over all holders, the present one included */
  guint64 n_released;  /* given up freely: before a wait, native work, or at the end */
  guint64 n_forced;    /* given up because a waiter asked */
  guint   n_waiting;   /* threads that want it now */
} SyGlobalLockStats;

/* @interval_us: how long a waiter waits before it asks, >= 1. */
SyGlobalLock *sy_global_lock_new        (gint64 interval_us);

/* Nobody may hold or want the lock. */
void          sy_global_lock_free       (SyGlobalLock *self);

/* Returns how long the caller waited, in microseconds. Not recursive. */
gint64        sy_global_lock_acquire    (SyGlobalLock *self);
void          sy_global_lock_release    (SyGlobalLock *self);

/* For the holder, between pieces of work: whether a waiter has asked. Costs an
 * atomic read. */
gboolean      sy_global_lock_is_asked   (SyGlobalLock *self);

/* For the holder: lets a waiter have the lock and waits to get it back.
 * Returns the time until it did, in microseconds. */
gint64        sy_global_lock_hand_over  (SyGlobalLock *self);

void          sy_global_lock_get_stats  (SyGlobalLock *self, SyGlobalLockStats *stats);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyGlobalLock, sy_global_lock_free)

G_END_DECLS
