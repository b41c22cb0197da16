/* beam-label-placer.h: labels beside points that do not cover each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  double anchor; /* y of the point that the label belongs to */
  double over;   /* y of the highest and the lowest ink of its line near the */
  double under;  /* label, which should not be written upon */
  double height;
  double y;      /* (out): y of its top */
} BeamLabelBox;

/* Places each label over its line, only the lowest of several under it, in the
 * order of the points, none on another, all between @top and @bottom as far as
 * there is room. The order of the array is kept. */
void beam_label_placer_place (BeamLabelBox *boxes,
                              guint         n,
                              double        top,
                              double        bottom);

G_END_DECLS
