/* sy-sse-job.h: what a worker does that listens to server-sent events
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-stream-limits.h"
#include "sy-worker.h"

G_BEGIN_DECLS

extern const SyWorkerKind sy_sse_kind;

/* The job of sy_sse_kind. (transfer full) */
gpointer sy_sse_job_new (const SyStreamLimits *limits);

G_END_DECLS
