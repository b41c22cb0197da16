/* sy-use-case.h: what matters for a kind of product
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-evidence-class.h"
#include "sy-traffic.h"

G_BEGIN_DECLS

/* Formats: data/use-cases/README.md. All values are immutable. */

/* A line of a checklist. */
typedef struct {
  char *id;     /* (owned) */
  char *text;   /* (owned): for people */
  char *factor; /* (owned) (nullable): the factor of cost that pays for the same */
} SyCheckItem;

/* What may be scored, and what 0 and 100 mean there. */
typedef struct {
  char           *id;      /* (owned): "tail-latency" */
  char           *label;   /* (owned) */
  char           *meaning; /* (owned) */
  char           *factor;  /* (owned) (nullable): the factor of cost that pays for the same */
  SyEvidenceClass cls;
  GPtrArray      *items;   /* (owned) (element-type SyCheckItem): empty for most */
} SyCriterionKind;

/* How far off a value of @cls may be, up and down, where nobody says how far: a
 * judgement is never exact, nor is a list of what somebody thought to ask. 0 of
 * what brings a range of its own. */
double sy_criterion_half_width (SyEvidenceClass cls);

typedef struct {
  char *criterion; /* (owned): id of a SyCriterionKind */
  char *why;       /* (owned) */
} SyPriority;

typedef struct {
  char          *id;            /* (owned) */
  char          *name;          /* (owned) */
  char          *summary;       /* (owned) */
  double         slo_threshold; /* seconds */
  double         slo_share;     /* 0 … 1 */
  char          *slo_why;       /* (owned) */
  SyTrafficShape shape;
  char          *shape_text;    /* (owned): as it stands in the file */
  double         growth;        /* of the peak, a year */
  char          *traffic_why;   /* (owned): of the shape */
  char          *growth_why;    /* (owned) (nullable): of the growth; the file does not say */
  char          *workload;      /* (owned) (nullable) */
  GPtrArray     *priorities;    /* (owned) (element-type SyPriority), the most important first */
} SyUseCase;

/* Read one text; @name stands for it in messages. Errors: SY_ERROR_PARSE,
 * SY_ERROR_INVALID, "NAME: member: why". Returns: (transfer full) */
SyUseCase *sy_use_case_new_from_data (const char *name, const char *text, gsize length, GError **error);
void       sy_use_case_free          (SyUseCase *self);

/* (transfer full) (element-type SyCriterionKind) */
GPtrArray *sy_criterion_kinds_new_from_data (const char *name, const char *text, gsize length, GError **error);

typedef enum {
  SY_CHECK_OPEN,
  SY_CHECK_YES,
  SY_CHECK_NO,
} SyCheckAnswer;

/* The value of a checklist, 0 … 100: the share of yes with half of what is open;
 * @ret_half_width is how far the open ones could move it. NAN, and the whole
 * range, without any line. */
double     sy_checklist_value (const SyCheckAnswer *answers, guint n, double *ret_half_width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyUseCase, sy_use_case_free)

G_END_DECLS
