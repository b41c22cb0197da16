/* sy-worker-source.h: a source that has a worker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-source.h"

G_BEGIN_DECLS

typedef struct _SyWorkerKind SyWorkerKind; /* sy-worker.h */

#define SY_TYPE_WORKER_SOURCE (sy_worker_source_get_type ())
G_DECLARE_DERIVABLE_TYPE (SyWorkerSource, sy_worker_source, SY, WORKER_SOURCE, SySource)

/**
 * SyWorkerSource:
 *
 * What all sources that ask or listen on a thread of their own have in common:
 * they start and join it, and look at it from outside. A subclass says what the
 * thread does.
 */
struct _SyWorkerSourceClass
{
  SySourceClass parent_class;

  /* @kind (out) is static; returns: (transfer full), its job. */
  gpointer (*new_job) (SyWorkerSource *self, const SyWorkerKind **kind);

  gpointer padding[4];
};

G_END_DECLS
