/* beam-project.h: points as vertices, cut off at the edges of the picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-geometry.h"

G_BEGIN_DECLS

/* A point in the picture. A gap has NAN for last. */
typedef struct {
  gint64 time_us;
  double x;
  double top;    /* y of the high */
  double bottom; /* y of the low, at or below top on the screen */
  double last;
} BeamVertex;

/* Fills @ret (element-type BeamVertex) with the points in [@from_us, @to_us]. A
 * line that enters or leaves there gets a vertex on the edge, on the straight
 * line between its points: a far neighbour must neither bend the line nor send
 * cairo far away. */
void     beam_project          (const BeamGeometry *geometry,
                                const BeamPoint    *points,
                                guint               n,
                                gint64              from_us,
                                gint64              to_us,
                                GArray             *ret);

G_END_DECLS
