/* beam-spring.c: a value that swings to its target and comes to rest
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A damped harmonic oscillator in closed form (any text on mechanics): with
 * the distance d from the target, the damped frequency w and the decay k,
 *   d(t) = exp (-k t) (d cos (w t) + (v + k d) / w sin (w t)).
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-spring.h"

/* Half a swing past the target is seen, a second one hardly. */
#define FREQUENCY 9.0 /* undamped, radians a second */
#define DAMPING   0.6

/* Nearer and slower than this nobody sees it move. */
#define AT_REST 5e-4

gboolean
beam_spring_advance (BeamSpring *self,
                     double      seconds)
{
  const double decay = DAMPING * FREQUENCY;
  const double swing = FREQUENCY * sqrt (1 - DAMPING * DAMPING);
  double distance = self->position - self->target;
  double kick, fade, c, s;

  if (!isfinite (distance) || !isfinite (self->velocity) || isnan (seconds))
    {
      self->position = self->target;
      self->velocity = 0;
      return FALSE;
    }

  seconds = CLAMP (seconds, 0, 60);
  kick = (self->velocity + decay * distance) / swing;
  fade = exp (-decay * seconds);
  c = cos (swing * seconds);
  s = sin (swing * seconds);

  self->position = self->target + fade * (distance * c + kick * s);
  self->velocity = fade * ((kick * swing - decay * distance) * c - (distance * swing + decay * kick) * s);

  if (fabs (self->position - self->target) < AT_REST && fabs (self->velocity) < AT_REST)
    {
      self->position = self->target;
      self->velocity = 0;
      return FALSE;
    }

  return TRUE;
}
