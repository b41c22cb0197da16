/* beam-value-axis.h: the vertical axis that all charts of a row share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-types.h"

G_BEGIN_DECLS

#define BEAM_TYPE_VALUE_AXIS (beam_value_axis_get_type ())
G_DECLARE_FINAL_TYPE (BeamValueAxis, beam_value_axis, BEAM, VALUE_AXIS, GObject)

/* @step: distance of the ticks for BEAM_FORMAT_TICK on a linear axis, else 0. */
typedef char *(*BeamFormatFunc) (double        value,
                                 double        step,
                                 BeamFormatUse use,
                                 gpointer      user_data);

BeamValueAxis *beam_value_axis_new              (BeamScale      scale);

BeamScale      beam_value_axis_get_scale        (BeamValueAxis *self);
void           beam_value_axis_set_scale        (BeamValueAxis *self,
                                                 BeamScale      scale);

/* A linear axis that starts at zero, the default: quantities are compared by
 * height. Ignored where data are negative, and on a logarithmic axis. */
gboolean       beam_value_axis_get_from_zero    (BeamValueAxis *self);
void           beam_value_axis_set_from_zero    (BeamValueAxis *self,
                                                 gboolean       from_zero);

/* The axis never spans less: high - low when linear, high / low when
 * logarithmic. Keeps noise from looking like news. 0: no minimum. */
double         beam_value_axis_get_minimum_span (BeamValueAxis *self);
void           beam_value_axis_set_minimum_span (BeamValueAxis *self,
                                                 double         span);

/* A value that is always in view, such as an objective; NAN: none. */
double         beam_value_axis_get_include      (BeamValueAxis *self);
void           beam_value_axis_set_include      (BeamValueAxis *self,
                                                 double         value);

/* The range of beam_value_axis_fit_data() ends where the data do, rather than at
 * the next tick: for a horizontal axis, where room beyond says nothing. */
gboolean       beam_value_axis_get_tight        (BeamValueAxis *self);
void           beam_value_axis_set_tight        (BeamValueAxis *self,
                                                 gboolean       tight);

/* A fixed range instead of the automatic one; NAN, NAN: automatic. */
void           beam_value_axis_set_fixed        (BeamValueAxis *self,
                                                 double         low,
                                                 double         high);

/* Adds to or removes from the series that the range covers. A chart links the
 * series of its layers by itself; a series may be linked several times. */
void           beam_value_axis_link             (BeamValueAxis *self,
                                                 BeamSeries    *series);
void           beam_value_axis_unlink           (BeamValueAxis *self,
                                                 BeamSeries    *series);

/* Fits the range to what the linked series hold in [@from_us, @to_us], with the
 * hysteresis of beam_scale_policy_fit(). Costs nothing when nothing is new. */
void           beam_value_axis_fit              (BeamValueAxis *self,
                                                 gint64         from_us,
                                                 gint64         to_us);

/* The same for numbers that are not a series, and without hysteresis: an axis
 * of bars or of a plot, in either direction. NAN, NAN: nothing is known. */
void           beam_value_axis_fit_data         (BeamValueAxis *self,
                                                 double         low,
                                                 double         high);

/* TRUE while the range stands for nothing: no data yet, nothing to include, no
 * fixed range. Charts then leave the labels out. */
gboolean       beam_value_axis_is_empty         (BeamValueAxis *self);

/* low < high, both finite; on a logarithmic axis low > 0. */
void           beam_value_axis_get_range        (BeamValueAxis *self,
                                                 double        *ret_low,
                                                 double        *ret_high);

/* Without a function a value is written as "%g" in the C locale. */
void           beam_value_axis_set_format_func  (BeamValueAxis  *self,
                                                 BeamFormatFunc  func,
                                                 gpointer        user_data,
                                                 GDestroyNotify  destroy);
char          *beam_value_axis_format           (BeamValueAxis *self,
                                                 double         value,
                                                 double         step,
                                                 BeamFormatUse  use);

G_END_DECLS
