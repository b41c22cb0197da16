/* sy-load-protocol.h: in which order two backends are loaded, and how much
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-load-capacity.h"
#include "sy-load-step.h"

G_BEGIN_DECLS

#define SY_LOAD_MAX_LEVELS 3

typedef struct {
  SyLoadObjective objective;
  gboolean        same;          /* one backend against itself (A/A): how much do equals differ? */
  double          start_rate;    /* of the ramp, requests/s */
  double          max_rate;
  gint64          ramp_us;       /* of a step that count, and what warms up before */
  gint64          ramp_warm_up_us;
  gint64          block_us;
  gint64          warm_up_us;
  gint64          drain_us;      /* quiet after each */
  guint           n_levels;
  double          levels[SY_LOAD_MAX_LEVELS]; /* of the smaller capacity */
  guint           n_pairs;       /* blocks of each backend a level; even */
} SyLoadProtocolPlan;

/* What to do next. */
typedef struct {
  SyLoadPhase phase;
  guint       side;
  guint       slot;
  guint       level;
  guint       pair;
  guint       attempt;
  double      rate;
  gint64      warm_up_us;
  gint64      count_us;
  guint64     seed;  /* both of a pair are asked the same */
} SyLoadOrder;

/**
 * SyLoadProtocol:
 *
 * First a ramp for each backend, in turn: steps that are half as much again,
 * until one does not hold. Then blocks at shares of the smaller of the two
 * capacities, in the order A B B A, so that what drifts is the same for both. A
 * step that others disturbed is repeated, at most twice. It knows no clock and
 * sends nothing: ask for an order, carry it out, tell what came of it.
 */
typedef struct _SyLoadProtocol SyLoadProtocol;

/* The full protocol (three levels, six pairs, about twelve minutes) or the quick
 * one (one level, six shorter pairs, about four). Sets no objective and rates. */
void             sy_load_protocol_plan_init     (SyLoadProtocolPlan *plan, gboolean quick);

SyLoadProtocol  *sy_load_protocol_new           (const SyLoadProtocolPlan *plan);
void             sy_load_protocol_free          (SyLoadProtocol *self);
const SyLoadProtocolPlan *sy_load_protocol_get_plan (SyLoadProtocol *self);

/* FALSE: it is over. The same order until it has been reported. */
gboolean         sy_load_protocol_get_order     (SyLoadProtocol *self, SyLoadOrder *ret);

/* Takes @step, which must answer the present order; judges it. */
void             sy_load_protocol_report        (SyLoadProtocol *self, SyLoadStep *step);

/* (element-type SyLoadStep) (transfer none), in the order they were done */
const GPtrArray *sy_load_protocol_get_steps     (SyLoadProtocol *self);

/* What the ramp found; UNKNOWN while it runs. */
SyLoadCapacity   sy_load_protocol_get_capacity  (SyLoadProtocol *self, guint side);

/* Of the step that did not hold; SY_LOAD_HOLDS: the ramp ended at its largest rate. */
SyLoadLimit      sy_load_protocol_get_limit     (SyLoadProtocol *self, guint side);

/* Requests/s of a level; NAN while the ramp runs or where it found nothing. */
double           sy_load_protocol_get_rate      (SyLoadProtocol *self, guint level);

/* Time that is left, about: a ramp may end with any step. */
gint64           sy_load_protocol_get_remaining (SyLoadProtocol *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyLoadProtocol, sy_load_protocol_free)

G_END_DECLS
