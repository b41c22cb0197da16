/* beam-array-series.h: a series over arrays of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-series.h"

G_BEGIN_DECLS

#define BEAM_TYPE_ARRAY_SERIES (beam_array_series_get_type ())
G_DECLARE_FINAL_TYPE (BeamArraySeries, beam_array_series, BEAM, ARRAY_SERIES, BeamSeries)

BeamArraySeries *beam_array_series_new        (const char *name);

/* Appends @value at @time_us, later than the last; NAN breaks the line. FALSE,
 * and nothing is stored, when @time_us is not later. Emits "changed". */
gboolean         beam_array_series_append     (BeamArraySeries *self,
                                               gint64           time_us,
                                               double           value);

/* Appends @n values at once with one "changed"; returns how many were stored. */
guint            beam_array_series_append_all (BeamArraySeries *self,
                                               const gint64    *times_us,
                                               const double    *values,
                                               guint            n);

/* Adds a gap or, when @from_us == @to_us, an event. @label is copied. */
void             beam_array_series_add_gap    (BeamArraySeries *self,
                                               gint64           from_us,
                                               gint64           to_us,
                                               const char      *label);

guint            beam_array_series_get_n      (BeamArraySeries *self);
void             beam_array_series_clear      (BeamArraySeries *self);

G_END_DECLS
