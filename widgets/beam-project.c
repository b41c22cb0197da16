/* beam-project.c: points as vertices, cut off at the edges of the picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-project.h"

static void
append_point (const BeamGeometry *geometry,
              const BeamPoint    *point,
              GArray             *ret)
{
  double last = beam_geometry_y (geometry, point->last);
  BeamVertex vertex = {
    point->time_us,
    beam_geometry_x (geometry, point->time_us),
    point->high > point->last ? beam_geometry_y (geometry, point->high) : last,
    point->low < point->last ? beam_geometry_y (geometry, point->low) : last,
    last,
  };

  g_array_append_val (ret, vertex);
}

/* Where the line from @a to @b is at @time_us. Lines are straight on the screen,
 * not in values: on a logarithmic axis that is a difference. */
static void
append_between (const BeamGeometry *geometry,
                const BeamPoint    *a,
                const BeamPoint    *b,
                gint64              time_us,
                GArray             *ret)
{
  double share = ((double) time_us - (double) a->time_us) / ((double) b->time_us - (double) a->time_us);
  double ya = beam_geometry_y (geometry, a->last);
  double yb = beam_geometry_y (geometry, b->last);
  double y = ya + share * (yb - ya);
  BeamVertex vertex = { time_us, beam_geometry_x (geometry, time_us), y, y, y };

  g_array_append_val (ret, vertex);
}

void
beam_project (const BeamGeometry *geometry,
              const BeamPoint    *points,
              guint               n,
              gint64              from_us,
              gint64              to_us,
              GArray             *ret)
{
  const BeamPoint *previous = NULL;

  g_array_set_size (ret, 0);
  for (guint i = 0; i < n; i++)
    {
      const BeamPoint *point = &points[i];
      gboolean known = !isnan (point->low) && !isnan (point->high) && !isnan (point->last);

      if (known && previous != NULL && previous->time_us < from_us && point->time_us > from_us)
        append_between (geometry, previous, point, from_us, ret);

      if (point->time_us > to_us)
        {
          if (known && previous != NULL && previous->time_us < to_us)
            append_between (geometry, previous, point, to_us, ret);
          break;
        }

      if (known && point->time_us >= from_us)
        append_point (geometry, point, ret);
      else if (!known && ret->len > 0)
        append_point (geometry, &(BeamPoint) { point->time_us, (double) NAN, (double) NAN, (double) NAN }, ret);

      previous = known ? point : NULL;
    }
}
