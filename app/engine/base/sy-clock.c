/* sy-clock.c: the only source of time
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A timer of the system's clock is a GSource with a ready time. GLib wakes by
 * CLOCK_MONOTONIC, which stands still while the machine sleeps; we count
 * CLOCK_BOOTTIME, which does not. A timer that was pending during a suspend is
 * therefore late by at most what remained of it. It is never early: the
 * dispatch looks at our clock again.
 *
 * A timer of a manual clock polls an eventfd that the advance writes to. The
 * advance must not call GSource functions: it knows timers without owning
 * them, and GLib 2.74 has no safe way from such a pointer to a reference
 * (between the last unref and the dispose function another thread's ref and
 * unref frees the source). What it touches is memory that timer_finalize()
 * takes off the list under the same lock.
 *
 * Lock order: the clock's lock, then a main context's (inside
 * g_source_set_ready_time()). GLib calls no function of a source with the
 * context's lock held, so the opposite order does not occur.
 */
#define G_LOG_DOMAIN "sy-base"

#include "config.h"

#include "sy-clock.h"

#include <errno.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

struct _SyClock
{
  GObject    parent;

  gboolean   manual;       /* set once at construction */

  GMutex     lock;         /* covers what follows, and the due time of every timer */
  gint64     monotonic_us; /* manual only */
  gint64     wall_us;      /* manual only */
  gint64     slept_us;     /* manual only */
  GPtrArray *timers;       /* owned; SyTimer, borrowed: each leaves when it is finalized. Manual only */
};

G_DEFINE_FINAL_TYPE (SyClock, sy_clock, G_TYPE_OBJECT)

typedef struct
{
  GSource  parent;

  SyClock *clock;   /* owned */
  gint64   due_us;  /* G_MAXINT64: disarmed. Under the clock's lock */
  int      wake_fd; /* owned; readable: look at the clock. Manual only, else -1 */
} SyTimer;

static gint64
read_clock (clockid_t id)
{
  struct timespec now;

  if (clock_gettime (id, &now) != 0)
    g_error ("clock_gettime (%d) failed", (int) id);

  return (gint64) now.tv_sec * SY_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gint64
get_monotonic_locked (SyClock *self)
{
  return self->manual ? self->monotonic_us : read_clock (CLOCK_BOOTTIME);
}

static gboolean
is_due_locked (SyTimer *timer)
{
  return timer->due_us != G_MAXINT64 && timer->due_us <= get_monotonic_locked (timer->clock);
}

/* Writing can only fail because the counter is full: then it is readable. */
static void
wake_if_due_locked (SyTimer *timer)
{
  const uint64_t one = 1;

  if (is_due_locked (timer) && write (timer->wake_fd, &one, sizeof one) < 0 && errno != EAGAIN)
    g_error ("eventfd: %s", g_strerror (errno));
}

/* When GLib shall wake for a timer of the system's clock; -1: never. */
static gint64
get_ready_time_locked (SyTimer *timer)
{
  gint64 wait_us, now_us;

  if (timer->due_us == G_MAXINT64)
    return -1;
  if (is_due_locked (timer))
    return 0;

  wait_us = timer->due_us - get_monotonic_locked (timer->clock);
  now_us = g_get_monotonic_time ();

  return wait_us < G_MAXINT64 - now_us ? now_us + wait_us : -1;
}

/* The caller has a reference to @timer. */
static void
arm_locked (SyTimer *timer)
{
  if (timer->clock->manual)
    wake_if_due_locked (timer);
  else
    g_source_set_ready_time ((GSource *) timer, get_ready_time_locked (timer));
}

static gboolean
timer_dispatch (GSource     *source,
                GSourceFunc  callback,
                gpointer     user_data)
{
  SyTimer *timer = (SyTimer *) source;
  gboolean due;
  uint64_t wakes;

  g_mutex_lock (&timer->clock->lock);
  if (timer->wake_fd >= 0 && read (timer->wake_fd, &wakes, sizeof wakes) < 0 && errno != EAGAIN)
    g_error ("eventfd: %s", g_strerror (errno));
  due = is_due_locked (timer);
  if (due)
    timer->due_us = G_MAXINT64;
  arm_locked (timer);
  g_mutex_unlock (&timer->clock->lock);

  if (!due || callback == NULL)
    return G_SOURCE_CONTINUE;

  return callback (user_data);
}

static void
timer_finalize (GSource *source)
{
  SyTimer *timer = (SyTimer *) source;

  if (timer->wake_fd >= 0)
    {
      g_mutex_lock (&timer->clock->lock);
      g_ptr_array_remove_fast (timer->clock->timers, timer);
      g_mutex_unlock (&timer->clock->lock);
      close (timer->wake_fd);
    }

  g_clear_object (&timer->clock);
}

static void
add_wake_fd (SyTimer *timer)
{
  timer->wake_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (timer->wake_fd < 0)
    g_error ("eventfd: %s", g_strerror (errno));

  g_source_add_unix_fd ((GSource *) timer, timer->wake_fd, G_IO_IN);

  g_mutex_lock (&timer->clock->lock);
  g_ptr_array_add (timer->clock->timers, timer);
  g_mutex_unlock (&timer->clock->lock);
}

static GSourceFuncs timer_funcs = {
  .dispatch = timer_dispatch,
  .finalize = timer_finalize,
};

static void
sy_clock_finalize (GObject *object)
{
  SyClock *self = SY_CLOCK (object);

  g_assert (self->timers->len == 0);
  g_ptr_array_unref (self->timers);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (sy_clock_parent_class)->finalize (object);
}

static void
sy_clock_class_init (SyClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sy_clock_finalize;
}

static void
sy_clock_init (SyClock *self)
{
  g_mutex_init (&self->lock);
  self->timers = g_ptr_array_new ();
}

SyClock *
sy_clock_new (void)
{
  return g_object_new (SY_TYPE_CLOCK, NULL);
}

SyClock *
sy_clock_new_manual (gint64 monotonic_us,
                     gint64 wall_us)
{
  SyClock *self = g_object_new (SY_TYPE_CLOCK, NULL);

  self->manual = TRUE;
  self->monotonic_us = monotonic_us;
  self->wall_us = wall_us;

  return self;
}

void
sy_clock_advance (SyClock *self,
                  gint64   delta_us)
{
  g_return_if_fail (SY_IS_CLOCK (self));
  g_return_if_fail (self->manual);
  g_return_if_fail (delta_us >= 0);

  g_mutex_lock (&self->lock);
  self->monotonic_us += delta_us;
  self->wall_us += delta_us;
  for (guint i = 0; i < self->timers->len; i++)
    wake_if_due_locked (g_ptr_array_index (self->timers, i));
  g_mutex_unlock (&self->lock);
}

void
sy_clock_sleep (SyClock *self,
                gint64   delta_us)
{
  g_return_if_fail (SY_IS_CLOCK (self) && self->manual && delta_us >= 0);

  g_mutex_lock (&self->lock);
  self->slept_us += delta_us;
  g_mutex_unlock (&self->lock);

  sy_clock_advance (self, delta_us);
}

void
sy_clock_step_wall (SyClock *self,
                    gint64   delta_us)
{
  g_return_if_fail (SY_IS_CLOCK (self));
  g_return_if_fail (self->manual);

  g_mutex_lock (&self->lock);
  self->wall_us += delta_us;
  g_mutex_unlock (&self->lock);
}

gint64
sy_clock_get_monotonic (SyClock *self)
{
  gint64 now_us;

  g_return_val_if_fail (SY_IS_CLOCK (self), 0);

  g_mutex_lock (&self->lock);
  now_us = get_monotonic_locked (self);
  g_mutex_unlock (&self->lock);

  return now_us;
}

gint64
sy_clock_get_wall (SyClock *self)
{
  gint64 now_us;

  g_return_val_if_fail (SY_IS_CLOCK (self), 0);

  g_mutex_lock (&self->lock);
  now_us = self->manual ? self->wall_us : read_clock (CLOCK_REALTIME);
  g_mutex_unlock (&self->lock);

  return now_us;
}

gint64
sy_clock_get_slept (SyClock *self)
{
  gint64 slept_us;

  g_return_val_if_fail (SY_IS_CLOCK (self), 0);

  g_mutex_lock (&self->lock);
  slept_us = self->manual ? self->slept_us : read_clock (CLOCK_BOOTTIME) - read_clock (CLOCK_MONOTONIC);
  g_mutex_unlock (&self->lock);

  return slept_us;
}

GSource *
sy_clock_timer_new (SyClock *self,
                    gint64   due_us)
{
  GSource *source;
  SyTimer *timer;

  g_return_val_if_fail (SY_IS_CLOCK (self), NULL);

  source = g_source_new (&timer_funcs, sizeof (SyTimer));
  g_source_set_static_name (source, "[steelyard] clock timer");

  timer = (SyTimer *) source;
  timer->clock = g_object_ref (self);
  timer->due_us = due_us;
  timer->wake_fd = -1;
  if (self->manual)
    add_wake_fd (timer);

  g_mutex_lock (&self->lock);
  arm_locked (timer);
  g_mutex_unlock (&self->lock);

  return source;
}

void
sy_clock_timer_set_due (GSource *source,
                        gint64   due_us)
{
  SyTimer *timer = (SyTimer *) source;

  g_return_if_fail (source != NULL);
  g_return_if_fail (source->source_funcs == &timer_funcs);

  g_mutex_lock (&timer->clock->lock);
  timer->due_us = due_us;
  arm_locked (timer);
  g_mutex_unlock (&timer->clock->lock);
}
