/* sy-series-table.h: names and labels, read once and remembered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *name;  /* unescaped UTF-8 */
  const char *value; /* unescaped UTF-8, may hold NUL only as an error */
} SyLabel;

/**
 * SySeries:
 *
 * One name with one set of labels. Immutable once made; the address is its
 * identity for as long as its table lives, and @id counts from 0 in the order
 * of first sight, so arrays may be indexed by it.
 */
typedef struct {
  guint          id;
  const char    *name;
  const SyLabel *labels;   /* as written, without le and quantile moved */
  guint          n_labels;
  double         le;       /* upper bound of a bucket, NAN when there is no readable `le` */
  double         quantile; /* NAN when there is no readable `quantile` */
} SySeries;

/* The value of label @name, or NULL. */
const char    *sy_series_get_label (const SySeries *self, const char *name);

/**
 * SySeriesTable:
 *
 * Remembers every series of one target, keyed by the raw bytes that spelled
 * it, and the order in which the last scrape listed them: a steady target
 * costs one memory comparison a sample and no allocation.
 *
 * Reference-counted atomically. One thread at a time may parse with it; what
 * it has handed out may be read from any thread.
 */
typedef struct _SySeriesTable SySeriesTable;

SySeriesTable *sy_series_table_new   (guint max_series); /* distinct series, ever; 0: 50 000 */
SySeriesTable *sy_series_table_ref   (SySeriesTable *self);
void           sy_series_table_unref (SySeriesTable *self);
guint          sy_series_table_size  (const SySeriesTable *self);
const SySeries *sy_series_table_get  (const SySeriesTable *self, guint id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SySeriesTable, sy_series_table_unref)

G_END_DECLS
