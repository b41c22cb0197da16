/* sy-reference-sampler.c: readings, now and of the last minutes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-reference-sampler.h"

typedef struct {
  guint64  seq;
  char    *json; /* owned */
} Sample;

struct _SyReferenceSampler {
  const SyReferenceIdentity *identity; /* borrowed */
  SyReferenceMetrics        *metrics;  /* owned */
  SyReferenceModel          *model;    /* owned */
  GQueue                     samples;  /* of Sample, owned; oldest first */
  guint64                    seq;
};

static void
sample_free (gpointer data)
{
  Sample *sample = data;

  g_free (sample->json);
  g_free (sample);
}

SyReferenceSampler *
sy_reference_sampler_new (const SyReferenceIdentity *identity,
                          SyReferenceMetrics        *metrics,
                          SyReferenceModel          *model)
{
  SyReferenceSampler *self = g_new0 (SyReferenceSampler, 1);

  self->identity = identity;
  self->metrics = sy_reference_metrics_ref (metrics);
  self->model = g_object_ref (model);
  g_queue_init (&self->samples);

  return self;
}

void
sy_reference_sampler_free (SyReferenceSampler *self)
{
  g_queue_clear_full (&self->samples, sample_free);
  g_object_unref (self->model);
  sy_reference_metrics_unref (self->metrics);
  g_free (self);
}

const SyReferenceIdentity *
sy_reference_sampler_get_identity (const SyReferenceSampler *self)
{
  return self->identity;
}

SyReferenceMetrics *
sy_reference_sampler_get_metrics (const SyReferenceSampler *self)
{
  return self->metrics;
}

void
sy_reference_sampler_read (SyReferenceSampler *self,
                           SyReferenceReading *reading)
{
  *reading = (SyReferenceReading) {
    .identity = self->identity,
    .wall_us = g_get_real_time (),
    .monotonic_us = g_get_monotonic_time (),
    .seq = ++self->seq,
  };
  sy_reference_metrics_read (self->metrics, &reading->counts);
  sy_reference_model_get_state (self->model, &reading->model);
  sy_process_stats_read (&reading->process);
}

char *
sy_reference_sampler_snapshot (SyReferenceSampler *self,
                               const char         *type,
                               guint64            *seq)
{
  g_auto(SyReferenceReading) reading;

  sy_reference_sampler_read (self, &reading);
  if (seq != NULL)
    *seq = reading.seq;

  return sy_reference_reading_to_json (&reading, type);
}

void
sy_reference_sampler_keep (SyReferenceSampler *self)
{
  Sample *sample = g_new0 (Sample, 1);

  sample->json = sy_reference_sampler_snapshot (self, NULL, &sample->seq);
  g_queue_push_tail (&self->samples, sample);

  if (self->samples.length > SY_REFERENCE_HISTORY)
    sample_free (g_queue_pop_head (&self->samples));
}

guint64
sy_reference_sampler_get_seq (const SyReferenceSampler *self)
{
  return self->seq;
}

void
sy_reference_sampler_replay (SyReferenceSampler    *self,
                             guint64                after,
                             SyReferenceSampleFunc  func,
                             gpointer               user_data)
{
  for (GList *l = self->samples.head; l != NULL; l = l->next)
    {
      const Sample *sample = l->data;

      if (sample->seq > after)
        func (sample->seq, sample->json, user_data);
    }
}
