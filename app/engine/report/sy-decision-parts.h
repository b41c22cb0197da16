/* sy-decision-parts.h: what a decision rests on, piece by piece
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-sensitivity.h"
#include "sy-trap.h"

G_BEGIN_DECLS

/* A piece of evidence. NAN and NULL: it has no such thing. */
typedef struct {
  char           *id;             /* (owned): "e1" */
  SyEvidenceClass cls;
  char           *what;           /* (owned) */
  char           *unit;           /* (owned) (nullable): of the values */
  double          value[2];       /* of A and B */
  double          low[2];         /* where they lie with 95 %, or between which bounds */
  double          high[2];
  gboolean        is_bounded;     /* those are the bounds of buckets: a quantile lies there for certain */
  double          log_ratio[2];   /* interval of ln (A / B) */
  gboolean        is_fixed;       /* of a number of pairs fixed beforehand, otherwise valid at every look */
  double          requests[2];
  guint           windows;        /* 0: it has none */
  char           *ref;            /* (owned) (nullable): id of a price */
  char           *price;          /* (owned) (nullable): decimal */
  char           *observed;       /* (owned) (nullable): day of the price */
  char           *grade;          /* (owned) (nullable) */
  char           *from;           /* (owned) (nullable): when it was measured, ISO 8601 in UTC */
  char           *to;             /* (owned) (nullable) */
} SyEvidence;

/* An order of priorities that somebody may have. */
typedef struct {
  char  *id;                      /* (owned): "mobile-api" */
  guint *order;                   /* (owned): criteria, the most important first */
} SyStance;

/* A range that the sensitivity looks at, and how strong its ends are. */
typedef struct {
  char           *parameter;      /* (owned) */
  SyEvidenceClass cls;
  double          low;
  double          high;           /* the value of the case lies between */
} SyDoubt;

/* Where the value of an input comes from. */
typedef struct {
  SyEvidenceClass cls;
  char           *source;         /* (owned): for people */
  char           *observed;       /* (owned) (nullable): the day of a price */
} SyOrigin;

/* Something that is easily misread. */
typedef struct {
  guint   side;                   /* 0: A, 1: B */
  SyTrap *trap;                   /* (owned) */
} SyFoundTrap;

/* Without an id; everything else is unknown. (transfer full) */
SyEvidence *sy_evidence_new (SyEvidenceClass cls, const char *what);
void sy_evidence_free   (SyEvidence *self);
void sy_stance_free     (SyStance *self);
void sy_doubt_free      (SyDoubt *self);
void sy_origin_free     (SyOrigin *self);
void sy_found_trap_free (SyFoundTrap *self);

G_END_DECLS
