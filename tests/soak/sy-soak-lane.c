/* sy-soak-lane.c: one backend of the soak, and what is done to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-soak-lane.h"

#define GRACE_US (2 * SY_USEC_PER_SEC)
#define SETTLE_US SY_USEC_PER_SEC /* what was under way when a fault ended may still arrive, good or bad */
#define MAX_COMPLAINTS 100

typedef enum {
  STARTING,
  WELL,
  AT_FAULT,
  GETTING_BETTER,
} Phase;

struct _SySoakLane
{
  const SySoakKind *kind;
  SyBackend        *backend;    /* borrowed */
  SySoakTell        tell;
  gpointer          user_data;
  Phase             phase;
  const char       *fault;      /* (nullable): the last */
  gint64            until_us;   /* of the fault */
  gint64            ended_us;   /* when it was told to be well again */
  gint64            allowed_us; /* until then it may take */
  guint64           n_failures; /* seen */
  guint             n_late;     /* failures since the fault ended */
  guint             n_faults;
  gint64            slowest_us;
  GPtrArray        *complaints; /* owned */
};

static SySource *
get_source (const SySoakLane *self)
{
  return sy_backend_get_source (self->backend);
}

static void
complain (SySoakLane *self,
          const char *what)
{
  const GError *error = sy_source_get_error (get_source (self));

  if (self->complaints->len < MAX_COMPLAINTS)
    g_ptr_array_add (self->complaints, g_strdup_printf ("%s %s (last fault: %s): %s", self->kind->path, what,
                                                        self->fault != NULL ? self->fault : "none",
                                                        error != NULL ? error->message : "no error"));
}

/* A source says when it will try again: until then, and some time more. */
static gint64
allow (const SySoakLane *self,
       gint64            now_us)
{
  SySource *source = get_source (self);

  return MAX (now_us, sy_source_get_next_try (source)) + 2 * sy_source_get_interval (source) + SETTLE_US + GRACE_US;
}

static void
get_better (SySoakLane *self,
            gint64      now_us)
{
  self->tell (self->kind->path, self->kind->well, self->user_data);
  self->phase = GETTING_BETTER;
  self->ended_us = now_us;
  self->allowed_us = allow (self, now_us);
  self->n_late = 0;
}

/* What was on its way when the fault ended may still fail, once. */
static void
watch_recovery (SySoakLane *self,
                gint64      now_us,
                guint64     n_new)
{
  SySource *source = get_source (self);

  self->n_late += (guint) n_new;
  if (n_new > 0)
    {
      self->allowed_us = allow (self, now_us);
      if (self->n_late > 1)
        complain (self, "failed again after its fault had ended");
    }

  if (sy_source_get_state (source) == SY_SOURCE_LIVE && sy_source_get_last_success (source) > self->ended_us + SETTLE_US)
    {
      self->slowest_us = MAX (self->slowest_us, sy_source_get_last_success (source) - self->ended_us);
      self->phase = WELL;
    }
  else if (now_us > self->allowed_us)
    {
      complain (self, "is not well again in time");
      self->allowed_us = G_MAXINT64;
    }
}

SySoakLane *
sy_soak_lane_new (const SySoakKind *kind,
                  SyBackend        *backend,
                  SySoakTell        tell,
                  gpointer          user_data)
{
  SySoakLane *self = g_new0 (SySoakLane, 1);

  self->kind = kind;
  self->backend = backend;
  self->tell = tell;
  self->user_data = user_data;
  self->complaints = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
sy_soak_lane_free (SySoakLane *self)
{
  g_ptr_array_unref (self->complaints);
  g_free (self);
}

void
sy_soak_lane_tick (SySoakLane *self,
                   gint64      now_us)
{
  const guint64 n_failures = sy_source_get_n_failures (get_source (self));
  const guint64 n_new = n_failures - self->n_failures;

  self->n_failures = n_failures;
  switch (self->phase)
    {
    case STARTING:
      if (sy_source_get_state (get_source (self)) == SY_SOURCE_LIVE)
        self->phase = WELL;
      break;

    case WELL:
      if (n_new > 0)
        complain (self, "failed though nothing was done to it");
      break;

    case AT_FAULT:
      if (now_us >= self->until_us)
        get_better (self, now_us);
      break;

    case GETTING_BETTER:
    default:
      watch_recovery (self, now_us, n_new);
      break;
    }
}

void
sy_soak_lane_break (SySoakLane *self,
                    guint       fault,
                    gint64      until_us)
{
  guint n = 0;

  while (self->kind->faults[n] != NULL)
    n++;

  self->fault = self->kind->faults[fault % n];
  self->until_us = until_us;
  self->phase = AT_FAULT;
  self->n_faults++;
  self->tell (self->kind->path, self->fault, self->user_data);
}

gboolean
sy_soak_lane_is_well (const SySoakLane *self)
{
  return self->phase == WELL;
}

guint
sy_soak_lane_get_n_faults (const SySoakLane *self)
{
  return self->n_faults;
}

double
sy_soak_lane_get_slowest (const SySoakLane *self)
{
  return (double) self->slowest_us / SY_USEC_PER_SEC;
}

const GPtrArray *
sy_soak_lane_get_complaints (const SySoakLane *self)
{
  return self->complaints;
}
