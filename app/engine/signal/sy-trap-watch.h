/* sy-trap-watch.h: the traps of one target, scrape after scrape
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-reading.h"

G_BEGIN_DECLS

/**
 * SyTrapWatch:
 *
 * Keeps the last scrape of a target to see what two of them show. What one
 * scrape shows is looked for when the mapping changes. A trap that comes and
 * goes stays for a minute. Not thread-safe: it belongs to the source's worker.
 */
typedef struct _SyTrapWatch SyTrapWatch;

SyTrapWatch     *sy_trap_watch_new      (void);
void             sy_trap_watch_free     (SyTrapWatch *self);

/* The next scrape of the target, what was recognised in it, what @reading was
 * made of it, and how many processes answer. */
void             sy_trap_watch_add      (SyTrapWatch *self, SyMapping *mapping, SyExposition *exposition,
                                         const SyReading *reading, guint n_processes);

/* The list is never changed, only replaced. (transfer none) (element-type SyTrap) */
GPtrArray       *sy_trap_watch_get      (SyTrapWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyTrapWatch, sy_trap_watch_free)

G_END_DECLS
