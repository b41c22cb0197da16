/* sy-assumption-file.h: where what a person states is kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-assumption-set.h"

G_BEGIN_DECLS

/**
 * SyAssumptionFile:
 *
 * Reads a set once and writes it when the main loop is idle, and at the latest
 * when it is freed. A file with a mistake is told and left as it is: nothing is
 * written over it. One thread; not an object, SyAssumptions owns it.
 */
typedef struct _SyAssumptionFile SyAssumptionFile;

/* @path: NULL: kept nowhere. */
SyAssumptionFile *sy_assumption_file_new       (const char *path);

/* What is kept; NULL where there is nothing, or a mistake. (transfer full) (nullable) */
SyAssumptionSet  *sy_assumption_file_read      (SyAssumptionFile *self);

/* @set has changed: it is written when the main loop is idle. It must not be freed
 * before sy_assumption_file_free() or another call. */
void              sy_assumption_file_changed   (SyAssumptionFile *self, const SyAssumptionSet *set);

/* Writes at once what is not yet written. Errors: SY_ERROR_FAILED. */
gboolean          sy_assumption_file_write     (SyAssumptionFile *self, const SyAssumptionSet *set, GError **error);

/* Why it could not be read, or not be written; NULL: it could. (transfer none) */
const GError     *sy_assumption_file_get_error (SyAssumptionFile *self);

/* Writes what waits; a failure then is told as a message. */
void              sy_assumption_file_free      (SyAssumptionFile *self);

G_END_DECLS
