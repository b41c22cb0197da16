/* sy-exposition-build.h: an exposition that was not read from a text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-exposition.h"
#include "sy-families.h"

G_BEGIN_DECLS

/* The series of @name with @labels in @table, made when it is new; NULL when
 * the table is full. The same words always give the same series. */
const SySeries *sy_series_table_add   (SySeriesTable *table, const char *name, const SyLabel *labels, guint n_labels);

/* Adds a family, or finds the one of that name. Returns: its index */
guint           sy_families_add       (SyFamilies *self, const SyFamily *family);

/* Samples with series of @table and families of @families, as if a text had
 * said so; @families must not change afterwards. They have no lines and no
 * exemplars. @samples (transfer full, from g_new()) */
SyExposition   *sy_exposition_build   (SyFormat       format,
                                       SySeriesTable *table,
                                       SyFamilies    *families,
                                       SySample      *samples,
                                       guint          n_samples);

G_END_DECLS
