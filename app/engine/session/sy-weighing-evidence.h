/* sy-weighing-evidence.h: what else was measured beside what was compared
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-decision-parts.h"
#include "sy-weighing.h"

G_BEGIN_DECLS

/* Throughput and the quantiles p50, p95 and p99 of both, over the evidence of the
 * verdict, less the one that it compares; a quantile for which one side has too
 * few requests is left out. They have ids from "e@first" on. Empty before there is
 * evidence. (transfer full) (element-type SyEvidence) */
GPtrArray *sy_weighing_dup_evidence (SyWeighing *weighing, guint first);

G_END_DECLS
