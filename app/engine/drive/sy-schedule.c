/* sy-schedule.c: when each request is due, drawn before the run
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rate is constant between the edges of steps and phases. Arrivals are
 * drawn on a scale where one request is due each unit of it (Poisson: the gaps
 * are exponential of mean 1; periodic: the middle of each unit, jittered), and
 * a cursor carries them over to time: within a segment of rate λ, a unit takes
 * 1/λ. That is the inversion method for a non-homogeneous Poisson process, and
 * it needs no rejection (Çinlar 1975).
 */
#define G_LOG_DOMAIN "steelyard-drive"

#include "config.h"

#include "sy-schedule.h"

#include <math.h>

#include "sy-random.h"

#define USEC_PER_SEC 1e6

/* Streams of the generator; a number is never reused for another purpose. */
enum {
  STREAM_GAPS = 1,
  STREAM_CLASSES,
  STREAM_IO,
  STREAM_CPU,
};

/* Where the inversion stands, and the segment it is in. */
typedef struct {
  const SyArrivalPattern *pattern;
  const double           *rates;
  guint                   n_rates;
  gint64                  duration_us;
  double                  now_us;
  guint                   step;
  gint64                  step_end_us;
  guint                   phase;
  gint64                  phase_end_us;
} Cursor;

static gint64
phase_length (const SyArrivalPattern *pattern,
              guint                   phase)
{
  return llround (pattern->seconds[phase] * USEC_PER_SEC);
}

static void
cursor_init (Cursor                 *self,
             const SyArrivalPattern *pattern,
             const double           *rates,
             guint                   n_rates,
             gint64                  duration_us)
{
  *self = (Cursor) { .pattern = pattern, .rates = rates, .n_rates = n_rates, .duration_us = duration_us };
  self->step_end_us = duration_us / n_rates;
  self->phase_end_us = pattern->seconds[0] > 0 ? phase_length (pattern, 0) : G_MAXINT64;
}

static double
cursor_rate (const Cursor *self)
{
  double factor = self->pattern->seconds[0] > 0 ? self->pattern->factor[self->phase] : 1;

  return self->rates[self->step] * factor;
}

/* Moves to the next segment; FALSE at the end of the run. */
static gboolean
cursor_next_segment (Cursor *self)
{
  gint64 edge = MIN (self->step_end_us, self->phase_end_us);

  if (edge >= self->duration_us)
    return FALSE;

  self->now_us = (double) edge;

  if (edge == self->step_end_us)
    {
      self->step++;
      self->step_end_us = self->step + 1 == self->n_rates
                            ? self->duration_us
                            : self->duration_us * (self->step + 1) / self->n_rates;
    }

  if (edge == self->phase_end_us)
    {
      self->phase = 1 - self->phase;
      self->phase_end_us += phase_length (self->pattern, self->phase);
    }

  return TRUE;
}

/* Moves on by @units of the scale where one request is due each unit. */
static gboolean
cursor_advance (Cursor *self,
                double  units)
{
  for (;;)
    {
      gint64 edge = MIN (MIN (self->step_end_us, self->phase_end_us), self->duration_us);
      double rate_per_us = cursor_rate (self) / USEC_PER_SEC;
      double left = rate_per_us * ((double) edge - self->now_us);

      if (units < left)
        {
          self->now_us += units / rate_per_us;
          return self->now_us < (double) self->duration_us;
        }

      units -= left;

      if (!cursor_next_segment (self))
        return FALSE;
    }
}

static guint16
draw_class (const SyWorkload *workload,
            double            weights,
            SyRandom         *random)
{
  double ticket = sy_random_uniform (random) * weights;

  for (guint i = 0; i + 1 < workload->n_classes; i++)
    {
      ticket -= workload->classes[i].weight;
      if (ticket < 0)
        return (guint16) i;
    }

  return (guint16) (workload->n_classes - 1);
}

/* A number is taken from the stream whatever the kind, so that streams of
 * different profiles stay in step. */
static float
draw_duration (const SyDraw *draw,
               SyRandom     *random)
{
  double drawn = sy_random_lognormal (random, 1, draw->sigma);

  if (draw->kind == SY_DRAW_FIXED)
    drawn = 1;

  return (float) (draw->median * MIN (drawn, SY_DRAW_MAX_MEDIANS));
}

/* The distance to the next arrival, in units; @offset keeps where in its unit
 * the last periodic arrival was. */
static double
draw_gap (const SyArrivalPattern *pattern,
          SyRandom               *random,
          double                 *offset)
{
  if (pattern->kind != SY_ARRIVAL_PERIODIC)
    return sy_random_exponential (random, 1);

  double next = 0.5 + pattern->jitter * (2 * sy_random_uniform (random) - 1);
  double gap = 1 + next - *offset;

  *offset = next;
  return gap;
}

SySchedule *
sy_schedule_new (const SyWorkload *workload,
                 const double     *rates,
                 guint             n_rates,
                 gint64            duration_us,
                 guint64           seed)
{
  g_autoptr (GArray) arrivals = g_array_new (FALSE, FALSE, sizeof (SyArrival));
  SyRandom gaps, classes, io, cpu;
  Cursor cursor;
  double weights = 0;
  double offset = 1; /* the unit before the first one ends where that begins */

  g_return_val_if_fail (n_rates > 0 && duration_us > 0, NULL);

  sy_random_init (&gaps, seed, STREAM_GAPS);
  sy_random_init (&classes, seed, STREAM_CLASSES);
  sy_random_init (&io, seed, STREAM_IO);
  sy_random_init (&cpu, seed, STREAM_CPU);
  cursor_init (&cursor, &workload->arrival, rates, n_rates, duration_us);

  for (guint i = 0; i < workload->n_classes; i++)
    weights += workload->classes[i].weight;

  while (cursor_advance (&cursor, draw_gap (&workload->arrival, &gaps, &offset)))
    {
      guint16 class_index = draw_class (workload, weights, &classes);
      SyArrival arrival = {
        .at_us = (gint64) cursor.now_us,
        .io = draw_duration (&workload->classes[class_index].io, &io),
        .cpu = draw_duration (&workload->classes[class_index].cpu, &cpu),
        .class_index = class_index,
      };

      g_array_append_val (arrivals, arrival);
    }

  SySchedule *self = g_new0 (SySchedule, 1);
  self->n = arrivals->len;
  self->duration_us = duration_us;
  self->arrivals = (SyArrival *) g_array_free (g_steal_pointer (&arrivals), FALSE);
  return self;
}

void
sy_schedule_free (SySchedule *self)
{
  g_free (self->arrivals);
  g_free (self);
}
