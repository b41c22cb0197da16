/* sy-calc-datasets.h: published measurements that models are checked with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Throughput at a number of requests in flight. */
typedef struct {
  const char   *name;
  const char   *source;
  guint         n;
  const double *load;
  const double *throughput;
} SyDataset;

/* By name ("cap.usl.cisco", "cisco"), NULL for none of ours. */
const SyDataset *sy_dataset_find (const char *name);

G_END_DECLS
