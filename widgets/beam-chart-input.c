/* beam-chart-input.c: keyboard and pointer of a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A chart often stands in a page that scrolls, so it takes only what is meant
 * for it: a plain wheel and a vertical swipe go on to the page.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-chart-private.h"
#include "beam-layer-private.h"
#include "beam-series.h"

#define ZOOM_STEP      1.5
#define PAN_SHARE      0.1 /* of the picture, a step of the wheel */
#define PAGE_SHARE     0.5
#define BIG_STEP       10  /* pixels */
#define SHORTEST_DRAG  8.0 /* pixels: less is a click that trembled */

/* --- Cursor by keyboard --- */

/* The nearest point of @series beyond @limit_us in the given direction. */
static gboolean
find_next (BeamSeries         *series,
           const BeamGeometry *geometry,
           gint64              limit_us,
           gboolean            forward,
           GArray             *points,
           gint64             *ret_time_us)
{
  gint64 from_us = forward ? limit_us : geometry->from_us;
  gint64 to_us = forward ? geometry->to_us : limit_us;

  if (from_us > to_us)
    return FALSE;

  beam_series_collect (series, from_us, to_us, beam_layer_max_points (geometry), points);
  for (guint i = 0; i < points->len; i++)
    {
      const BeamPoint *point = &g_array_index (points, BeamPoint, forward ? i : points->len - 1 - i);

      if (isnan (point->low) || point->time_us < from_us || point->time_us > to_us)
        continue;
      *ret_time_us = point->time_us;
      return TRUE;
    }

  return FALSE;
}

/* To the next sample of any series that is at least a pixel away. */
static gint64
next_sample (BeamChart          *self,
             const BeamGeometry *geometry,
             gint64              time_us,
             gboolean            forward)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
  g_autoptr (GPtrArray) series = g_ptr_array_new ();
  gint64 pixel_us = MAX ((gint64) ((double) (geometry->to_us - geometry->from_us) / geometry->width), 1);
  gint64 limit_us = forward ? time_us + pixel_us : time_us - pixel_us;
  gint64 best_us = forward ? geometry->to_us : geometry->from_us;
  gint64 found_us;

  for (guint i = 0; i < self->layers->len; i++)
    beam_layer_collect_series (g_ptr_array_index (self->layers, i), series);

  for (guint i = 0; i < series->len; i++)
    if (find_next (g_ptr_array_index (series, i), geometry, limit_us, forward, points, &found_us))
      best_us = forward ? MIN (best_us, found_us) : MAX (best_us, found_us);

  return best_us;
}

static void
step_cursor (BeamChart          *self,
             const BeamGeometry *geometry,
             gboolean            forward,
             gboolean            big)
{
  gint64 time_us = beam_cursor_is_set (self->cursor) ? beam_cursor_get_time (self->cursor) : geometry->to_us;
  gint64 big_us = (gint64) ((double) (geometry->to_us - geometry->from_us) * BIG_STEP / geometry->width);

  time_us = CLAMP (time_us, geometry->from_us, geometry->to_us);
  if (big)
    time_us += forward ? big_us : -big_us;
  else
    time_us = next_sample (self, geometry, time_us, forward);

  beam_cursor_set_time (self->cursor, CLAMP (time_us, geometry->from_us, geometry->to_us));
}

static gint64
zoom_centre (BeamChart          *self,
             const BeamGeometry *geometry)
{
  gint64 time_us = beam_cursor_get_time (self->cursor);

  return time_us < geometry->from_us || time_us > geometry->to_us ? geometry->to_us : time_us;
}

gboolean
beam_chart_handle_key (BeamChart       *self,
                       guint            keyval,
                       GdkModifierType  state)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;
  BeamGeometry geometry;
  gint64 length_us;

  if ((state & (GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || !beam_chart_get_geometry (self, &geometry))
    return GDK_EVENT_PROPAGATE;

  length_us = geometry.to_us - geometry.from_us;
  if (keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left || keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right)
    {
      step_cursor (self, &geometry, keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right, control);
      return GDK_EVENT_STOP;
    }
  if (control)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      beam_cursor_set_time (self->cursor, geometry.from_us);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      beam_cursor_set_time (self->cursor, geometry.to_us);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (!beam_cursor_is_set (self->cursor))
        return GDK_EVENT_PROPAGATE;
      beam_cursor_clear (self->cursor);
      return GDK_EVENT_STOP;
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      beam_time_axis_zoom_by (self->time_axis, 1 / ZOOM_STEP, zoom_centre (self, &geometry));
      return GDK_EVENT_STOP;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      beam_time_axis_zoom_by (self->time_axis, ZOOM_STEP, zoom_centre (self, &geometry));
      return GDK_EVENT_STOP;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      beam_time_axis_reset (self->time_axis);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      beam_time_axis_pan (self->time_axis, -(gint64) (PAGE_SHARE * (double) length_us));
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      beam_time_axis_pan (self->time_axis, (gint64) (PAGE_SHARE * (double) length_us));
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                BeamChart             *self)
{
  return beam_chart_handle_key (self, keyval, state);
}

/* --- Pointer --- */

void
beam_chart_follow_pointer (BeamChart          *self,
                           const BeamGeometry *geometry)
{
  if (!isnan (self->pointer_x) && isnan (self->drag_from_x))
    beam_cursor_set_time (self->cursor, beam_geometry_time (geometry, self->pointer_x));
}

static void
point_at (BeamChart *self,
          double     x)
{
  BeamGeometry geometry;

  if (!beam_chart_get_geometry (self, &geometry) || x < geometry.x || x > geometry.x + geometry.width)
    return;

  self->pointer_x = x;
  beam_chart_follow_pointer (self, &geometry);
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           BeamChart                *self)
{
  if (x != self->pointer_x)
    point_at (self, x);
}

static void
leave_cb (GtkEventControllerMotion *controller,
          BeamChart                *self)
{
  if (isnan (self->pointer_x))
    return;

  self->pointer_x = (double) NAN;
  beam_cursor_clear (self->cursor);
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            BeamChart       *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press != 2)
    return;

  beam_time_axis_reset (self->time_axis);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
is_touch (GtkGesture *gesture)
{
  GdkDevice *device = gtk_event_controller_get_current_event_device (GTK_EVENT_CONTROLLER (gesture));

  return device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;
}

/* A finger moves the cursor, and scrolls the page when it moves up or down; a
 * pointer selects what to zoom to. */
static void
drag_update_cb (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                BeamChart      *self)
{
  double x, y;

  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;

  if (is_touch (GTK_GESTURE (gesture)))
    {
      if (fabs (dy) > fabs (dx) && fabs (dy) > SHORTEST_DRAG)
        gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      else
        point_at (self, x + dx);
      return;
    }

  if (fabs (dx) < SHORTEST_DRAG && isnan (self->drag_from_x))
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->drag_from_x = x;
  self->drag_to_x = x + dx;
  gtk_widget_queue_draw (GTK_WIDGET (self->overlay));
}

static void
end_drag (BeamChart *self)
{
  self->drag_from_x = (double) NAN;
  self->drag_to_x = (double) NAN;
  gtk_widget_queue_draw (GTK_WIDGET (self->overlay));
}

static void
drag_end_cb (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             BeamChart      *self)
{
  BeamGeometry geometry;
  double left = fmin (self->drag_from_x, self->drag_to_x);
  double right = fmax (self->drag_from_x, self->drag_to_x);

  if (isnan (self->drag_from_x))
    return;

  end_drag (self);
  if (right - left >= SHORTEST_DRAG && beam_chart_get_geometry (self, &geometry))
    beam_time_axis_zoom_to (self->time_axis,
                            beam_geometry_time (&geometry, fmax (left, geometry.x)),
                            beam_geometry_time (&geometry, fmin (right, geometry.x + geometry.width)));
}

static void
drag_cancel_cb (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                BeamChart        *self)
{
  end_drag (self);
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           BeamChart                *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  BeamGeometry geometry;
  double length_us;

  if (!beam_chart_get_geometry (self, &geometry))
    return GDK_EVENT_PROPAGATE;

  if ((state & GDK_CONTROL_MASK) != 0)
    {
      gint64 around_us = isnan (self->pointer_x) ? geometry.to_us : beam_geometry_time (&geometry, self->pointer_x);

      beam_time_axis_zoom_by (self->time_axis, pow (ZOOM_STEP, CLAMP (dy, -3, 3)), around_us);
      return GDK_EVENT_STOP;
    }

  if ((state & GDK_SHIFT_MASK) != 0 && dx == 0)
    dx = dy;
  else if (fabs (dx) <= fabs (dy))
    return GDK_EVENT_PROPAGATE;

  length_us = (double) (geometry.to_us - geometry.from_us);
  beam_time_axis_pan (self->time_axis, (gint64) (CLAMP (dx, -3, 3) * PAN_SHARE * length_us));
  return GDK_EVENT_STOP;
}

void
beam_chart_init_input (BeamChart *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *controller;
  GtkGesture *gesture;

  controller = gtk_event_controller_key_new ();
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (widget, controller);

  controller = gtk_event_controller_motion_new ();
  g_signal_connect (controller, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (controller, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (controller, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, controller);

  controller = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  g_signal_connect (controller, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, controller);

  gesture = gtk_gesture_click_new ();
  g_signal_connect (gesture, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_drag_new ();
  g_signal_connect (gesture, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (gesture, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (gesture, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));
}
