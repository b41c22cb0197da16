/* sy-sample-sieve.c: which samples of an answer speak of now, and once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-sample-sieve.h"

#include <math.h>

#define USEC_PER_SEC 1e6
#define MAX_AWAY_SECONDS 600

/* Of one series, by its id. */
typedef struct {
  guint turn;  /* the filling in which a sample of it was seen */
  guint index; /* of the sample that passes */
} Mark;

struct _SySampleSieve
{
  GArray         *marks;    /* owned, element-type Mark */
  guint           turn;
  const SySeries *repeated; /* borrowed, nullable */
  const SySeries *foreign;  /* borrowed, nullable */
};

SySampleSieve *
sy_sample_sieve_new (void)
{
  SySampleSieve *self = g_new0 (SySampleSieve, 1);

  self->marks = g_array_new (FALSE, TRUE, sizeof (Mark));
  return self;
}

void
sy_sample_sieve_free (SySampleSieve *self)
{
  g_array_unref (self->marks);
  g_free (self);
}

static Mark *
get_mark (SySampleSieve  *self,
          const SySeries *series)
{
  if (series->id >= self->marks->len)
    g_array_set_size (self->marks, series->id + 1);

  return &g_array_index (self->marks, Mark, series->id);
}

static gboolean
is_foreign (const SySample *sample,
            gint64          wall_us)
{
  return wall_us > 0 && isfinite (sample->timestamp)
         && fabs (sample->timestamp - (double) wall_us / USEC_PER_SEC) > MAX_AWAY_SECONDS;
}

void
sy_sample_sieve_fill (SySampleSieve      *self,
                      const SyExposition *exposition,
                      gint64              wall_us)
{
  guint n;
  const SySample *samples = sy_exposition_get_samples (exposition, &n);

  self->turn++;
  self->repeated = NULL;
  self->foreign = NULL;

  for (guint i = 0; i < n; i++)
    {
      Mark *mark = get_mark (self, samples[i].series);

      if (is_foreign (&samples[i], wall_us))
        {
          self->foreign = self->foreign != NULL ? self->foreign : samples[i].series;
          continue;
        }

      if (mark->turn == self->turn)
        {
          self->repeated = self->repeated != NULL ? self->repeated : samples[i].series;
          /* NAN is later than nothing */
          if (!(samples[i].timestamp > samples[mark->index].timestamp))
            continue;
        }

      *mark = (Mark) { self->turn, i };
    }
}

gboolean
sy_sample_sieve_passes (const SySampleSieve *self,
                        const SySample      *samples,
                        guint                index)
{
  const Mark *mark = &g_array_index (self->marks, Mark, samples[index].series->id);

  return mark->turn == self->turn && mark->index == index;
}

const SySeries *
sy_sample_sieve_get_repeated (const SySampleSieve *self)
{
  return self->repeated;
}

const SySeries *
sy_sample_sieve_get_foreign (const SySampleSieve *self)
{
  return self->foreign;
}
