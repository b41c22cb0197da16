/* sy-compare-report.h: the verdict of steelyard-cli compare
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-weighing.h"

G_BEGIN_DECLS

/* What the comparison was asked to do, to be said with its answer. */
typedef struct {
  const char *load;     /* workload profile; NULL: whatever load there was */
  double      rate;     /* requests/s; 0: the profile's own */
  gint64      from_us;  /* wall time */
  gint64      to_us;
} SyCompareRun;

/* Lines for people. (transfer full) */
char *sy_compare_report_to_text (SyWeighing *weighing, const SyCompareRun *run);

/* The measured part of a decision report, schema steelyard.decision/1, in one
 * line. (transfer full) */
char *sy_compare_report_to_json (SyWeighing *weighing, const SyCompareRun *run);

G_END_DECLS
