/* beam-decimate.h: many samples to few points with the same extremes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-types.h"

G_BEGIN_DECLS

/* Joins samples that fall into the same bucket of time. Buckets are whole
 * multiples of their width on the clock of the data, not of the picture: a
 * picture that slides does not reshuffle them, so peaks do not flicker. */
typedef struct {
  GArray   *ret;       /* borrowed, element-type BeamPoint */
  gint64    bucket_us; /* 0: every sample is a point */
  gint64    bucket;    /* number of the open one */
  BeamPoint open;
  gboolean  has_open;
  gboolean  in_gap;    /* the last sample was NAN */
  gint64    gap_us;    /* the first of them */
} BeamDecimator;

void beam_decimator_init   (BeamDecimator *self,
                            gint64         bucket_us,
                            GArray        *ret);

/* Samples in time order. At most one point and one gap come out of a bucket; a
 * gap that ends in the bucket it began in is shorter than a pixel and goes. */
void beam_decimator_add    (BeamDecimator *self,
                            gint64         time_us,
                            double         value);
void beam_decimator_finish (BeamDecimator *self);

G_END_DECLS
