/* sy-otlp-source.c: listens for the pushes of one service
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-otlp-source.h"

#include "sy-otlp-job.h"

#define PATIENCE_US (10 * SY_USEC_PER_SEC)

struct _SyOtlpSource
{
  SyWorkerSource parent_instance;

  char         *service;  /* (owned) (nullable) */
  char         *instance; /* (owned) (nullable) */
  SyOtlpLimits  limits;
  gint64        patience_us;
};

G_DEFINE_FINAL_TYPE (SyOtlpSource, sy_otlp_source, SY_TYPE_WORKER_SOURCE)

static gpointer
sy_otlp_source_new_job (SyWorkerSource      *source,
                        const SyWorkerKind **kind)
{
  SyOtlpSource *self = SY_OTLP_SOURCE (source);

  *kind = &sy_otlp_kind;
  return sy_otlp_job_new (self->service, self->instance, &self->limits, self->patience_us);
}

static void
sy_otlp_source_finalize (GObject *object)
{
  SyOtlpSource *self = SY_OTLP_SOURCE (object);

  g_free (self->service);
  g_free (self->instance);

  G_OBJECT_CLASS (sy_otlp_source_parent_class)->finalize (object);
}

static void
sy_otlp_source_class_init (SyOtlpSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sy_otlp_source_finalize;
  SY_WORKER_SOURCE_CLASS (klass)->new_job = sy_otlp_source_new_job;
}

static void
sy_otlp_source_init (SyOtlpSource *self)
{
  self->limits = SY_OTLP_LIMITS_DEFAULT;
  self->patience_us = PATIENCE_US;
}

SySource *
sy_otlp_source_new (SyUrl      *url,
                    const char *service,
                    const char *instance,
                    SyClock    *clock)
{
  SyOtlpSource *self = g_object_new (SY_TYPE_OTLP_SOURCE, "url", url, "clock", clock, NULL);

  self->service = g_strdup (service);
  self->instance = g_strdup (instance);
  return SY_SOURCE (self);
}

void
sy_otlp_source_set_limits (SyOtlpSource       *self,
                           const SyOtlpLimits *limits)
{
  self->limits = *limits;
}

void
sy_otlp_source_set_patience (SyOtlpSource *self,
                             gint64        patience_us)
{
  self->patience_us = patience_us;
}
