/* sy-timer-queue.h: many timers behind one descriptor
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyTimerQueue:
 *
 * GLib looks at every source in every turn and rounds timeouts up to whole
 * milliseconds; a thousand waiting requests need neither. Timers are kept
 * sorted, and a timerfd wakes the loop for the first one, to the microsecond.
 * Belongs to one thread and its default main context.
 */
typedef struct _SyTimerQueue SyTimerQueue;

typedef void (*SyTimerFunc) (gpointer item, gint64 due_us, gpointer user_data);

/* @func is called once for each item whose time has come, earliest first; with
 * equal times in the order they were added. NULL with an error when the system
 * has no more timers. Errors: SY_ERROR_FAILED. */
SyTimerQueue *sy_timer_queue_new     (SyTimerFunc   func,
                                      gpointer      user_data,
                                      GError      **error);
void          sy_timer_queue_free    (SyTimerQueue *self);

/* @due_us: monotonic. @item may be NULL and stays the caller's. */
void          sy_timer_queue_add     (SyTimerQueue *self, gint64 due_us, gpointer item);

/* Takes the earliest item out, whether due or not. FALSE when there is none. */
gboolean      sy_timer_queue_steal   (SyTimerQueue *self, gpointer *item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyTimerQueue, sy_timer_queue_free)

G_END_DECLS
