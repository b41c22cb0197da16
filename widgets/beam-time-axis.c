/* beam-time-axis.c: the stretch of time that all charts of a page show
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-ticks.h"
#include "beam-time-axis-private.h"
#include "beam-words.h"

/**
 * BeamTimeAxis:
 *
 * One object for all charts of a page: what it shows, they show. It has no
 * clock and no timer; the program tells it the time. Three modes: live follows
 * now with a given length; paused and zoomed stand still. Panning or zooming
 * back to now goes live again. It never shows less than a second, more than a
 * year, or anything beyond now.
 *
 * Beside what is shown it can keep a pinned window, a baseline to compare with.
 *
 * Signal "changed": the range, how it is labelled, or what is pinned is new.
 */
struct _BeamTimeAxis
{
  GObject parent_instance;

  BeamTimeMode mode;
  gint64       now_us;
  gint64       wall_offset_us; /* 0: unknown */
  gint64       window_us;      /* what reset() goes back to */
  gint64       length_us;      /* of the live range, after zooming */
  gint64       from_us;        /* not live only */
  gint64       to_us;
  gint64       stopped_us;     /* now, when it ceased to be live */
  gint64       home_from_us;   /* what reset() goes back to instead; both 0: live */
  gint64       home_to_us;

  gint64       pinned_from_us; /* both 0: nothing is pinned */
  gint64       pinned_to_us;

  GHashTable  *label_widths;   /* owned, chart (as a key only) to width */

  BeamTimeFormatFunc format;   /* nullable */
  gpointer           format_data;
  GDestroyNotify     format_destroy;
};

G_DEFINE_FINAL_TYPE (BeamTimeAxis, beam_time_axis, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (BeamTimeMode, beam_time_mode,
                    G_DEFINE_ENUM_VALUE (BEAM_TIME_LIVE, "live"),
                    G_DEFINE_ENUM_VALUE (BEAM_TIME_PAUSED, "paused"),
                    G_DEFINE_ENUM_VALUE (BEAM_TIME_ZOOMED, "zoomed"))

#define DEFAULT_WINDOW_US (G_GINT64_CONSTANT (300) * G_USEC_PER_SEC)
#define HOURS_US          (G_GINT64_CONSTANT (7200) * G_USEC_PER_SEC) /* from here on minutes are hard to read */
#define DAY_US            (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

enum {
  PROP_NOW = 1,
  PROP_WALL_OFFSET,
  PROP_WINDOW,
  PROP_MODE,
  PROP_PINNED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint changed_signal;

static void
emit_changed (BeamTimeAxis *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static gint64
clamp_length (gint64 length_us)
{
  return CLAMP (length_us, BEAM_TIME_SHORTEST_WINDOW_US, BEAM_TIME_LONGEST_WINDOW_US);
}

/* Sets the whole state before anybody hears of it. */
static void
set_mode (BeamTimeAxis *self,
          BeamTimeMode  mode)
{
  gboolean is_new = self->mode != mode;

  if (self->mode == BEAM_TIME_LIVE && is_new)
    self->stopped_us = self->now_us;
  self->mode = mode;

  if (is_new)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODE]);
  emit_changed (self);
}

/* Stands still at [@to_us - @length_us, @to_us], or goes live when that is now. Where
 * there is a home, nothing is beyond it: what is over has no now. */
static void
stand_at (BeamTimeAxis *self,
          gint64        to_us,
          gint64        length_us)
{
  length_us = clamp_length (length_us);
  if (beam_time_axis_has_home (self))
    {
      length_us = MIN (length_us, MAX (self->home_to_us - self->home_from_us, BEAM_TIME_SHORTEST_WINDOW_US));
      to_us = CLAMP (to_us, MIN (self->home_from_us + length_us, self->home_to_us), self->home_to_us);
    }
  else if (to_us >= self->now_us)
    {
      self->length_us = length_us;
      set_mode (self, BEAM_TIME_LIVE);
      return;
    }

  self->to_us = to_us;
  self->from_us = to_us - length_us;
  set_mode (self, BEAM_TIME_ZOOMED);
}

static void
beam_time_axis_finalize (GObject *object)
{
  BeamTimeAxis *self = BEAM_TIME_AXIS (object);

  g_hash_table_unref (self->label_widths);
  if (self->format_destroy != NULL)
    self->format_destroy (self->format_data);

  G_OBJECT_CLASS (beam_time_axis_parent_class)->finalize (object);
}

static void
beam_time_axis_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  BeamTimeAxis *self = BEAM_TIME_AXIS (object);

  switch (prop_id)
    {
    case PROP_NOW:
      g_value_set_int64 (value, self->now_us);
      break;
    case PROP_WALL_OFFSET:
      g_value_set_int64 (value, self->wall_offset_us);
      break;
    case PROP_WINDOW:
      g_value_set_int64 (value, self->window_us);
      break;
    case PROP_MODE:
      g_value_set_enum (value, (int) self->mode);
      break;
    case PROP_PINNED:
      g_value_set_boolean (value, self->pinned_from_us < self->pinned_to_us);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_time_axis_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  BeamTimeAxis *self = BEAM_TIME_AXIS (object);

  switch (prop_id)
    {
    case PROP_NOW:
      beam_time_axis_set_now (self, g_value_get_int64 (value));
      break;
    case PROP_WALL_OFFSET:
      beam_time_axis_set_wall_offset (self, g_value_get_int64 (value));
      break;
    case PROP_WINDOW:
      beam_time_axis_set_window (self, g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_time_axis_class_init (BeamTimeAxisClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = beam_time_axis_finalize;
  object_class->get_property = beam_time_axis_get_property;
  object_class->set_property = beam_time_axis_set_property;

  props[PROP_NOW] = g_param_spec_int64 ("now", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_WALL_OFFSET] = g_param_spec_int64 ("wall-offset", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  props[PROP_WINDOW] = g_param_spec_int64 ("window", NULL, NULL,
                                           BEAM_TIME_SHORTEST_WINDOW_US, BEAM_TIME_LONGEST_WINDOW_US,
                                           DEFAULT_WINDOW_US, flags);
  props[PROP_MODE] = g_param_spec_enum ("mode", NULL, NULL, BEAM_TYPE_TIME_MODE, BEAM_TIME_LIVE,
                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_PINNED] = g_param_spec_boolean ("pinned", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
beam_time_axis_init (BeamTimeAxis *self)
{
  self->window_us = DEFAULT_WINDOW_US;
  self->length_us = DEFAULT_WINDOW_US;
  self->label_widths = g_hash_table_new (NULL, NULL);
}

BeamTimeAxis *
beam_time_axis_new (gint64 window_us)
{
  return g_object_new (BEAM_TYPE_TIME_AXIS, "window", clamp_length (window_us), NULL);
}

void
beam_time_axis_set_now (BeamTimeAxis *self,
                        gint64        now_us)
{
  g_return_if_fail (BEAM_IS_TIME_AXIS (self));

  if (now_us <= self->now_us)
    return;

  self->now_us = now_us;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NOW]);
  if (self->mode == BEAM_TIME_LIVE)
    emit_changed (self);
}

gint64
beam_time_axis_get_now (BeamTimeAxis *self)
{
  g_return_val_if_fail (BEAM_IS_TIME_AXIS (self), 0);

  return self->now_us;
}

void
beam_time_axis_set_wall_offset (BeamTimeAxis *self,
                                gint64        offset_us)
{
  g_return_if_fail (BEAM_IS_TIME_AXIS (self));

  if (self->wall_offset_us == offset_us)
    return;

  self->wall_offset_us = offset_us;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WALL_OFFSET]);
  if (self->mode != BEAM_TIME_LIVE)
    emit_changed (self);
}

gint64
beam_time_axis_get_wall_offset (BeamTimeAxis *self)
{
  g_return_val_if_fail (BEAM_IS_TIME_AXIS (self), 0);

  return self->wall_offset_us;
}

void
beam_time_axis_set_window (BeamTimeAxis *self,
                           gint64        window_us)
{
  g_return_if_fail (BEAM_IS_TIME_AXIS (self));

  window_us = clamp_length (window_us);
  if (self->window_us == window_us)
    return;

  self->window_us = window_us;
  self->length_us = window_us;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WINDOW]);
  if (self->mode == BEAM_TIME_LIVE)
    emit_changed (self);
}

gint64
beam_time_axis_get_window (BeamTimeAxis *self)
{
  g_return_val_if_fail (BEAM_IS_TIME_AXIS (self), DEFAULT_WINDOW_US);

  return self->window_us;
}

void
beam_time_axis_get_range (BeamTimeAxis *self,
                          gint64       *ret_from_us,
                          gint64       *ret_to_us)
{
  g_return_if_fail (BEAM_IS_TIME_AXIS (self));

  *ret_to_us = self->mode == BEAM_TIME_LIVE ? self->now_us : self->to_us;
  *ret_from_us = self->mode == BEAM_TIME_LIVE ? self->now_us - self->length_us : self->from_us;
}

BeamTimeMode
beam_time_axis_get_mode (BeamTimeAxis *self)
{
  g_return_val_if_fail (BEAM_IS_TIME_AXIS (self), BEAM_TIME_LIVE);

  return self->mode;
}

void
beam_time_axis_pause (BeamTimeAxis *self)
{
  g_return_if_fail (BEAM_IS_TIME_AXIS (self));

  if (self->mode == BEAM_TIME_PAUSED)
    return;

  beam_time_axis_get_range (self, &self->from_us, &self->to_us);
  set_mode (self, BEAM_TIME_PAUSED);
}

void
beam_time_axis_zoom_to (BeamTimeAxis *self,
                        gint64        from_us,
                        gint64        to_us)
{
  gint64 length_us;

  g_return_if_fail (BEAM_IS_TIME_AXIS (self));
  g_return_if_fail (from_us <= to_us);

  /* Too short a choice grows on both sides; a choice is never live, even when
   * it ends now: what was chosen must not slide away. */
  length_us = clamp_length (to_us - from_us);
  to_us = MIN (to_us + (length_us - (to_us - from_us)) / 2, self->now_us);
  self->to_us = to_us;
  self->from_us = to_us - length_us;
  set_mode (self, BEAM_TIME_ZOOMED);
}

void
beam_time_axis_zoom_by (BeamTimeAxis *self,
                        double        factor,
                        gint64        around_us)
{
  gint64 from_us, to_us, length_us;
  double share;

  g_return_if_fail (BEAM_IS_TIME_AXIS (self));
  g_return_if_fail (isfinite (factor) && factor > 0);

  beam_time_axis_get_range (self, &from_us, &to_us);
  length_us = clamp_length ((gint64) (fmin ((double) (to_us - from_us) * factor, (double) BEAM_TIME_LONGEST_WINDOW_US)));
  if (self->mode == BEAM_TIME_LIVE)
    {
      stand_at (self, to_us, length_us);
      return;
    }

  share = (double) (to_us - CLAMP (around_us, from_us, to_us)) / (double) (to_us - from_us);
  stand_at (self, CLAMP (around_us, from_us, to_us) + (gint64) (share * (double) length_us), length_us);
}

void
beam_time_axis_pan (BeamTimeAxis *self,
                    gint64        delta_us)
{
  gint64 from_us, to_us;

  g_return_if_fail (BEAM_IS_TIME_AXIS (self));

  if (delta_us == 0)
    return;

  beam_time_axis_get_range (self, &from_us, &to_us);
  stand_at (self, to_us + delta_us, to_us - from_us);
}

void
beam_time_axis_reset (BeamTimeAxis *self)
{
  g_return_if_fail (BEAM_IS_TIME_AXIS (self));

  self->length_us = self->window_us;
  if (self->home_from_us < self->home_to_us)
    beam_time_axis_zoom_to (self, self->home_from_us, self->home_to_us);
  else
    set_mode (self, BEAM_TIME_LIVE);
}

void
beam_time_axis_set_home (BeamTimeAxis *self,
                         gint64        from_us,
                         gint64        to_us)
{
  g_return_if_fail (BEAM_IS_TIME_AXIS (self));
  g_return_if_fail (from_us <= to_us);

  self->home_from_us = from_us;
  self->home_to_us = to_us;
  beam_time_axis_reset (self);
}

gboolean
beam_time_axis_has_home (BeamTimeAxis *self)
{
  g_return_val_if_fail (BEAM_IS_TIME_AXIS (self), FALSE);

  return self->home_from_us < self->home_to_us;
}

gboolean
beam_time_axis_is_at_home (BeamTimeAxis *self)
{
  gint64 from_us, to_us;

  g_return_val_if_fail (BEAM_IS_TIME_AXIS (self), FALSE);

  if (!beam_time_axis_has_home (self))
    return self->mode == BEAM_TIME_LIVE;

  beam_time_axis_get_range (self, &from_us, &to_us);
  return from_us <= self->home_from_us && to_us >= self->home_to_us;
}

static void
set_pinned (BeamTimeAxis *self,
            gint64        from_us,
            gint64        to_us)
{
  gboolean was_pinned = self->pinned_from_us < self->pinned_to_us;

  if (self->pinned_from_us == from_us && self->pinned_to_us == to_us)
    return;

  self->pinned_from_us = from_us;
  self->pinned_to_us = to_us;
  if (was_pinned != (from_us < to_us))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PINNED]);
  emit_changed (self);
}

void
beam_time_axis_pin (BeamTimeAxis *self,
                    gint64        from_us,
                    gint64        to_us)
{
  g_return_if_fail (BEAM_IS_TIME_AXIS (self));
  g_return_if_fail (from_us < to_us);

  set_pinned (self, from_us, to_us);
}

void
beam_time_axis_unpin (BeamTimeAxis *self)
{
  g_return_if_fail (BEAM_IS_TIME_AXIS (self));

  set_pinned (self, 0, 0);
}

gboolean
beam_time_axis_get_pinned (BeamTimeAxis *self,
                           gint64       *ret_from_us,
                           gint64       *ret_to_us)
{
  g_return_val_if_fail (BEAM_IS_TIME_AXIS (self), FALSE);

  *ret_from_us = self->pinned_from_us;
  *ret_to_us = self->pinned_to_us;
  return self->pinned_from_us < self->pinned_to_us;
}

void
beam_time_axis_set_format_func (BeamTimeAxis       *self,
                                BeamTimeFormatFunc  func,
                                gpointer            user_data,
                                GDestroyNotify      destroy)
{
  g_return_if_fail (BEAM_IS_TIME_AXIS (self));

  if (self->format_destroy != NULL)
    self->format_destroy (self->format_data);
  self->format = func;
  self->format_data = user_data;
  self->format_destroy = destroy;

  emit_changed (self);
}

static char *
format_clock (const BeamTimeLabel *label)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (label->offset_us / G_USEC_PER_SEC);

  if (when == NULL)
    return g_strdup ("");
  if (label->step_us >= DAY_US)
    {
      /* Where the clocks were changed meanwhile, midnight is an hour off: it is that day all the same. */
      g_autoptr (GDateTime) day = g_date_time_add_hours (when, 2);

      /* Translators: a day and a month in short, "27 Nov", as g_date_time_format() has them */
      return g_date_time_format (day, _("%e %b"));
    }

  return g_date_time_format (when, label->step_us % (60 * G_USEC_PER_SEC) == 0 ? "%H:%M" : "%H:%M:%S");
}

/* U+2212 is the minus sign; the unit stands where the eye enters, on the left. */
static char *
format_relative (const BeamTimeLabel *label)
{
  const gint64 step = label->step_us / G_USEC_PER_SEC;
  const gint64 seconds = ABS (label->offset_us) / G_USEC_PER_SEC;
  const char *sign = label->offset_us < 0 ? "\342\210\222" : "";
  const int hours = (int) (seconds / 3600);
  const int minutes = (int) (seconds / 60);

  if (seconds == 0)
    /* Translators: the right end of a time axis that moves */
    return g_strdup (label->live ? _("now") : "0");
  if (step >= 3600)
    /* Translators: a sign or nothing, and hours: "-2 h" */
    return g_strdup_printf (label->first ? _("%s%d h") : "%s%d", sign, hours);
  if (step >= 60 && label->span_us < HOURS_US)
    /* Translators: a sign or nothing, and minutes: "-4 min" */
    return g_strdup_printf (label->first ? _("%s%d min") : "%s%d", sign, minutes);
  if (step >= 60)
    /* Translators: a sign or nothing, hours and minutes: "-2:30 h" */
    return g_strdup_printf (label->first ? _("%s%d:%02d h") : "%s%d:%02d", sign, hours, minutes % 60);
  if (seconds < 60)
    /* Translators: a sign or nothing, and seconds: "-15 s" */
    return g_strdup_printf (_("%s%d s"), sign, (int) seconds);

  return g_strdup_printf ("%s%d:%02d", sign, minutes, (int) (seconds % 60));
}

char *
beam_time_axis_format (BeamTimeAxis        *self,
                       const BeamTimeLabel *label)
{
  g_return_val_if_fail (BEAM_IS_TIME_AXIS (self), NULL);

  if (self->format != NULL)
    return self->format (label, self->format_data);

  return label->relative ? format_relative (label) : format_clock (label);
}

/* How far the wall clock of this place is ahead of UTC then. */
static gint64
get_zone_us (gint64 wall_us)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (wall_us / G_USEC_PER_SEC);

  return when != NULL ? g_date_time_get_utc_offset (when) : 0;
}

void
beam_time_axis_get_labels (BeamTimeAxis *self,
                           guint         max_ticks,
                           GArray       *ret)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean live, relative;
  gint64 from_us, to_us, anchor_us, origin_us, step_us, span_us;

  g_return_if_fail (BEAM_IS_TIME_AXIS (self));

  live = self->mode == BEAM_TIME_LIVE;
  relative = live || self->wall_offset_us == 0;
  beam_time_axis_get_range (self, &from_us, &to_us);
  origin_us = live ? self->now_us : relative ? self->stopped_us : -self->wall_offset_us;
  anchor_us = relative ? origin_us : origin_us - get_zone_us (to_us + self->wall_offset_us);
  span_us = MAX (ABS (from_us - origin_us), ABS (to_us - origin_us));
  step_us = beam_ticks_time (from_us, to_us, anchor_us, max_ticks, times);

  g_array_set_size (ret, 0);
  for (guint i = 0; i < times->len; i++)
    {
      gint64 time_us = g_array_index (times, gint64, i);
      BeamTimeLabel label = { time_us, time_us - origin_us, step_us, span_us, relative, live, i == 0 };

      g_array_append_val (ret, label);
    }
}

/* --- Between charts --- */

int
beam_time_axis_get_label_width (BeamTimeAxis *self)
{
  GHashTableIter iter;
  gpointer width;
  int widest = 0;

  g_hash_table_iter_init (&iter, self->label_widths);
  while (g_hash_table_iter_next (&iter, NULL, &width))
    widest = MAX (widest, GPOINTER_TO_INT (width));

  return widest;
}

void
beam_time_axis_claim_label_width (BeamTimeAxis  *self,
                                  gconstpointer  chart,
                                  int            width)
{
  int before = beam_time_axis_get_label_width (self);

  if (width > 0)
    g_hash_table_insert (self->label_widths, (gpointer) chart, GINT_TO_POINTER (width));
  else
    g_hash_table_remove (self->label_widths, chart);

  if (beam_time_axis_get_label_width (self) != before)
    emit_changed (self);
}
