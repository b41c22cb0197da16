/* beam-value-axis.c: the vertical axis that all charts of a row share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-scale-policy.h"
#include "beam-series.h"
#include "beam-value-view.h"

/**
 * BeamValueAxis:
 *
 * One object for all charts of a row, so that equal values lie on equal pixel
 * rows. Its range covers what all linked series hold in the time that is
 * shown, by the rules of beam_scale_policy_fit(). Without data it is [0, 1], or
 * [1, 10] when logarithmic. A chart fits it before it draws.
 *
 * Signal "changed": the range, the scale, the way of writing values or what is
 * linked is new; a chart fits and draws at the next frame.
 */
struct _BeamValueAxis
{
  GObject parent_instance;

  BeamScale scale;
  gboolean  from_zero;
  gboolean  tight;
  double    minimum_span;
  double    include;  /* NAN: none */
  BeamRange fixed;    /* NAN: automatic */
  BeamRange view;     /* the part that is looked at; NAN: the whole */

  BeamRange range;
  gboolean  has_range; /* the range was fitted: hysteresis applies */

  GHashTable *links;   /* owned, owned BeamSeries to Link */
  gboolean    dirty;   /* data or options are newer than the last fit */
  gint64      fit_from_us;
  gint64      fit_to_us;

  BeamFormatFunc format; /* nullable */
  gpointer       format_data;
  GDestroyNotify format_destroy;
};

typedef struct {
  guint  count;
  gulong handler;
} Link;

G_DEFINE_FINAL_TYPE (BeamValueAxis, beam_value_axis, G_TYPE_OBJECT)

enum {
  PROP_SCALE = 1,
  PROP_FROM_ZERO,
  PROP_TIGHT,
  PROP_MINIMUM_SPAN,
  PROP_INCLUDE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint changed_signal;

static void
emit_changed (BeamValueAxis *self)
{
  g_signal_emit (self, changed_signal, 0);
}

/* The options are new: fit afresh at the next frame, without hysteresis. */
static void
forget_range (BeamValueAxis *self)
{
  self->has_range = FALSE;
  self->dirty = TRUE;
  self->range = self->scale == BEAM_SCALE_LOG ? (BeamRange) { 1, 10 } : (BeamRange) { 0, 1 };
  emit_changed (self);
}

static void
series_changed_cb (BeamSeries *series,
                   gpointer    user_data)
{
  BEAM_VALUE_AXIS (user_data)->dirty = TRUE;
}

static gboolean
has_fixed (BeamValueAxis *self)
{
  return isfinite (self->fixed.low) && isfinite (self->fixed.high);
}

/* What all linked series hold in the range; NAN, NAN when nothing. */
static BeamRange
measure (BeamValueAxis *self,
         gint64         from_us,
         gint64         to_us)
{
  BeamRange all = { (double) NAN, (double) NAN };
  GHashTableIter iter;
  gpointer series;

  g_hash_table_iter_init (&iter, self->links);
  while (g_hash_table_iter_next (&iter, &series, NULL))
    {
      double low, high;

      if (!beam_series_get_range (series, from_us, to_us, &low, &high))
        continue;

      /* fmin and fmax pass over NAN. */
      all.low = fmin (all.low, low);
      all.high = fmax (all.high, high);
    }

  return all;
}

static void
beam_value_axis_dispose (GObject *object)
{
  BeamValueAxis *self = BEAM_VALUE_AXIS (object);
  GHashTableIter iter;
  gpointer series, link;

  g_hash_table_iter_init (&iter, self->links);
  while (g_hash_table_iter_next (&iter, &series, &link))
    {
      g_signal_handler_disconnect (series, ((Link *) link)->handler);
      g_hash_table_iter_remove (&iter);
    }

  G_OBJECT_CLASS (beam_value_axis_parent_class)->dispose (object);
}

static void
beam_value_axis_finalize (GObject *object)
{
  BeamValueAxis *self = BEAM_VALUE_AXIS (object);

  g_hash_table_unref (self->links);
  if (self->format_destroy != NULL)
    self->format_destroy (self->format_data);

  G_OBJECT_CLASS (beam_value_axis_parent_class)->finalize (object);
}

static void
beam_value_axis_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  BeamValueAxis *self = BEAM_VALUE_AXIS (object);

  switch (prop_id)
    {
    case PROP_SCALE:
      g_value_set_enum (value, (int) self->scale);
      break;
    case PROP_FROM_ZERO:
      g_value_set_boolean (value, self->from_zero);
      break;
    case PROP_TIGHT:
      g_value_set_boolean (value, self->tight);
      break;
    case PROP_MINIMUM_SPAN:
      g_value_set_double (value, self->minimum_span);
      break;
    case PROP_INCLUDE:
      g_value_set_double (value, self->include);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_value_axis_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  BeamValueAxis *self = BEAM_VALUE_AXIS (object);

  switch (prop_id)
    {
    case PROP_SCALE:
      beam_value_axis_set_scale (self, (BeamScale) g_value_get_enum (value));
      break;
    case PROP_FROM_ZERO:
      beam_value_axis_set_from_zero (self, g_value_get_boolean (value));
      break;
    case PROP_TIGHT:
      beam_value_axis_set_tight (self, g_value_get_boolean (value));
      break;
    case PROP_MINIMUM_SPAN:
      beam_value_axis_set_minimum_span (self, g_value_get_double (value));
      break;
    case PROP_INCLUDE:
      beam_value_axis_set_include (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_value_axis_class_init (BeamValueAxisClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = beam_value_axis_dispose;
  object_class->finalize = beam_value_axis_finalize;
  object_class->get_property = beam_value_axis_get_property;
  object_class->set_property = beam_value_axis_set_property;

  props[PROP_SCALE] = g_param_spec_enum ("scale", NULL, NULL, BEAM_TYPE_SCALE, BEAM_SCALE_LINEAR, flags);
  props[PROP_FROM_ZERO] = g_param_spec_boolean ("from-zero", NULL, NULL, TRUE, flags);
  props[PROP_TIGHT] = g_param_spec_boolean ("tight", NULL, NULL, FALSE, flags);
  props[PROP_MINIMUM_SPAN] = g_param_spec_double ("minimum-span", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  props[PROP_INCLUDE] = g_param_spec_double ("include", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
beam_value_axis_init (BeamValueAxis *self)
{
  self->from_zero = TRUE;
  self->include = (double) NAN;
  self->fixed = (BeamRange) { (double) NAN, (double) NAN };
  self->view = (BeamRange) { (double) NAN, (double) NAN };
  self->range = (BeamRange) { 0, 1 };
  self->dirty = TRUE;
  self->links = g_hash_table_new_full (NULL, NULL, g_object_unref, g_free);
}

BeamValueAxis *
beam_value_axis_new (BeamScale scale)
{
  return g_object_new (BEAM_TYPE_VALUE_AXIS, "scale", scale, NULL);
}

BeamScale
beam_value_axis_get_scale (BeamValueAxis *self)
{
  g_return_val_if_fail (BEAM_IS_VALUE_AXIS (self), BEAM_SCALE_LINEAR);

  return self->scale;
}

void
beam_value_axis_set_scale (BeamValueAxis *self,
                           BeamScale      scale)
{
  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));

  if (self->scale == scale)
    return;

  self->scale = scale;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SCALE]);
  forget_range (self);
}

gboolean
beam_value_axis_get_from_zero (BeamValueAxis *self)
{
  g_return_val_if_fail (BEAM_IS_VALUE_AXIS (self), FALSE);

  return self->from_zero;
}

void
beam_value_axis_set_from_zero (BeamValueAxis *self,
                               gboolean       from_zero)
{
  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));

  if (self->from_zero == !!from_zero)
    return;

  self->from_zero = !!from_zero;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FROM_ZERO]);
  forget_range (self);
}

gboolean
beam_value_axis_get_tight (BeamValueAxis *self)
{
  g_return_val_if_fail (BEAM_IS_VALUE_AXIS (self), FALSE);

  return self->tight;
}

void
beam_value_axis_set_tight (BeamValueAxis *self,
                           gboolean       tight)
{
  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));

  if (self->tight == !!tight)
    return;

  self->tight = !!tight;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TIGHT]);
  forget_range (self);
}

double
beam_value_axis_get_minimum_span (BeamValueAxis *self)
{
  g_return_val_if_fail (BEAM_IS_VALUE_AXIS (self), 0);

  return self->minimum_span;
}

void
beam_value_axis_set_minimum_span (BeamValueAxis *self,
                                  double         span)
{
  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));
  g_return_if_fail (isfinite (span) && span >= 0);

  if (self->minimum_span == span)
    return;

  self->minimum_span = span;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MINIMUM_SPAN]);
  forget_range (self);
}

double
beam_value_axis_get_include (BeamValueAxis *self)
{
  g_return_val_if_fail (BEAM_IS_VALUE_AXIS (self), (double) NAN);

  return self->include;
}

void
beam_value_axis_set_include (BeamValueAxis *self,
                             double         value)
{
  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));
  g_return_if_fail (!isinf (value));

  if (self->include == value || (isnan (self->include) && isnan (value)))
    return;

  self->include = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_INCLUDE]);
  forget_range (self);
}

void
beam_value_axis_set_fixed (BeamValueAxis *self,
                           double         low,
                           double         high)
{
  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));
  g_return_if_fail (isnan (low) || isnan (high) || (isfinite (low) && isfinite (high) && low < high));

  self->fixed = (BeamRange) { low, high };
  self->dirty = TRUE;
  emit_changed (self);
}

void
beam_value_axis_link (BeamValueAxis *self,
                      BeamSeries    *series)
{
  Link *link;

  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));
  g_return_if_fail (BEAM_IS_SERIES (series));

  link = g_hash_table_lookup (self->links, series);
  if (link == NULL)
    {
      link = g_new0 (Link, 1);
      link->handler = g_signal_connect (series, "changed", G_CALLBACK (series_changed_cb), self);
      g_hash_table_insert (self->links, g_object_ref (series), link);
    }

  link->count++;
  self->dirty = TRUE;
  emit_changed (self);
}

void
beam_value_axis_unlink (BeamValueAxis *self,
                        BeamSeries    *series)
{
  Link *link;

  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));

  link = g_hash_table_lookup (self->links, series);
  if (link == NULL)
    return;

  if (--link->count == 0)
    {
      g_signal_handler_disconnect (series, link->handler);
      g_hash_table_remove (self->links, series);
    }

  self->dirty = TRUE;
  emit_changed (self);
}

void
beam_value_axis_fit (BeamValueAxis *self,
                     gint64         from_us,
                     gint64         to_us)
{
  BeamScaleOptions options;
  BeamRange data, next;

  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));

  if (!self->dirty && self->fit_from_us == from_us && self->fit_to_us == to_us)
    return;

  self->dirty = FALSE;
  self->fit_from_us = from_us;
  self->fit_to_us = to_us;
  if (has_fixed (self))
    return;

  options = (BeamScaleOptions) { self->scale, self->from_zero, self->minimum_span, self->include };
  data = measure (self, from_us, to_us);
  next = beam_scale_policy_fit (&options, self->has_range ? &self->range : NULL, &data);
  self->has_range = self->has_range || !isnan (data.low);

  if (next.low == self->range.low && next.high == self->range.high)
    return;

  self->range = next;
  emit_changed (self);
}

/* FALSE when the data alone are no range. */
static gboolean
fit_tightly (BeamValueAxis   *self,
             const BeamRange *data,
             BeamRange       *ret)
{
  BeamRange range = { fmin (data->low, self->include), fmax (data->high, self->include) };

  if (self->scale == BEAM_SCALE_LINEAR && self->from_zero)
    range = (BeamRange) { fmin (range.low, 0), fmax (range.high, 0) };

  if (!self->tight || !isfinite (range.low) || !isfinite (range.high) || !(range.low < range.high) ||
      (self->scale == BEAM_SCALE_LOG && range.low <= 0))
    return FALSE;

  *ret = range;
  return TRUE;
}

void
beam_value_axis_fit_data (BeamValueAxis *self,
                          double         low,
                          double         high)
{
  BeamScaleOptions options;
  BeamRange data = { low, high };
  BeamRange next;
  gboolean known = isfinite (low) && isfinite (high);

  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));

  options = (BeamScaleOptions) { self->scale, self->from_zero, self->minimum_span, self->include };
  if (!fit_tightly (self, &data, &next))
    next = beam_scale_policy_fit (&options, NULL, &data);
  if (known == self->has_range && next.low == self->range.low && next.high == self->range.high)
    return;

  self->has_range = known;
  self->range = next;
  emit_changed (self);
}

gboolean
beam_value_axis_is_empty (BeamValueAxis *self)
{
  g_return_val_if_fail (BEAM_IS_VALUE_AXIS (self), TRUE);

  return !self->has_range && !has_fixed (self) && isnan (self->include);
}

void
beam_value_axis_get_whole (BeamValueAxis *self,
                           double        *ret_low,
                           double        *ret_high)
{
  gboolean fixed;

  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));

  fixed = has_fixed (self) && (self->scale == BEAM_SCALE_LINEAR || self->fixed.low > 0);
  *ret_low = fixed ? self->fixed.low : self->range.low;
  *ret_high = fixed ? self->fixed.high : self->range.high;
}

gboolean
beam_value_axis_has_view (BeamValueAxis *self)
{
  double low, high;

  g_return_val_if_fail (BEAM_IS_VALUE_AXIS (self), FALSE);

  /* One that the data have moved away from shows nothing: better the whole. */
  beam_value_axis_get_whole (self, &low, &high);
  return self->view.low < high && self->view.high > low && (self->scale == BEAM_SCALE_LINEAR || self->view.low > 0);
}

void
beam_value_axis_set_view (BeamValueAxis *self,
                          double         low,
                          double         high)
{
  gboolean any = isfinite (low) && isfinite (high) && low < high;

  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));

  if ((!any && isnan (self->view.low)) || (any && self->view.low == low && self->view.high == high))
    return;

  self->view = any ? (BeamRange) { low, high } : (BeamRange) { (double) NAN, (double) NAN };
  emit_changed (self);
}

void
beam_value_axis_get_range (BeamValueAxis *self,
                           double        *ret_low,
                           double        *ret_high)
{
  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));

  if (!beam_value_axis_has_view (self))
    {
      beam_value_axis_get_whole (self, ret_low, ret_high);
      return;
    }

  *ret_low = self->view.low;
  *ret_high = self->view.high;
}

void
beam_value_axis_set_format_func (BeamValueAxis  *self,
                                 BeamFormatFunc  func,
                                 gpointer        user_data,
                                 GDestroyNotify  destroy)
{
  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));

  if (self->format_destroy != NULL)
    self->format_destroy (self->format_data);
  self->format = func;
  self->format_data = user_data;
  self->format_destroy = destroy;

  emit_changed (self);
}

char *
beam_value_axis_format (BeamValueAxis *self,
                        double         value,
                        double         step,
                        BeamFormatUse  use)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_val_if_fail (BEAM_IS_VALUE_AXIS (self), NULL);

  if (self->format != NULL)
    return self->format (value, step, use, self->format_data);

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, use == BEAM_FORMAT_TICK ? "%g" : "%.4g", value));
}
