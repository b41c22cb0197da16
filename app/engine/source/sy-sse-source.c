/* sy-sse-source.c: listens to server-sent events
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-sse-source.h"

#include "sy-sse-job.h"

struct _SySseSource
{
  SyWorkerSource parent_instance;

  SyStreamLimits limits;
};

G_DEFINE_FINAL_TYPE (SySseSource, sy_sse_source, SY_TYPE_WORKER_SOURCE)

static gpointer
sy_sse_source_new_job (SyWorkerSource      *source,
                       const SyWorkerKind **kind)
{
  *kind = &sy_sse_kind;
  return sy_sse_job_new (&SY_SSE_SOURCE (source)->limits);
}

static void
sy_sse_source_class_init (SySseSourceClass *klass)
{
  SY_WORKER_SOURCE_CLASS (klass)->new_job = sy_sse_source_new_job;
}

static void
sy_sse_source_init (SySseSource *self)
{
  self->limits = SY_STREAM_LIMITS_DEFAULT;
}

SySource *
sy_sse_source_new (SyUrl   *url,
                   SyClock *clock)
{
  return g_object_new (SY_TYPE_SSE_SOURCE, "url", url, "clock", clock, NULL);
}

void
sy_sse_source_set_limits (SySseSource          *self,
                          const SyStreamLimits *limits)
{
  self->limits = *limits;
}
