/* sy-generator-report.h: what a load generator says of a load on two, as facts of fairness
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-fairness.h"

G_BEGIN_DECLS

/* Whether @line, of `steelyard-cli drive --json`, is the summary of a target. */
gboolean sy_generator_report_is_summary (const char *line);

/* @summaries: (element-type utf8), in the order of the targets, A first. What is no
 * summary is not known. */
void     sy_generator_report_read       (const GPtrArray *summaries, SyGeneratorFacts *ret);

G_END_DECLS
