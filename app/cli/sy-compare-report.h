/* sy-compare-report.h: the verdict of steelyard-cli compare
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-verdict.h"
#include "sy-weighing.h"

G_BEGIN_DECLS

/* What the comparison was asked to do, to be said with its answer. */
typedef struct {
  const char *load;     /* workload profile; NULL: whatever load there was */
  double      rate;     /* requests/s; 0: the profile's own */
  gint64      from_us;  /* wall time */
  gint64      to_us;
} SyCompareRun;

/* What came out of it, in all its forms; { NULL } is none yet. */
typedef struct {
  SyVerdict *verdict; /* (owned) (nullable) */
  char      *text;    /* (owned) (nullable) */
  char      *json;    /* (owned) (nullable) */
} SyCompareAnswer;

void  sy_compare_answer_fill    (SyCompareAnswer *self, SyWeighing *weighing, const SyCompareRun *run);
void  sy_compare_answer_clear   (SyCompareAnswer *self);

/* Lines for people. (transfer full) */
char *sy_compare_report_to_text (SyWeighing *weighing, const SyCompareRun *run);

/* The measured part of a decision report, schema steelyard.decision/1, in one
 * line. (transfer full) */
char *sy_compare_report_to_json (SyWeighing *weighing, const SyCompareRun *run);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyCompareAnswer, sy_compare_answer_clear)

G_END_DECLS
