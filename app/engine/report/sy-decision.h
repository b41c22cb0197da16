/* sy-decision.h: one decision, with everything it rests on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-criteria.h"
#include "sy-decision-parts.h"
#include "sy-verdict.h"

G_BEGIN_DECLS

#define SY_DECISION_DRAWS 20000
#define SY_DECISION_SEED 20260801

typedef enum {
  SY_DECISION_NOT_YET,
  SY_DECISION_REFUSED,
  SY_DECISION_PRACTICALLY_EQUAL,
  SY_DECISION_A_AHEAD,
  SY_DECISION_B_AHEAD,
  SY_DECISION_DEPENDS,            /* on the priorities */
} SyDecisionState;

typedef struct {
  SyHostingMonth  month[2];
  SyOwnership     ownership[2];
  double          difference;     /* net present value, A less B; NAN: cannot be said */
  SyMonteCarlo    monte_carlo;
  double         *draws;          /* (owned): of the difference, in order */
  SyTornadoBar   *bars;           /* (owned): one for each doubt */
  double         *break_even;     /* (owned): for each of @break_evens; NAN: none in range */
  double         *p_stance;       /* (owned): A first, for each stance */
  double         *p_stance_sure;  /* (owned): the same without doubt about scores */
  double         *measured;       /* (owned): share of the weight, for each stance */
  double          p_free;         /* A first, nothing stated */
  SyDecisionState state;
  gboolean        indicative;     /* an amount in it is old: who is ahead may change with today's price */
} SyDecisionResult;

/**
 * SyDecision:
 *
 * Inputs that the owner fills, then sy_decision_compute(); the result follows
 * from the inputs alone, bit for bit, on every machine.
 */
typedef struct {
  char           *generated;      /* (owned) (nullable): ISO time */
  char           *currency;       /* (owned): ISO 4217 */
  char           *use_case;       /* (owned): for people */
  double          slo_threshold;  /* seconds */
  double          slo_share;
  char           *label[2];       /* (owned): by configuration, never by language */
  char           *target[2];      /* (owned) (nullable): URL without secrets */
  SyVerdict      *verdict;        /* (owned) (nullable): what was measured */
  GArray         *log_ratios;     /* (owned) (element-type double): of the pairs behind it; empty: not known */
  GPtrArray      *evidence;       /* (owned) (element-type SyEvidence) */
  GPtrArray      *gates;          /* (owned) (element-type SyGate): besides the verdict's: prices, rates, weights */
  GPtrArray      *traps;          /* (owned) (nullable) (element-type SyFoundTrap); NULL: nobody looked */
  SyOwnershipCase cost;
  GHashTable     *origins;        /* (owned) (element-type SyOrigin): by the name of the input of @cost */
  GPtrArray      *doubts;         /* (owned) (element-type SyDoubt) */
  GPtrArray      *break_evens;    /* (owned) (element-type utf8): names of parameters */
  GPtrArray      *criteria;       /* (owned) (element-type SyCriterion) */
  GPtrArray      *monetised;      /* (owned) (element-type utf8): factors that are paid for by a cost that counts */
  GPtrArray      *stances;        /* (owned) (element-type SyStance) */
  guint           n_draws;
  guint64         seed;
  guint           n_score_draws;
  guint64         score_seed;
  SyDecisionResult result;
} SyDecision;

SyDecision *sy_decision_new     (void);
void        sy_decision_free    (SyDecision *self);

/* The first of its own gates on money that has @effect: R-PRICE-STALE, R-FX,
 * R-UNIT. (transfer none) (nullable) */
const SyGate *sy_decision_find_money_gate (const SyDecision *self, SyGateEffect effect);

/* Each is owned by the decision. */
SyEvidence *sy_decision_add_evidence (SyDecision *self, const char *id, SyEvidenceClass cls, const char *what);
SyStance   *sy_decision_add_stance   (SyDecision *self, const char *id, const guint *order);

/* Where the value of an input comes from; without, where its default does. @observed
 * is a day, or NULL. */
void        sy_decision_set_origin   (SyDecision *self, const char *parameter, SyEvidenceClass cls, const char *source,
                                      const char *observed);

/* That traps were looked for at @side, and what was found (element-type SyTrap); copied. */
void        sy_decision_add_traps    (SyDecision *self, guint side, const GPtrArray *traps);
void        sy_decision_add_doubt    (SyDecision *self, const char *parameter, SyEvidenceClass cls, double low, double high);

/* Errors: SY_ERROR_INVALID for inputs that contradict themselves: a factor that
 * is scored and paid for (R-DOUBLE), an order that is none, a doubt about
 * nothing. */
gboolean    sy_decision_compute (SyDecision *self, GError **error);

/* "A_AHEAD", …: the words of steelyard.decision/1. */
const char *sy_decision_state_to_string (SyDecisionState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyDecision, sy_decision_free)

G_END_DECLS
