/* beam-scale-policy.h: when does a scale change, and to what
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-types.h"

G_BEGIN_DECLS

typedef struct {
  double low;
  double high;
} BeamRange;

typedef struct {
  BeamScale scale;
  gboolean  from_zero;    /* linear only */
  double    minimum_span; /* a difference, or a ratio when logarithmic; 0: none */
  double    include;      /* always in view; NAN: none */
} BeamScaleOptions;

/* The next range for data between data->low and data->high (NAN, NAN: no data).
 *
 * @old: (nullable): the range in use. It grows as soon as data leave it and
 * shrinks only when the data would need less than half of it, so that a value
 * that plays around a limit does not make the axis jump. Limits are 1, 2, 5
 * times a power of ten (linear: multiples of such a step), so they are ticks.
 * The result is finite, low < high, and low > 0 when logarithmic, whatever the
 * data; without data it is @old, else [0, 1] or [1, 10]. */
BeamRange beam_scale_policy_fit (const BeamScaleOptions *options,
                                 const BeamRange        *old,
                                 const BeamRange        *data);

G_END_DECLS
