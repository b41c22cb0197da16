/* beam-chart-input.c: pointer, touch and touchpad of a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A chart often stands in a page that scrolls, so it takes only what is meant
 * for it: a plain wheel and a vertical swipe go on to the page.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-chart-private.h"

#define ZOOM_STEP      1.5
#define PAN_SHARE      0.1   /* of the picture, a step of the wheel */
#define ZOOM_PIXELS    100.0 /* of a swipe with Ctrl that zoom one step */
#define SHORTEST_DRAG  8.0   /* pixels: less is a click that trembled */

/* --- Selection --- */

static gboolean
take_selection (BeamChart *self,
                gint64    *ret_from_us,
                gint64    *ret_to_us)
{
  gboolean any = beam_cursor_get_selection (self->cursor, ret_from_us, ret_to_us) && *ret_from_us < *ret_to_us;

  beam_cursor_clear_selection (self->cursor);
  return any;
}

gboolean
beam_chart_zoom_to_selection (BeamChart *self)
{
  gint64 from_us, to_us;

  if (!take_selection (self, &from_us, &to_us))
    return FALSE;

  beam_time_axis_zoom_to (self->time_axis, from_us, to_us);
  return TRUE;
}

gboolean
beam_chart_pin_selection (BeamChart *self)
{
  gint64 from_us, to_us;

  if (!take_selection (self, &from_us, &to_us))
    return FALSE;

  beam_time_axis_pin (self->time_axis, from_us, to_us);
  return TRUE;
}

/* --- A movement that runs out --- */

static void
pan_pixels (BeamChart *self,
            double     pixels)
{
  BeamGeometry geometry;

  if (beam_chart_get_geometry (self, &geometry))
    beam_time_axis_pan (self->time_axis,
                        (gint64) (pixels * (double) (geometry.to_us - geometry.from_us) / geometry.width));
}

static gboolean
kinetic_cb (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  BeamChart *self = BEAM_CHART (widget);

  pan_pixels (self, beam_kinetic_step (&self->kinetic, gdk_frame_clock_get_frame_time (clock)));
  if (beam_kinetic_is_on (&self->kinetic))
    return G_SOURCE_CONTINUE;

  self->kinetic_id = 0;
  return G_SOURCE_REMOVE;
}

void
beam_chart_stop_kinetic (BeamChart *self)
{
  if (self->kinetic_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->kinetic_id);
  self->kinetic_id = 0;
  beam_kinetic_start (&self->kinetic, 0);
}

/* Nothing runs on by itself for those who asked for less movement. */
static void
start_kinetic (BeamChart *self,
               double     velocity)
{
  gboolean animate;

  beam_chart_stop_kinetic (self);
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animate, NULL);
  if (!animate)
    return;

  beam_kinetic_start (&self->kinetic, velocity);
  if (beam_kinetic_is_on (&self->kinetic))
    self->kinetic_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), kinetic_cb, NULL, NULL);
}

/* --- Pointer --- */

void
beam_chart_follow_pointer (BeamChart          *self,
                           const BeamGeometry *geometry)
{
  if (!isnan (self->pointer_x) && !self->dragging)
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
  beam_chart_stop_kinetic (self);
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
  BeamGeometry geometry;
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

  if (!beam_chart_get_geometry (self, &geometry) || (fabs (dx) < SHORTEST_DRAG && !self->dragging))
    return;

  /* Where it began stays in time, also while the picture slides. */
  if (!self->dragging)
    self->drag_us = beam_geometry_time (&geometry, CLAMP (x, geometry.x, geometry.x + geometry.width));
  self->dragging = TRUE;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  beam_cursor_select (self->cursor, self->drag_us,
                      beam_geometry_time (&geometry, CLAMP (x + dx, geometry.x, geometry.x + geometry.width)));
}

static void
end_drag (BeamChart *self)
{
  self->dragging = FALSE;
  beam_cursor_clear_selection (self->cursor);
}

static void
drag_end_cb (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             BeamChart      *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (!self->dragging)
    return;

  if (fabs (dx) >= SHORTEST_DRAG)
    {
      if ((state & GDK_SHIFT_MASK) != 0)
        beam_chart_pin_selection (self);
      else
        beam_chart_zoom_to_selection (self);
    }
  end_drag (self);
}

static void
drag_cancel_cb (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                BeamChart        *self)
{
  if (self->dragging)
    end_drag (self);
}

static void
menu_pressed_cb (GtkGestureClick *gesture,
                 int              n_press,
                 double           x,
                 double           y,
                 BeamChart       *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));

  if (event != NULL && !gdk_event_triggers_context_menu (event))
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  beam_chart_open_menu (self, x, y);
}

static void
long_pressed_cb (GtkGestureLongPress *gesture,
                 double               x,
                 double               y,
                 BeamChart           *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  point_at (self, x);
  beam_chart_open_menu (self, x, y);
}

/* --- Touchpad and wheel --- */

static gint64
time_under (BeamChart          *self,
            const BeamGeometry *geometry,
            double              x)
{
  return isnan (x) ? geometry->to_us : beam_geometry_time (geometry, CLAMP (x, geometry->x, geometry->x + geometry->width));
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           BeamChart                *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  gboolean wheel = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL;
  BeamGeometry geometry;

  if (!beam_chart_get_geometry (self, &geometry))
    return GDK_EVENT_PROPAGATE;

  beam_chart_stop_kinetic (self);
  if ((state & GDK_CONTROL_MASK) != 0)
    {
      double steps = wheel ? dy : dy / ZOOM_PIXELS;

      beam_time_axis_zoom_by (self->time_axis, pow (ZOOM_STEP, CLAMP (steps, -3, 3)),
                              time_under (self, &geometry, self->pointer_x));
      return GDK_EVENT_STOP;
    }

  if ((state & GDK_SHIFT_MASK) != 0 && dx == 0)
    dx = dy;
  else if (fabs (dx) <= fabs (dy))
    return GDK_EVENT_PROPAGATE;

  pan_pixels (self, wheel ? CLAMP (dx, -3, 3) * PAN_SHARE * geometry.width : dx);
  return GDK_EVENT_STOP;
}

/* Velocities are in pixels a millisecond; a swipe up or down was the page's. */
static void
decelerate_cb (GtkEventControllerScroll *controller,
               double                    velocity_x,
               double                    velocity_y,
               BeamChart                *self)
{
  if (fabs (velocity_x) > fabs (velocity_y))
    start_kinetic (self, velocity_x * 1000);
}

static void
pinch_begin_cb (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                BeamChart        *self)
{
  beam_chart_stop_kinetic (self);
  self->pinch = 1;
}

static void
pinch_cb (GtkGestureZoom *gesture,
          double          scale,
          BeamChart      *self)
{
  BeamGeometry geometry;
  double x, y;

  if (!(scale > 0) || !beam_chart_get_geometry (self, &geometry))
    return;

  if (!gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    x = (double) NAN;
  beam_time_axis_zoom_by (self->time_axis, CLAMP (self->pinch / scale, 0.1, 10), time_under (self, &geometry, x));
  self->pinch = scale;
}

static void
add_pointer (BeamChart *self)
{
  GtkEventController *controller = gtk_event_controller_motion_new ();

  g_signal_connect (controller, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (controller, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (controller, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES |
                                                GTK_EVENT_CONTROLLER_SCROLL_KINETIC);
  g_signal_connect (controller, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect (controller, "decelerate", G_CALLBACK (decelerate_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
add_gestures (BeamChart *self)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  g_signal_connect (gesture, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect (gesture, "pressed", G_CALLBACK (menu_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_long_press_new ();
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (gesture), TRUE);
  g_signal_connect (gesture, "pressed", G_CALLBACK (long_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_drag_new ();
  g_signal_connect (gesture, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (gesture, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (gesture, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_zoom_new ();
  g_signal_connect (gesture, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (gesture, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
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

void
beam_chart_init_input (BeamChart *self)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  add_pointer (self);
  add_gestures (self);
}
