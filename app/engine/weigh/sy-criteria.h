/* sy-criteria.h: the criteria of one decision and what they say together
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-evidence-class.h"

G_BEGIN_DECLS

/* Values are 0 … 100 on scales that were anchored before (sy-value-function.h).
 * A value that is not known is NAN: it enters with the whole range of doubt. */
typedef struct {
  char           *id;         /* (owned): "tail-latency", stable in files */
  char           *label;      /* (owned): for people */
  char           *factor;     /* (owned) (nullable): what it pays for, when money can: "hosting" */
  char           *reason;     /* (owned) (nullable): why somebody judged so */
  SyEvidenceClass cls;
  double          a;
  double          b;
  double          half_width; /* how far off each may be */
} SyCriterion;

SyCriterion *sy_criterion_new  (const char *id, const char *label, SyEvidenceClass cls);
void         sy_criterion_free (SyCriterion *self);

/* What the priorities make of the criteria. */
typedef struct {
  double score_difference; /* sum of weight x (a - b) / 100; above 0 for A */
  double p_a_first;        /* with fixed scores */
  double p_a_uncertain;    /* with the doubt about the scores; the one to show */
  double measured_share;   /* of the weight, 0 … 1 */
} SyCriteriaResult;

#define SY_CRITERIA_DRAWS 4000
#define SY_CRITERIA_SEED 7
#define SY_CRITERIA_LITTLE_MEASURED 0.5 /* N-JUDGED below it */

typedef enum {
  SY_LEANING_DEPENDS, /* on what matters */
  SY_LEANING_LEANS,   /* 80 of 100 readings */
  SY_LEANING_CLEAR,   /* 95 of 100 */
} SyLeaning;

/* @criteria: (element-type SyCriterion). @order: by falling priority, NULL when
 * none is stated (the weights are equal then). @n_draws and @seed make
 * p_a_uncertain. */
void      sy_criteria_weigh   (GPtrArray *criteria, const guint *order, guint n_draws, guint64 seed,
                               SyCriteriaResult *ret_result);

/* The same with stated weights (sum 1): p_a_first is 0, 0.5 or 1, and
 * p_a_uncertain the share of score draws. */
void      sy_criteria_weigh_stated (GPtrArray *criteria, const double *weights, guint n_draws, guint64 seed,
                                    SyCriteriaResult *ret_result);

/* By how much of the weight measurements speak. */
double    sy_criteria_measured_share (GPtrArray *criteria, const double *weights);

/* R-DOUBLE: the first criterion whose factor is also paid for in @monetised
 * (NULL-terminated), NULL when each factor counts once. (transfer none) */
const SyCriterion *sy_criteria_find_double (GPtrArray *criteria, const char *const *monetised);

/* How sure: @p is the share for one side, 0 … 1, whichever it is. */
SyLeaning sy_leaning (double p);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyCriterion, sy_criterion_free)

G_END_DECLS
