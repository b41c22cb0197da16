/* sy-effect.h: one quantity of A over B, and what it decides
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SY_VERDICT_TOO_EARLY,
  SY_VERDICT_NOT_COMPARABLE,
  SY_VERDICT_TOO_CLOSE,         /* the interval does not decide yet */
  SY_VERDICT_PRACTICALLY_EQUAL, /* the interval lies within the smallest effect that matters */
  SY_VERDICT_A_AHEAD,
  SY_VERDICT_B_AHEAD,
} SyVerdictState;

/* What a statement about one load rests on. */
typedef enum {
  SY_LOAD_BASIS_NONE,
  SY_LOAD_BASIS_MOMENT,   /* both carried it at the same time */
  SY_LOAD_BASIS_WINDOWS,  /* windows of the same load, whenever they were */
  SY_LOAD_BASIS_TRIAL,    /* blocks of a load trial, asked of both alike */
  SY_LOAD_BASIS_INFERRED, /* no load was carried by both: it follows from which of them carried more */
} SyLoadBasis;

/* One quantity of A over B, valid at any time one looks. Lower is better. */
typedef struct {
  SyVerdictState state;
  const char    *what;      /* (borrowed), static: "p95 latency" */
  const char    *unit;      /* (borrowed), static: "s" */
  guint          n_windows; /* pairs behind it */
  double         value[2];  /* of each backend in the typical (geometric mean) of them; NAN: not known */
  double         ratio;     /* A / B, and where it lies with 1 - alpha; NAN without evidence */
  double         low;
  double         high;
  SyLoadBasis    basis;
  double         load[2];   /* requests/s, from and to, for which it was measured; NAN: for none that both carried */
} SyEffect;

/* No evidence: TOO_EARLY. */
void          sy_effect_init          (SyEffect *self);

/* "too-early", "not-comparable", "too-close", "practically-equal", "a-ahead",
 * "b-ahead". */
const char   *sy_verdict_state_nick   (SyVerdictState state);

/* The word of steelyard.decision/1: NOT_YET, REFUSED, PRACTICALLY_EQUAL,
 * A_AHEAD, B_AHEAD. */
const char   *sy_verdict_state_code   (SyVerdictState state);

/* "none", "moment", "windows", "load-trial", "inferred". */
const char   *sy_load_basis_nick      (SyLoadBasis basis);

/* The same of B over A. */
void          sy_effect_swap          (SyEffect *self);

/* A_AHEAD for B_AHEAD and the other way round; the rest stays. */
SyVerdictState sy_verdict_state_swap  (SyVerdictState state);

G_END_DECLS
