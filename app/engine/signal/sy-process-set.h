/* sy-process-set.h: the processes that answer one address
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-process.h"
#include "sy-reading.h"

G_BEGIN_DECLS

/**
 * SyProcessSet:
 *
 * Knows processes by their start time, and which of them answered last. Not
 * thread-safe.
 */
typedef struct _SyProcessSet SyProcessSet;

SyProcessSet *sy_process_set_new         (void);
void          sy_process_set_free        (SyProcessSet *self);

/* The process that @sums are of (not yet added to it). @gap: NONE, FIRST,
 * RESTART, OTHER_WORKER or RESET; what no longer compares is forgotten.
 * Returns: (transfer none) */
SyProcess    *sy_process_set_enter       (SyProcessSet *self, const SySums *sums, SyGap *gap);

/* Time goes on without an answer. */
void          sy_process_set_advance     (SyProcessSet *self, gint64 now_us);

/* Nothing is computed from what was before to what comes; who is who is still known. */
void          sy_process_set_part        (SyProcessSet *self);

/* (transfer none) (nullable) */
SyProcess    *sy_process_set_get_current (SyProcessSet *self);

/* Processes that answered within the last 60 s and were not replaced. */
guint         sy_process_set_get_n_alive (SyProcessSet *self);

G_END_DECLS
