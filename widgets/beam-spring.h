/* beam-spring.h: a value that swings to its target and comes to rest
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A plain value. Position and target have any unit. */
typedef struct {
  double position;
  double velocity; /* units a second */
  double target;
} BeamSpring;

/* Moves on by @seconds, exactly whatever their number is, so that a lost frame
 * changes nothing but itself. Returns FALSE once it is at rest on its target.
 * What is not finite is at rest at once. */
gboolean beam_spring_advance (BeamSpring *self,
                              double      seconds);

G_END_DECLS
