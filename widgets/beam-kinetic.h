/* beam-kinetic.h: a movement that runs out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A plain value: a speed that friction takes away exponentially. */
typedef struct {
  double velocity; /* pixels a second; 0: at rest */
  gint64 time_us;  /* of the last step; 0: before the first */
} BeamKinetic;

void     beam_kinetic_start (BeamKinetic *self,
                             double       velocity);

/* The way since the last step, in pixels. The first step only starts the clock;
 * a clock that goes back moves nothing. */
double   beam_kinetic_step  (BeamKinetic *self,
                             gint64       time_us);

/* FALSE when it has come to rest. */
gboolean beam_kinetic_is_on (const BeamKinetic *self);

G_END_DECLS
