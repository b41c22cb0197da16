/* beam-cursor.c: the instant that all charts of a page point at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include "beam-cursor.h"

/**
 * BeamCursor:
 *
 * One object for all charts of a page; each draws its crosshair at its time,
 * and the stretch of time that is being selected. Not set, and nothing selected,
 * until somebody points.
 *
 * Signal "changed": the time, whether it is set, or the selection is new.
 */
struct _BeamCursor
{
  GObject parent_instance;

  gint64 time_us;   /* G_MININT64: not set */
  gint64 anchor_us; /* G_MININT64: nothing is selected */
  gint64 end_us;
};

G_DEFINE_FINAL_TYPE (BeamCursor, beam_cursor, G_TYPE_OBJECT)

enum {
  PROP_TIME = 1,
  PROP_SET,
  PROP_SELECTED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint changed_signal;

static void
beam_cursor_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  BeamCursor *self = BEAM_CURSOR (object);

  switch (prop_id)
    {
    case PROP_TIME:
      g_value_set_int64 (value, self->time_us);
      break;
    case PROP_SET:
      g_value_set_boolean (value, beam_cursor_is_set (self));
      break;
    case PROP_SELECTED:
      g_value_set_boolean (value, self->anchor_us != G_MININT64);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_cursor_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_TIME:
      beam_cursor_set_time (BEAM_CURSOR (object), g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_cursor_class_init (BeamCursorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = beam_cursor_get_property;
  object_class->set_property = beam_cursor_set_property;

  props[PROP_TIME] = g_param_spec_int64 ("time", NULL, NULL, G_MININT64, G_MAXINT64, G_MININT64,
                                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_SET] = g_param_spec_boolean ("set", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_SELECTED] = g_param_spec_boolean ("selected", NULL, NULL, FALSE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
beam_cursor_init (BeamCursor *self)
{
  self->time_us = G_MININT64;
  self->anchor_us = G_MININT64;
  self->end_us = G_MININT64;
}

BeamCursor *
beam_cursor_new (void)
{
  return g_object_new (BEAM_TYPE_CURSOR, NULL);
}

gboolean
beam_cursor_is_set (BeamCursor *self)
{
  g_return_val_if_fail (BEAM_IS_CURSOR (self), FALSE);

  return self->time_us != G_MININT64;
}

gint64
beam_cursor_get_time (BeamCursor *self)
{
  g_return_val_if_fail (BEAM_IS_CURSOR (self), G_MININT64);

  return self->time_us;
}

void
beam_cursor_set_time (BeamCursor *self,
                      gint64      time_us)
{
  gboolean was_set;

  g_return_if_fail (BEAM_IS_CURSOR (self));

  if (self->time_us == time_us)
    return;

  was_set = beam_cursor_is_set (self);
  self->time_us = time_us;

  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TIME]);
  if (was_set != beam_cursor_is_set (self))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SET]);
  g_signal_emit (self, changed_signal, 0);
}

void
beam_cursor_clear (BeamCursor *self)
{
  beam_cursor_set_time (self, G_MININT64);
}

void
beam_cursor_select (BeamCursor *self,
                    gint64      anchor_us,
                    gint64      end_us)
{
  gboolean was_selected;

  g_return_if_fail (BEAM_IS_CURSOR (self));

  if (self->anchor_us == anchor_us && self->end_us == end_us)
    return;

  was_selected = self->anchor_us != G_MININT64;
  self->anchor_us = anchor_us;
  self->end_us = end_us;

  if (was_selected != (anchor_us != G_MININT64))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
  g_signal_emit (self, changed_signal, 0);
}

void
beam_cursor_clear_selection (BeamCursor *self)
{
  beam_cursor_select (self, G_MININT64, G_MININT64);
}

gboolean
beam_cursor_get_selection (BeamCursor *self,
                           gint64     *ret_from_us,
                           gint64     *ret_to_us)
{
  g_return_val_if_fail (BEAM_IS_CURSOR (self), FALSE);

  if (self->anchor_us == G_MININT64)
    return FALSE;

  *ret_from_us = MIN (self->anchor_us, self->end_us);
  *ret_to_us = MAX (self->anchor_us, self->end_us);
  return TRUE;
}

gint64
beam_cursor_get_anchor (BeamCursor *self)
{
  g_return_val_if_fail (BEAM_IS_CURSOR (self), G_MININT64);

  return self->anchor_us;
}
