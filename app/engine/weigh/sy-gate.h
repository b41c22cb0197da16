/* sy-gate.h: what must hold before a comparison means anything
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SY_GATE_FEW,         /* too few windows */
  SY_GATE_N,           /* too few requests for the percentile */
  SY_GATE_LOAD,        /* different offered load */
  SY_GATE_MIX,         /* different endpoints */
  SY_GATE_WARM,        /* just started, or still changing */
  SY_GATE_ERRORS,
  SY_GATE_CO,          /* a closed-loop client: coordinated omission */
  SY_GATE_GENERATOR,   /* the load generator, or what it could not send, was in the way */
  SY_GATE_BUCKET,      /* the buckets are coarser than the difference */
  SY_GATE_INF,         /* the percentile lies beyond the last bucket */
  SY_GATE_LITTLE,      /* in flight, throughput and latency contradict each other */
  SY_GATE_LIMITS,      /* different cores or memory allowed */
  SY_GATE_SAMEHOST,
  SY_GATE_CHANGED,     /* a restart within the evidence */
  SY_GATE_EXTRAP,      /* beyond what was measured */
  SY_GATE_FIT,
  SY_GATE_PRICE_STALE,
  SY_GATE_FX,
  SY_GATE_UNIT,
  SY_GATE_DOUBLE,      /* one factor, counted twice */
  SY_GATE_CR,          /* pairwise judgements that contradict each other */
  SY_GATE_NOWEIGHTS,
  SY_GATE_NEGLIGIBLE,  /* a result, not a fault: the difference is too small to matter */
  SY_GATE_JUDGED,
  SY_N_GATES
} SyGateCode;

/* What follows from a gate, the gravest last. */
typedef enum {
  SY_GATE_PASSED,
  SY_GATE_NOTICE,   /* said beside the verdict */
  SY_GATE_WITHHOLD, /* no winner yet; it may pass later by itself */
  SY_GATE_REFUSE,   /* no comparison of this kind */
} SyGateEffect;

typedef struct {
  SyGateCode   code;
  SyGateEffect effect;
  char        *name;     /* (owned): "R-LOAD", "R-N-P99" */
  double       value;    /* what was found; NAN: not known, or no number */
  double       limit;    /* NAN: none */
  char        *message;  /* (owned): what is the matter, or that it holds */
  char        *evidence; /* (owned): the numbers it rests on */
  char        *remedy;   /* (owned) (nullable): what to do about it */
} SyGate;

/* The texts are copied; the remedy is the code's own. (transfer full) */
SyGate     *sy_gate_new       (SyGateCode code, SyGateEffect effect, double value, double limit,
                               const char *message, const char *evidence);

/* Where the code alone says too little: "R-N-P99". */
void        sy_gate_set_name  (SyGate *self, const char *name);
SyGate     *sy_gate_copy      (const SyGate *self);
void        sy_gate_free      (SyGate *self);

/* "R-LOAD", "N-NEGLIGIBLE". */
const char *sy_gate_code_name (SyGateCode code);

/* What to do where the gate is not passed. */
const char *sy_gate_code_remedy (SyGateCode code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyGate, sy_gate_free)

G_END_DECLS
