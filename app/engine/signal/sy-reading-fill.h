/* sy-reading-fill.h: from sums to the numbers of a reading
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-process.h"
#include "sy-reading.h"

G_BEGIN_DECLS

/* What is of this instant. */
void sy_reading_fill_levels (SyReading *ret, const SySignalPlan *plan, const SySums *now);

/* What happened between the two, of one process and one plan, @now later. */
void sy_reading_fill_rates  (SyReading *ret, const SySignalPlan *plan, const SySums *base, const SySums *now);

G_END_DECLS
