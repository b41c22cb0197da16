/* sy-trap-scan.h: the traps that one or two scrapes of a target show
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-recogniser.h"

G_BEGIN_DECLS

/* What a single scrape shows, beside what the recogniser files say: added to
 * @ret (a list of traps). */
void sy_trap_scan        (const SyMapping *mapping, const SyExposition *exposition, GPtrArray *ret);

/* What only the change from @before to @now shows, two scrapes of one address
 * read by one series table and matched as @mapping. To @sure goes what two
 * scrapes prove, to @maybe what chance can do too: believe it when ten pairs in
 * a row say so. */
void sy_trap_scan_change (const SyMapping *mapping, const SyExposition *before, const SyExposition *now,
                          GPtrArray *sure, GPtrArray *maybe);

G_END_DECLS
