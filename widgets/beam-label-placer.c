/* beam-label-placer.c: labels beside points that do not cover each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A few labels share one x, so this is one-dimensional: start from the wish,
 * push down what overlaps from the top, then push up from the bottom edge. With
 * a handful of labels the order of the points is kept and each stays near its
 * own.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-label-placer.h"

/* Between a label and its line: its box has some air of its own. */
#define DISTANCE 1.0

static gint
compare_anchors (gconstpointer a,
                 gconstpointer b)
{
  const BeamLabelBox *one = *(const BeamLabelBox * const *) a;
  const BeamLabelBox *other = *(const BeamLabelBox * const *) b;

  return (one->anchor > other->anchor) - (one->anchor < other->anchor);
}

void
beam_label_placer_place (BeamLabelBox *boxes,
                         guint         n,
                         double        top,
                         double        bottom)
{
  g_autoptr (GPtrArray) order = g_ptr_array_sized_new (n);
  double limit = top;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (order, &boxes[i]);
  g_ptr_array_sort (order, compare_anchors);

  for (guint i = 0; i < n; i++)
    {
      BeamLabelBox *box = g_ptr_array_index (order, i);
      gboolean under = n > 1 && i == n - 1;

      box->y = under ? box->under + DISTANCE : box->over - DISTANCE - box->height;
      if (!under && n == 1 && box->y < top)
        box->y = box->under + DISTANCE;
      box->y = fmax (box->y, limit);
      limit = box->y + box->height;
    }

  limit = bottom;
  for (guint i = n; i > 0; i--)
    {
      BeamLabelBox *box = g_ptr_array_index (order, i - 1);

      box->y = fmin (box->y, limit - box->height);
      limit = box->y;
    }
}
