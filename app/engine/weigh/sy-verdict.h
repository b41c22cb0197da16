/* sy-verdict.h: what may be said of two backends, and why
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-gate.h"

G_BEGIN_DECLS

typedef enum {
  SY_VERDICT_TOO_EARLY,
  SY_VERDICT_NOT_COMPARABLE,
  SY_VERDICT_TOO_CLOSE,         /* the interval does not decide yet */
  SY_VERDICT_PRACTICALLY_EQUAL, /* the interval lies within the smallest effect that matters */
  SY_VERDICT_A_AHEAD,
  SY_VERDICT_B_AHEAD,
} SyVerdictState;

/* One quantity of A over B, valid at any time one looks. Lower is better. */
typedef struct {
  SyVerdictState state;
  const char    *what;      /* (borrowed), static: "p95 latency" */
  const char    *unit;      /* (borrowed), static: "s" */
  guint          n_windows; /* pairs behind it */
  double         value[2];  /* of each backend over all of them; NAN: not known */
  double         ratio;     /* A / B, and where it lies with 1 - alpha; NAN without evidence */
  double         low;
  double         high;
} SyEffect;

/**
 * SyVerdict:
 *
 * A plain value that owns its texts. @time is what the pairs of simultaneous
 * windows say; it is NOT_COMPARABLE where a gate refuses that. @load is what is
 * said at equal load, from windows of the same load whenever they were or from
 * quantities that do not depend on it; TOO_EARLY where nothing can be said.
 */
typedef struct {
  SyVerdictState state;       /* of @time, with hysteresis */
  SyEffect       time;
  SyEffect       load;
  double         minutes;     /* of evidence */
  double         requests[2];
  double         cpu_per_request[2]; /* seconds; NAN */
  double         alpha;       /* 0.05 */
  double         min_effect;  /* 0.05: what is smaller does not matter */
  guint          more_windows; /* about how many more would decide; 0: decided, or cannot be said */
  GPtrArray     *gates;       /* (owned) (element-type SyGate), in order of codes, also those that were passed */
  GPtrArray     *reasons;     /* (owned) (element-type utf8): what it rests on */
  GPtrArray     *against;     /* (owned) (element-type utf8): what stands against it */
  char          *would_change; /* (owned): what would change its mind */
} SyVerdict;

/* TOO_EARLY, without evidence. */
SyVerdict    *sy_verdict_new          (void);
SyVerdict    *sy_verdict_copy         (const SyVerdict *self);
void          sy_verdict_free         (SyVerdict *self);
const SyGate *sy_verdict_find_gate    (const SyVerdict *self, SyGateCode code); /* (nullable) (transfer none) */

/* "too-early", "not-comparable", "too-close", "practically-equal", "a-ahead",
 * "b-ahead". */
const char   *sy_verdict_state_nick   (SyVerdictState state);

/* The word of steelyard.decision/1: NOT_YET, REFUSED, PRACTICALLY_EQUAL,
 * A_AHEAD, B_AHEAD. */
const char   *sy_verdict_state_code   (SyVerdictState state);

/* A_AHEAD for B_AHEAD and the other way round; the rest stays. */
SyVerdictState sy_verdict_state_swap  (SyVerdictState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyVerdict, sy_verdict_free)

G_END_DECLS
