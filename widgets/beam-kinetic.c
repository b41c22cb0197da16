/* beam-kinetic.c: a movement that runs out
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * v' = -FRICTION v, solved exactly, so that the way does not depend on the frame
 * rate: all steps of one movement add up to velocity / FRICTION.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-kinetic.h"

#define FRICTION 4.0  /* 1/s, as GTK's own scrolled windows */
#define FASTEST  8000.0
#define SLOWEST  12.0 /* pixels a second: less is not seen as movement */

void
beam_kinetic_start (BeamKinetic *self,
                    double       velocity)
{
  *self = (BeamKinetic) { isfinite (velocity) ? CLAMP (velocity, -FASTEST, FASTEST) : 0, 0 };
}

double
beam_kinetic_step (BeamKinetic *self,
                   gint64       time_us)
{
  double seconds = (double) (time_us - self->time_us) / G_USEC_PER_SEC;
  double way;

  if (self->time_us == 0 || seconds <= 0)
    {
      self->time_us = MAX (self->time_us, time_us);
      return 0;
    }

  self->time_us = time_us;
  way = self->velocity * (1 - exp (-FRICTION * seconds)) / FRICTION;
  self->velocity *= exp (-FRICTION * seconds);
  if (fabs (self->velocity) < SLOWEST)
    {
      way += self->velocity / FRICTION;
      self->velocity = 0;
    }

  return way;
}

gboolean
beam_kinetic_is_on (const BeamKinetic *self)
{
  return self->velocity != 0;
}
