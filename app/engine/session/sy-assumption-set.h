/* sy-assumption-set.h: what a person states about a decision, as a value and a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-use-case.h"

G_BEGIN_DECLS

/* A number, where it comes from and where it may lie. NAN: not known. */
typedef struct {
  double          value;
  double          low;    /* NAN: no range stated */
  double          high;
  SyEvidenceClass cls;
  const char     *source; /* (nullable): for people; borrowed from who gave it */
  const char     *observed; /* (nullable): the day it is of, "2026-11-27"; borrowed likewise */
} SyAssumption;

/* What a person says of a criterion beside its checklist. */
typedef struct {
  double score[2];    /* of A and B, 0 … 100, instead of the checklist; NAN: none */
  double half_width;  /* how far off each may be; NAN: nobody said */
  char  *reason;      /* (owned) (nullable) */
} SyJudgement;

/* All of it. */
typedef struct {
  char       *use_case;         /* (owned) (nullable): id */
  char       *shape;            /* (owned) (nullable): of traffic, instead of the use case's */
  char       *currency;         /* (owned): ISO 4217 */
  GPtrArray  *order;            /* (owned) (nullable) (element-type utf8): ids of criteria instead of the use case's */
  guint       upgrade_years[2]; /* bit y: a forced upgrade in year y */
  GHashTable *values;           /* (owned): name to SyAssumption with a source of its own */
  GHashTable *judgements;       /* (owned): id of a criterion to SyJudgement */
  GHashTable *answers;          /* (owned): "CRITERION/ITEM/A" to SyCheckAnswer, those that are not open */
} SyAssumptionSet;

/* Nothing stated, US dollars. */
SyAssumptionSet *sy_assumption_set_new       (void);
void             sy_assumption_set_free      (SyAssumptionSet *self);

/* Copies. */
void             sy_assumption_set_put       (SyAssumptionSet *self, const char *name, const SyAssumption *value);

/* Made when it is not there. (transfer none) */
SyJudgement     *sy_assumption_set_judgement (SyAssumptionSet *self, const char *criterion);

/* "CRITERION/ITEM/A" or B. (transfer full) */
char            *sy_assumption_answer_key    (const char *criterion, const char *item, guint side);

/* steelyard.assumptions/1, read strictly; data/use-cases/README.md has it. What
 * was measured or priced is not in it: it is found anew each time. @name stands
 * for the text in messages. Errors: SY_ERROR_PARSE, SY_ERROR_INVALID, "NAME:
 * PLACE: why". (transfer full) */
SyAssumptionSet *sy_assumption_set_parse     (const char *name, const char *text, gsize length, GError **error);
char            *sy_assumption_set_format    (const SyAssumptionSet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyAssumptionSet, sy_assumption_set_free)

G_END_DECLS
