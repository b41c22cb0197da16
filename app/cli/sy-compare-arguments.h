/* sy-compare-arguments.h: what steelyard-cli compare was asked for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-report-file.h"

G_BEGIN_DECLS

typedef enum { SY_EXPECT_NOTHING, SY_EXPECT_A, SY_EXPECT_B, SY_EXPECT_EQUAL } SyExpectation;

typedef struct {
  char        **addresses;   /* owned: one or two */
  char        **consents;    /* owned, nullable */
  char         *load;        /* owned, nullable: a workload */
  char         *rate;        /* owned, nullable: of that load, as it was written */
  char         *protocol;    /* owned, nullable: "full" or "quick" */
  char         *report_path; /* owned, nullable */
  SyReportFile  report;      /* its path is NULL without one */
  SyExpectation expected;
  gboolean      json;
  gboolean      is_replay;   /* recordings, and nothing that runs now */
  gint64        duration_us; /* 0: nobody said */
  gint64        give_up_us;
  double        warm_up;     /* seconds; below 0: nobody said */
} SyCompareArguments;

/* Fills @self, which begins as { NULL }. Returns an exit status; what is wrong is
 * said. Whether a load may be asked for is not looked at: see sy-load-check.h. */
int  sy_compare_arguments_parse (SyCompareArguments *self, int *argc, char ***argv);
void sy_compare_arguments_clear (SyCompareArguments *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyCompareArguments, sy_compare_arguments_clear)

G_END_DECLS
