/* beam-chart-properties.c: what a program sets on a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <string.h>

#include "beam-chart-private.h"
#include "beam-time-axis-private.h"

#define DEFAULT_WINDOW_US (G_GINT64_CONSTANT (300) * G_USEC_PER_SEC)

enum {
  PROP_TIME_AXIS = 1,
  PROP_VALUE_AXIS,
  PROP_CURSOR,
  PROP_TITLE,
  PROP_EMPTY_TEXT,
  PROP_SHOW_LATEST,
  PROP_SHOW_TIME,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* --- Callbacks --- */

/* At once rather than at the next frame, which this chart may have had: all plots
 * over one axis get the new width in the same frame, or one instant would lie in
 * different columns. */
static void
time_changed_cb (BeamChart *self)
{
  int label_width = beam_time_axis_get_label_width (self->time_axis);

  if (label_width != self->label_width)
    beam_chart_queue_draw_all (self);
  self->label_width = label_width;
  beam_chart_queue_update (self);
}

/* At once for the same reason: equal values lie on equal rows. */
static void
value_changed_cb (BeamChart *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  beam_chart_claim_label_width (self);
  beam_chart_queue_draw_all (self);
  beam_chart_queue_update (self);
}

static void
cursor_changed_cb (BeamChart *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  gtk_widget_queue_draw (GTK_WIDGET (self->overlay));
  self->spoken = FALSE;
  beam_chart_queue_describe (self);
}

static void
notes_changed_cb (BeamChart *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  gtk_widget_queue_draw (GTK_WIDGET (self->body));
  gtk_widget_queue_draw (GTK_WIDGET (self->overlay));
  beam_chart_queue_describe (self);
}

/* --- Properties --- */

static void
beam_chart_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  BeamChart *self = BEAM_CHART (object);

  switch (prop_id)
    {
    case PROP_TIME_AXIS:
      g_value_set_object (value, self->time_axis);
      break;
    case PROP_VALUE_AXIS:
      g_value_set_object (value, self->value_axis);
      break;
    case PROP_CURSOR:
      g_value_set_object (value, self->cursor);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_EMPTY_TEXT:
      g_value_set_string (value, self->empty_text);
      break;
    case PROP_SHOW_LATEST:
      g_value_set_boolean (value, self->show_latest);
      break;
    case PROP_SHOW_TIME:
      g_value_set_boolean (value, self->show_time);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_chart_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  BeamChart *self = BEAM_CHART (object);

  switch (prop_id)
    {
    case PROP_TIME_AXIS:
      beam_chart_set_time_axis (self, g_value_get_object (value));
      break;
    case PROP_VALUE_AXIS:
      beam_chart_set_value_axis (self, g_value_get_object (value));
      break;
    case PROP_CURSOR:
      beam_chart_set_cursor (self, g_value_get_object (value));
      break;
    case PROP_TITLE:
      beam_chart_set_title (self, g_value_get_string (value));
      break;
    case PROP_EMPTY_TEXT:
      beam_chart_set_empty_text (self, g_value_get_string (value));
      break;
    case PROP_SHOW_LATEST:
      beam_chart_set_show_latest (self, g_value_get_boolean (value));
      break;
    case PROP_SHOW_TIME:
      beam_chart_set_show_time (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

void
beam_chart_install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = beam_chart_get_property;
  object_class->set_property = beam_chart_set_property;

  props[PROP_TIME_AXIS] = g_param_spec_object ("time-axis", NULL, NULL, BEAM_TYPE_TIME_AXIS, flags);
  props[PROP_VALUE_AXIS] = g_param_spec_object ("value-axis", NULL, NULL, BEAM_TYPE_VALUE_AXIS, flags);
  props[PROP_CURSOR] = g_param_spec_object ("cursor", NULL, NULL, BEAM_TYPE_CURSOR, flags);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  props[PROP_EMPTY_TEXT] = g_param_spec_string ("empty-text", NULL, NULL, "", flags);
  props[PROP_SHOW_LATEST] = g_param_spec_boolean ("show-latest", NULL, NULL, TRUE, flags);
  props[PROP_SHOW_TIME] = g_param_spec_boolean ("show-time", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

/* --- Public API --- */

/* Takes @object (transfer full) as the new *@field and watches it. */
static void
take_shared (BeamChart *self,
             GObject  **field,
             GObject   *object,
             GCallback  changed_cb,
             guint      prop_id)
{
  if (*field != NULL)
    g_signal_handlers_disconnect_by_data (*field, self);
  g_clear_object (field);
  *field = object;
  g_signal_connect_object (object, "changed", changed_cb, self, G_CONNECT_SWAPPED);

  g_object_notify_by_pspec (G_OBJECT (self), props[prop_id]);
  beam_chart_queue_draw_all (self);
  beam_chart_queue_update (self);
}

BeamTimeAxis *
beam_chart_get_time_axis (BeamChart *self)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), NULL);

  return self->time_axis;
}

void
beam_chart_set_time_axis (BeamChart    *self,
                          BeamTimeAxis *axis)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  if (axis != NULL && axis == self->time_axis)
    return;

  if (self->time_axis != NULL)
    beam_time_axis_claim_label_width (self->time_axis, self, 0);
  axis = axis != NULL ? g_object_ref (axis) : beam_time_axis_new (DEFAULT_WINDOW_US);
  take_shared (self, (GObject **) &self->time_axis, G_OBJECT (axis), G_CALLBACK (time_changed_cb), PROP_TIME_AXIS);
}

BeamValueAxis *
beam_chart_get_value_axis (BeamChart *self)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), NULL);

  return self->value_axis;
}

void
beam_chart_set_value_axis (BeamChart     *self,
                           BeamValueAxis *axis)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  if (axis != NULL && axis == self->value_axis)
    return;

  for (guint i = 0; i < self->layers->len; i++)
    beam_chart_unlink_layer (self, g_ptr_array_index (self->layers, i));
  axis = axis != NULL ? g_object_ref (axis) : beam_value_axis_new (BEAM_SCALE_LINEAR);
  take_shared (self, (GObject **) &self->value_axis, G_OBJECT (axis), G_CALLBACK (value_changed_cb), PROP_VALUE_AXIS);
  for (guint i = 0; i < self->layers->len; i++)
    beam_chart_link_layer (self, g_ptr_array_index (self->layers, i));
}

BeamCursor *
beam_chart_get_cursor (BeamChart *self)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), NULL);

  return self->cursor;
}

void
beam_chart_set_cursor (BeamChart  *self,
                       BeamCursor *cursor)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  if (cursor != NULL && cursor == self->cursor)
    return;

  cursor = cursor != NULL ? g_object_ref (cursor) : beam_cursor_new ();
  take_shared (self, (GObject **) &self->cursor, G_OBJECT (cursor), G_CALLBACK (cursor_changed_cb), PROP_CURSOR);
}

/* TRUE, and notified, when the text is new. NULL is the empty text. */
static gboolean
set_text (BeamChart   *self,
          char       **field,
          const char  *text,
          guint        prop_id)
{
  text = text != NULL ? text : "";
  if (strcmp (*field, text) == 0)
    return FALSE;

  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop_id]);
  return TRUE;
}

const char *
beam_chart_get_title (BeamChart *self)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), NULL);

  return self->title;
}

void
beam_chart_set_title (BeamChart  *self,
                      const char *title)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  if (set_text (self, &self->title, title, PROP_TITLE))
    beam_chart_update_name (self);
}

const char *
beam_chart_get_empty_text (BeamChart *self)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), NULL);

  return self->empty_text;
}

void
beam_chart_set_empty_text (BeamChart  *self,
                           const char *text)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  if (!set_text (self, &self->empty_text, text, PROP_EMPTY_TEXT))
    return;

  gtk_widget_queue_draw (GTK_WIDGET (self->overlay));
  beam_chart_queue_describe (self);
}

gboolean
beam_chart_get_show_latest (BeamChart *self)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), FALSE);

  return self->show_latest;
}

void
beam_chart_set_show_latest (BeamChart *self,
                            gboolean   show_latest)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  if (self->show_latest == !!show_latest)
    return;

  self->show_latest = !!show_latest;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_LATEST]);
  gtk_widget_queue_draw (GTK_WIDGET (self->overlay));
}

gboolean
beam_chart_get_show_time (BeamChart *self)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), FALSE);

  return self->show_time;
}

void
beam_chart_set_show_time (BeamChart *self,
                          gboolean   show_time)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  if (self->show_time == !!show_time)
    return;

  self->show_time = !!show_time;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_TIME]);
  beam_chart_queue_draw_all (self);
  beam_chart_queue_update (self);
}

void
beam_chart_set_describe_func (BeamChart        *self,
                              BeamDescribeFunc  func,
                              gpointer          user_data,
                              GDestroyNotify    destroy)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  if (self->describe_destroy != NULL)
    self->describe_destroy (self->describe_data);
  self->describe = func;
  self->describe_data = user_data;
  self->describe_destroy = destroy;

  self->spoken = FALSE;
  beam_chart_queue_describe (self);
}

void
beam_chart_set_notes (BeamChart *self,
                      BeamNotes *notes)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  if (self->notes != NULL)
    g_signal_handlers_disconnect_by_func (self->notes, notes_changed_cb, self);
  g_set_object (&self->notes, notes);
  if (notes != NULL)
    g_signal_connect_object (notes, "changed", G_CALLBACK (notes_changed_cb), self, G_CONNECT_SWAPPED);
  notes_changed_cb (self);
}

void
beam_chart_set_extra_menu (BeamChart  *self,
                           GMenuModel *menu)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  g_set_object (&self->extra_menu, menu);
}
