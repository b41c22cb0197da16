/* sy-thread-model.h: a pool of threads under one global lock
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-reference-model.h"

G_BEGIN_DECLS

#define SY_TYPE_THREAD_MODEL (sy_thread_model_get_type ())
G_DECLARE_FINAL_TYPE (SyThreadModel, sy_thread_model, SY, THREAD_MODEL, SyReferenceModel)

/**
 * SyThreadModel:
 *
 * A fixed pool of worker threads takes tasks from one bounded queue. A worker
 * holds the global lock while it does interpreted work and looks after every
 * work unit whether another wants it; it releases the lock while it waits or
 * does native work. Accepting, reading and writing belong to the server's own
 * thread and need no lock.
 */

/* @n_workers and @max_queued >= 1. */
SyReferenceModel *sy_thread_model_new (SyReferenceMetrics *metrics,
                                       guint               n_workers,
                                       guint               max_queued,
                                       gint64              switch_interval_us);

G_END_DECLS
