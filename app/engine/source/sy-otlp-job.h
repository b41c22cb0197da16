/* sy-otlp-job.h: what a worker does that listens for pushes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-otlp-receiver.h"
#include "sy-worker.h"

G_BEGIN_DECLS

extern const SyWorkerKind sy_otlp_kind;

/* The job of sy_otlp_kind. @service and @instance are nullable. (transfer full) */
gpointer sy_otlp_job_new (const char *service, const char *instance, const SyOtlpLimits *limits, gint64 patience_us);

G_END_DECLS
