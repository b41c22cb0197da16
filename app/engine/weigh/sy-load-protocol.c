/* sy-load-protocol.c: in which order two backends are loaded, and how much
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Beyond the capacity an open loop measures only how long it ran, so the
 * capacity comes first and what is compared lies below the smaller one.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-load-protocol.h"

#include <math.h>

#define FACTOR 1.5
#define MAX_REPEATS 2

/* Steps that a ramp takes, for the time that is left; ASSUMED. */
#define USUAL_STEPS 9

#define SECONDS(s) ((gint64) (s) * G_USEC_PER_SEC)

typedef struct {
  double      next;     /* rate */
  double      held;     /* the largest that did; NAN */
  double      broke;    /* NAN: none did */
  SyLoadLimit limit;
  guint       n;
  gboolean    done;
} Ramp;

struct _SyLoadProtocol
{
  SyLoadProtocolPlan plan;
  GPtrArray         *steps;   /* (owned) (element-type SyLoadStep) */
  Ramp               ramps[2];
  guint              turn;    /* whose ramp step it is */
  guint              place;   /* of the block, over all levels */
  guint              attempt;
};

void
sy_load_protocol_plan_init (SyLoadProtocolPlan *plan,
                            gboolean            quick)
{
  *plan = (SyLoadProtocolPlan) {
    .objective = { NAN, NAN, NAN, NAN },
    .ramp_us = SECONDS (quick ? 3 : 5),
    .ramp_warm_up_us = SECONDS (1),
    .block_us = SECONDS (quick ? 5 : 10),
    .warm_up_us = SECONDS (quick ? 1 : 3),
    .drain_us = SECONDS (quick ? 1 : 2),
    .n_levels = quick ? 1 : 3,
    .levels = { quick ? 0.75 : 0.50, 0.75, 0.90 },
    .n_pairs = 6,
  };
}

SyLoadProtocol *
sy_load_protocol_new (const SyLoadProtocolPlan *plan)
{
  SyLoadProtocol *self = g_new0 (SyLoadProtocol, 1);

  self->plan = *plan;
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_load_step_free);
  for (guint i = 0; i < 2; i++)
    self->ramps[i] = (Ramp) { .next = fmin (plan->start_rate, plan->max_rate), .held = NAN, .broke = NAN };
  self->ramps[1].done = plan->same;

  return self;
}

void
sy_load_protocol_free (SyLoadProtocol *self)
{
  g_ptr_array_unref (self->steps);
  g_free (self);
}

const SyLoadProtocolPlan *
sy_load_protocol_get_plan (SyLoadProtocol *self)
{
  return &self->plan;
}

static guint
n_sides (SyLoadProtocol *self)
{
  return self->plan.same ? 1 : 2;
}

static gboolean
is_ramping (SyLoadProtocol *self)
{
  return !self->ramps[0].done || !self->ramps[1].done;
}

double
sy_load_protocol_get_rate (SyLoadProtocol *self,
                           guint           level)
{
  double smaller = INFINITY;

  if (is_ramping (self) || level >= self->plan.n_levels)
    return NAN;

  for (guint i = 0; i < n_sides (self); i++)
    {
      if (isnan (self->ramps[i].held))
        return NAN;
      smaller = fmin (smaller, self->ramps[i].held);
    }

  return self->plan.levels[level] * smaller;
}

static guint
n_places (SyLoadProtocol *self)
{
  return self->plan.n_levels * self->plan.n_pairs * 2;
}

static void
order_block (SyLoadProtocol *self,
             SyLoadOrder    *ret)
{
  static const guint abba[] = { 0, 1, 1, 0 };
  const guint within = self->place % (2 * self->plan.n_pairs);
  const guint level = self->place / (2 * self->plan.n_pairs);

  *ret = (SyLoadOrder) {
    .phase = SY_LOAD_BLOCK,
    .slot = abba[within % G_N_ELEMENTS (abba)],
    .level = level,
    .pair = within / 2,
    .attempt = self->attempt,
    .rate = sy_load_protocol_get_rate (self, level),
    .warm_up_us = self->plan.warm_up_us,
    .count_us = self->plan.block_us,
    .seed = 1000 * (level + 1) + within / 2,
  };
  ret->side = self->plan.same ? 0 : ret->slot;
}

gboolean
sy_load_protocol_get_order (SyLoadProtocol *self,
                            SyLoadOrder    *ret)
{
  if (is_ramping (self))
    {
      *ret = (SyLoadOrder) {
        .phase = SY_LOAD_RAMP,
        .side = self->turn,
        .slot = self->turn,
        .attempt = self->attempt,
        .rate = self->ramps[self->turn].next,
        .warm_up_us = self->plan.ramp_warm_up_us,
        .count_us = self->plan.ramp_us,
        .seed = 1 + self->ramps[self->turn].n,
      };
      return TRUE;
    }

  if (self->place >= n_places (self) || isnan (sy_load_protocol_get_rate (self, 0)))
    return FALSE;

  order_block (self, ret);
  return TRUE;
}

static void
report_ramp (SyLoadProtocol   *self,
             const SyLoadStep *step)
{
  Ramp *ramp = &self->ramps[self->turn];

  ramp->n++;
  /* What holds although the generator was late, or others were busy, holds. What does
   * not may be their fault, and is not held against the backend. */
  if (step->limit == SY_LOAD_HOLDS)
    {
      ramp->held = ramp->next;
      ramp->done = ramp->next >= self->plan.max_rate;
      ramp->next = fmin (ramp->next * FACTOR, self->plan.max_rate);
    }
  else if (step->generator_limited || step->disturbed)
    {
      ramp->limit = step->generator_limited ? SY_LOAD_UNSEEN : SY_LOAD_DISTURBED;
      ramp->done = TRUE;
    }
  else
    {
      ramp->broke = ramp->next;
      ramp->limit = step->limit;
      ramp->done = TRUE;
    }

  if (!self->ramps[1 - self->turn].done)
    self->turn = 1 - self->turn;
}

/* A block counts only when it was quiet. Of a ramp it matters where it would end:
 * what holds in spite of others holds. */
static gboolean
must_repeat (SyLoadProtocol   *self,
             const SyLoadStep *step)
{
  if (!step->disturbed || self->attempt >= MAX_REPEATS)
    return FALSE;

  return step->phase == SY_LOAD_BLOCK || step->limit != SY_LOAD_HOLDS;
}

void
sy_load_protocol_report (SyLoadProtocol *self,
                         SyLoadStep     *step)
{
  SyLoadOrder order;

  g_return_if_fail (sy_load_protocol_get_order (self, &order));

  step->phase = order.phase;
  step->side = order.side;
  step->slot = order.slot;
  step->level = order.level;
  step->pair = order.pair;
  step->attempt = order.attempt;
  step->rate = order.rate;
  sy_load_step_judge (step, &self->plan.objective);
  g_ptr_array_add (self->steps, step);

  if (must_repeat (self, step))
    {
      self->attempt++;
      return;
    }

  self->attempt = 0;
  if (order.phase == SY_LOAD_RAMP)
    report_ramp (self, step);
  else
    self->place++;
}

const GPtrArray *
sy_load_protocol_get_steps (SyLoadProtocol *self)
{
  return self->steps;
}

SyLoadCapacity
sy_load_protocol_get_capacity (SyLoadProtocol *self,
                               guint           side)
{
  const Ramp *ramp = &self->ramps[side];
  SyLoadCapacity capacity = { SY_CAPACITY_UNKNOWN, ramp->held, isnan (ramp->broke) ? (double) INFINITY : ramp->broke };

  if (!ramp->done || ramp->n == 0)
    return capacity;

  if (!isnan (ramp->held))
    capacity.state = isnan (ramp->broke) ? SY_CAPACITY_AT_LEAST : SY_CAPACITY_MEASURED;
  else if (!isnan (ramp->broke))
    capacity.state = SY_CAPACITY_BELOW;

  return capacity;
}

SyLoadLimit
sy_load_protocol_get_limit (SyLoadProtocol *self,
                            guint           side)
{
  return self->ramps[side].limit;
}

gint64
sy_load_protocol_get_remaining (SyLoadProtocol *self)
{
  const gint64 step_us = self->plan.ramp_us + self->plan.ramp_warm_up_us + self->plan.drain_us;
  const gint64 block_us = self->plan.block_us + self->plan.warm_up_us + self->plan.drain_us;
  SyLoadOrder order;
  gint64 left_us = 0;

  if (!sy_load_protocol_get_order (self, &order))
    return 0;

  for (guint i = 0; i < n_sides (self); i++)
    if (!self->ramps[i].done)
      left_us += step_us * MAX (1, USUAL_STEPS - (int) self->ramps[i].n);

  return left_us + block_us * (n_places (self) - self->place);
}
