/* appraisal-fixture.h: two backends that say what a test wants, and an appraisal of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-appraisal.h"

G_BEGIN_DECLS

/* Where its manual clock begins, and the wall clock: the prices of the tree are new then. */
#define START_US (1000 * SY_USEC_PER_SEC)
#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)

/* For g_test_add(), with the two functions below. No backend at first. The test's
 * data: NULL, or a gint64 that the wall clock begins with. */
typedef struct
{
  SyClock       *clock;       /* (owned) */
  GListStore    *backends;    /* (owned) */
  SyAssumptions *assumptions; /* (owned) */
  SyAppraisal   *appraisal;   /* (owned) */
  double         count[2];
  double         slow[2];     /* share of the answers in the second bucket */
  double         cores[2];    /* that it uses; 0: it does not say */
  double         cpu[2];      /* seconds of them until now */
  guint          n_revisions;
} AppraisalFixture;

void appraisal_set_up      (AppraisalFixture *f, gconstpointer data);
void appraisal_tear_down   (AppraisalFixture *f, gconstpointer data);
void appraisal_add_backend (AppraisalFixture *f, const char *address, const char *name);

/* All that is due. */
void appraisal_iterate     (void);

/* Until what was asked for is computed. */
void appraisal_settle      (AppraisalFixture *f);

/* 200 requests in a second of each, none longer than 10 ms but the slow share. */
void appraisal_pass        (AppraisalFixture *f, guint seconds);

/* As a person would, known to within a tenth. */
void appraisal_state       (AppraisalFixture *f, const char *name, double value);

/* The criterion called @id; NULL: there is none. (transfer none) */
const SyCriterion *appraisal_find (const SyDecision *decision, const char *id);

G_END_DECLS
