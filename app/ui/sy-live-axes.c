/* sy-live-axes.c: what all charts of the Live page share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-live-axes.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-format.h"

#define DEFAULT_WINDOW_US (4 * 60 * G_USEC_PER_SEC)

struct _SyLiveAxes
{
  GObject parent_instance;

  BeamTimeAxis *time;     /* owned */
  BeamCursor   *cursor;   /* owned */
  BeamNotes    *notes;    /* owned */
  GMenu        *menu;     /* owned: for every chart */
  GHashTable   *values;   /* owned, from const SyMeasure * (static) to BeamValueAxis (owned) */
  char         *currency; /* owned, nullable */
  double        objective; /* seconds; NAN: none */
};

enum {
  OBJECTIVE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What a value axis needs to write its numbers. */
typedef struct {
  const SyMeasure *measure;  /* static */
  GWeakRef         axes;     /* the currency may change */
} FormatData;

G_DEFINE_FINAL_TYPE (SyLiveAxes, sy_live_axes, G_TYPE_OBJECT)

static void
format_data_free (gpointer user_data)
{
  FormatData *data = user_data;

  g_weak_ref_clear (&data->axes);
  g_free (data);
}

static SyTextUse
text_use (BeamFormatUse use)
{
  switch (use)
    {
    case BEAM_FORMAT_TICK:
      return SY_TEXT_TICK;
    case BEAM_FORMAT_SPOKEN:
      return SY_TEXT_SPOKEN;
    case BEAM_FORMAT_READOUT:
    default:
      return SY_TEXT_READOUT;
    }
}

static char *
format_cb (double        value,
           double        step,
           BeamFormatUse use,
           gpointer      user_data)
{
  FormatData *data = user_data;
  g_autoptr (SyLiveAxes) axes = g_weak_ref_get (&data->axes);

  return sy_measure_format (data->measure, value, step, text_use (use), axes != NULL ? axes->currency : NULL);
}

static void
set_format (SyLiveAxes      *self,
            BeamValueAxis   *axis,
            const SyMeasure *measure)
{
  FormatData *data = g_new0 (FormatData, 1);

  data->measure = measure;
  g_weak_ref_init (&data->axes, self);
  beam_value_axis_set_format_func (axis, format_cb, data, format_data_free);
}

static void
show_objective (BeamLayer  *layer,
                SyLiveAxes *axes)
{
  g_autofree char *time = sy_format_duration (axes->objective);
  /* Translators: SLO is a service level objective; %s is a time */
  g_autofree char *label = g_strdup_printf (_("SLO %s"), time);

  beam_layer_set_label (layer, label);
  beam_threshold_layer_set_value (BEAM_THRESHOLD_LAYER (layer), axes->objective);
}

static void
sy_live_axes_finalize (GObject *object)
{
  SyLiveAxes *self = SY_LIVE_AXES (object);

  g_clear_object (&self->time);
  g_clear_object (&self->cursor);
  g_clear_object (&self->notes);
  g_clear_object (&self->menu);
  g_clear_pointer (&self->values, g_hash_table_unref);
  g_clear_pointer (&self->currency, g_free);

  G_OBJECT_CLASS (sy_live_axes_parent_class)->finalize (object);
}

static void
sy_live_axes_class_init (SyLiveAxesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sy_live_axes_finalize;

  signals[OBJECTIVE_CHANGED] =
    g_signal_new ("objective-changed", SY_TYPE_LIVE_AXES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sy_live_axes_init (SyLiveAxes *self)
{
  self->time = beam_time_axis_new (DEFAULT_WINDOW_US);
  self->cursor = beam_cursor_new ();
  self->notes = beam_notes_new ();
  self->menu = g_menu_new ();
  g_menu_append (self->menu, _("Add _Mark Here…"), "win.add-mark");
  g_menu_append (self->menu, _("E_xclude a Range…"), "win.exclude-range");
  self->objective = NAN;
  self->values = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
}

SyLiveAxes *
sy_live_axes_new (void)
{
  return g_object_new (SY_TYPE_LIVE_AXES, NULL);
}

BeamTimeAxis *
sy_live_axes_get_time (SyLiveAxes *self)
{
  return self->time;
}

BeamCursor *
sy_live_axes_get_cursor (SyLiveAxes *self)
{
  return self->cursor;
}

BeamNotes *
sy_live_axes_get_notes (SyLiveAxes *self)
{
  return self->notes;
}

void
sy_live_axes_attach (SyLiveAxes *self,
                     BeamChart  *chart)
{
  beam_chart_set_time_axis (chart, self->time);
  beam_chart_set_cursor (chart, self->cursor);
  beam_chart_set_notes (chart, self->notes);
  beam_chart_set_extra_menu (chart, G_MENU_MODEL (self->menu));
}

BeamValueAxis *
sy_live_axes_get_value (SyLiveAxes      *self,
                        const SyMeasure *measure)
{
  BeamValueAxis *axis = g_hash_table_lookup (self->values, measure);

  if (axis == NULL)
    {
      axis = beam_value_axis_new (measure->logarithmic ? BEAM_SCALE_LOG : BEAM_SCALE_LINEAR);
      beam_value_axis_set_minimum_span (axis, measure->minimum_span);
      if (measure->row == SY_ROW_LATENCY)
        beam_value_axis_set_include (axis, self->objective);
      set_format (self, axis, measure);
      g_hash_table_insert (self->values, (gpointer) measure, axis);
    }

  return axis;
}

const char *
sy_live_axes_get_currency (SyLiveAxes *self)
{
  return self->currency;
}

void
sy_live_axes_set_currency (SyLiveAxes *self,
                           const char *currency)
{
  GHashTableIter iter;
  gpointer measure, axis;

  if (g_strcmp0 (self->currency, currency) == 0)
    return;

  g_free (self->currency);
  self->currency = g_strdup (currency);

  /* A new function makes the charts write their labels again. */
  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &measure, &axis))
    if (((const SyMeasure *) measure)->unit == SY_UNIT_MONEY_PER_MILLION)
      set_format (self, axis, measure);
}

void
sy_live_axes_set_objective (SyLiveAxes *self,
                            double      seconds)
{
  GHashTableIter iter;
  gpointer measure, axis;

  if ((isnan (seconds) && isnan (self->objective)) || (!(seconds < self->objective) && !(seconds > self->objective)
                                                       && !isnan (seconds) && !isnan (self->objective)))
    return;

  self->objective = seconds;

  /* An objective out of sight would say nothing. */
  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &measure, &axis))
    if (((const SyMeasure *) measure)->row == SY_ROW_LATENCY)
      beam_value_axis_set_include (axis, seconds);

  g_signal_emit (self, signals[OBJECTIVE_CHANGED], 0);
}

BeamLayer *
sy_live_axes_new_objective (SyLiveAxes *self)
{
  BeamLayer *layer = beam_threshold_layer_new (self->objective, NULL);

  g_signal_connect_object (self, "objective-changed", G_CALLBACK (show_objective), layer, G_CONNECT_SWAPPED);
  show_objective (layer, self);
  return layer;
}
