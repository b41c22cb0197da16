/* sy-clock.h: the only source of time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SY_USEC_PER_SEC G_GINT64_CONSTANT (1000000)
#define SY_USEC_PER_MSEC G_GINT64_CONSTANT (1000)

#define SY_TYPE_CLOCK (sy_clock_get_type ())
G_DECLARE_FINAL_TYPE (SyClock, sy_clock, SY, CLOCK, GObject)

/**
 * SyClock:
 *
 * Monotonic time counts microseconds of the boot-time clock (it goes on during
 * suspend, it never steps back) and is what rates and schedules use. Wall time
 * is for people. A manual clock stands still until a test advances it.
 *
 * All functions are safe to call from any thread.
 */

/* The system's clocks. */
SyClock     *sy_clock_new              (void);

/* A clock that stands at @monotonic_us and @wall_us until advanced. */
SyClock     *sy_clock_new_manual       (gint64 monotonic_us, gint64 wall_us);

/* Moves a manual clock forward by @delta_us (>= 0), and wakes every main
 * context that has a timer of it. The wall clock moves by the same amount. */
void         sy_clock_advance          (SyClock *self, gint64 delta_us);

/* As sy_clock_advance(), asleep: it counts as time that the machine slept. */
void         sy_clock_sleep            (SyClock *self, gint64 delta_us);

/* Steps only the wall time of a manual clock, as an administrator would. */
void         sy_clock_step_wall        (SyClock *self, gint64 delta_us);

gint64       sy_clock_get_monotonic    (SyClock *self);

/* Microseconds since 1970-01-01 UTC. */
gint64       sy_clock_get_wall         (SyClock *self);

/* How long the machine has slept until now, microseconds: of use is how much that
 * grows. It may be off by some microseconds. */
gint64       sy_clock_get_slept        (SyClock *self);

/* A source that becomes ready once, when monotonic time reaches @due_us. The
 * callback is a GSourceFunc; re-arm with sy_clock_timer_set_due(). Attach it to
 * any context. Returns: (transfer full) */
GSource     *sy_clock_timer_new        (SyClock *self, gint64 due_us);

/* @timer must come from sy_clock_timer_new(). G_MAXINT64 disarms it. */
void         sy_clock_timer_set_due    (GSource *timer, gint64 due_us);

G_END_DECLS
