/* beam-series.c: one quantity over time, as a chart asks for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-series.h"

/**
 * BeamSeries:
 *
 * A named quantity over time. The base class is empty: no extent, no points. A
 * program derives a class over its own storage, or uses #BeamArraySeries.
 *
 * Signal "changed": something about the data is new. Charts answer with at most
 * one redraw a frame, so it may come often, but once a batch is enough.
 */
typedef struct
{
  char *name; /* owned, never NULL */
  char *unit; /* owned, never NULL */

  gint64 unchanged_until_us; /* while "changed" is emitted */
} BeamSeriesPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (BeamSeries, beam_series, G_TYPE_OBJECT)

enum {
  PROP_NAME = 1,
  PROP_UNIT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint changed_signal;

static void
beam_series_finalize (GObject *object)
{
  BeamSeriesPrivate *priv = beam_series_get_instance_private (BEAM_SERIES (object));

  g_free (priv->name);
  g_free (priv->unit);

  G_OBJECT_CLASS (beam_series_parent_class)->finalize (object);
}

static void
beam_series_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  BeamSeries *self = BEAM_SERIES (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, beam_series_get_name (self));
      break;
    case PROP_UNIT:
      g_value_set_string (value, beam_series_get_unit (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_series_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  BeamSeries *self = BEAM_SERIES (object);

  switch (prop_id)
    {
    case PROP_NAME:
      beam_series_set_name (self, g_value_get_string (value));
      break;
    case PROP_UNIT:
      beam_series_set_unit (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_series_class_init (BeamSeriesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = beam_series_finalize;
  object_class->get_property = beam_series_get_property;
  object_class->set_property = beam_series_set_property;

  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  props[PROP_UNIT] = g_param_spec_string ("unit", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
beam_series_init (BeamSeries *self)
{
  BeamSeriesPrivate *priv = beam_series_get_instance_private (self);

  priv->name = g_strdup ("");
  priv->unit = g_strdup ("");
  priv->unchanged_until_us = G_MININT64;
}

/* TRUE, and notified, when the text is new. NULL is the empty text. */
static void
set_text (BeamSeries  *self,
          char       **field,
          const char  *text,
          guint        prop_id)
{
  text = text != NULL ? text : "";
  if (g_strcmp0 (*field, text) == 0)
    return;

  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop_id]);
}

const char *
beam_series_get_name (BeamSeries *self)
{
  g_return_val_if_fail (BEAM_IS_SERIES (self), NULL);

  return ((BeamSeriesPrivate *) beam_series_get_instance_private (self))->name;
}

void
beam_series_set_name (BeamSeries *self,
                      const char *name)
{
  g_return_if_fail (BEAM_IS_SERIES (self));

  set_text (self, &((BeamSeriesPrivate *) beam_series_get_instance_private (self))->name, name, PROP_NAME);
}

const char *
beam_series_get_unit (BeamSeries *self)
{
  g_return_val_if_fail (BEAM_IS_SERIES (self), NULL);

  return ((BeamSeriesPrivate *) beam_series_get_instance_private (self))->unit;
}

void
beam_series_set_unit (BeamSeries *self,
                      const char *unit)
{
  g_return_if_fail (BEAM_IS_SERIES (self));

  set_text (self, &((BeamSeriesPrivate *) beam_series_get_instance_private (self))->unit, unit, PROP_UNIT);
}

gboolean
beam_series_get_extent (BeamSeries *self,
                        gint64     *ret_first_us,
                        gint64     *ret_last_us)
{
  BeamSeriesClass *klass = BEAM_SERIES_GET_CLASS (self);

  g_return_val_if_fail (BEAM_IS_SERIES (self), FALSE);

  return klass->get_extent != NULL && klass->get_extent (self, ret_first_us, ret_last_us);
}

void
beam_series_collect (BeamSeries *self,
                     gint64      from_us,
                     gint64      to_us,
                     guint       max_points,
                     GArray     *ret)
{
  BeamSeriesClass *klass = BEAM_SERIES_GET_CLASS (self);

  g_return_if_fail (BEAM_IS_SERIES (self));
  g_return_if_fail (ret != NULL);

  g_array_set_size (ret, 0);
  if (klass->collect != NULL && from_us <= to_us && max_points > 0)
    klass->collect (self, from_us, to_us, max_points, ret);
}

double
beam_series_lookup (BeamSeries *self,
                    gint64      time_us,
                    gint64      within_us,
                    gint64     *ret_time_us)
{
  BeamSeriesClass *klass = BEAM_SERIES_GET_CLASS (self);
  gint64 found_us = time_us;
  double value;

  g_return_val_if_fail (BEAM_IS_SERIES (self), (double) NAN);

  if (klass->lookup == NULL)
    return (double) NAN;

  value = klass->lookup (self, time_us, within_us, &found_us);
  if (!isfinite (value))
    return (double) NAN;

  if (ret_time_us != NULL)
    *ret_time_us = found_us;
  return value;
}

gboolean
beam_series_get_range (BeamSeries *self,
                       gint64      from_us,
                       gint64      to_us,
                       double     *ret_low,
                       double     *ret_high)
{
  BeamSeriesClass *klass = BEAM_SERIES_GET_CLASS (self);

  g_return_val_if_fail (BEAM_IS_SERIES (self), FALSE);

  return klass->get_range != NULL && klass->get_range (self, from_us, to_us, ret_low, ret_high);
}

void
beam_series_collect_gaps (BeamSeries *self,
                          gint64      from_us,
                          gint64      to_us,
                          GArray     *ret)
{
  BeamSeriesClass *klass = BEAM_SERIES_GET_CLASS (self);

  g_return_if_fail (BEAM_IS_SERIES (self));
  g_return_if_fail (ret != NULL);

  g_array_set_size (ret, 0);
  if (klass->collect_gaps != NULL)
    klass->collect_gaps (self, from_us, to_us, ret);
}

void
beam_series_emit_changed (BeamSeries *self)
{
  g_return_if_fail (BEAM_IS_SERIES (self));

  beam_series_emit_appended (self, G_MININT64);
}

void
beam_series_emit_appended (BeamSeries *self,
                           gint64      until_us)
{
  BeamSeriesPrivate *priv = beam_series_get_instance_private (self);

  g_return_if_fail (BEAM_IS_SERIES (self));

  priv->unchanged_until_us = until_us;
  g_signal_emit (self, changed_signal, 0);
  priv->unchanged_until_us = G_MININT64;
}

gint64
beam_series_get_unchanged_until (BeamSeries *self)
{
  BeamSeriesPrivate *priv = beam_series_get_instance_private (self);

  g_return_val_if_fail (BEAM_IS_SERIES (self), G_MININT64);

  return priv->unchanged_until_us;
}
