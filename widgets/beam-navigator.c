/* beam-navigator.c: pointer, wheel, touchpad and touch as pans, zooms and drags
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a chart of time and a plot have in common. Both often stand in a page
 * that scrolls, so only what is meant for them is taken: a plain wheel and a
 * vertical swipe go on to the page.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-kinetic.h"
#include "beam-navigator.h"

#define PAN_SHARE     0.1   /* of the plot, a step of the wheel */
#define ZOOM_PIXELS   100.0 /* of a swipe with Ctrl that zoom one step */
#define SHORTEST_DRAG 8.0   /* pixels: less is a click that trembled */

struct _BeamNavigator
{
  GObject parent_instance;

  GtkWidget                *owner; /* borrowed: it owns this object */
  const BeamNavigatorFuncs *funcs;

  double      pointer_x; /* NAN: the pointer is elsewhere */
  double      pointer_y;
  gboolean    dragging;
  BeamDrag    drag;
  double      pinch;      /* scale at the last step of a pinch */
  BeamKinetic kinetic;
  guint       kinetic_id; /* tick callback of the owner, 0 when at rest */
};

G_DEFINE_FINAL_TYPE (BeamNavigator, beam_navigator, G_TYPE_OBJECT)

/* --- A movement that runs out --- */

static gboolean
kinetic_cb (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  BeamNavigator *self = user_data;

  self->funcs->pan (widget, beam_kinetic_step (&self->kinetic, gdk_frame_clock_get_frame_time (clock)), 0);
  if (beam_kinetic_is_on (&self->kinetic))
    return G_SOURCE_CONTINUE;

  self->kinetic_id = 0;
  return G_SOURCE_REMOVE;
}

void
beam_navigator_stop (BeamNavigator *self)
{
  g_return_if_fail (BEAM_IS_NAVIGATOR (self));

  if (self->kinetic_id != 0)
    gtk_widget_remove_tick_callback (self->owner, self->kinetic_id);
  self->kinetic_id = 0;
  beam_kinetic_start (&self->kinetic, 0);
}

/* A swipe up or down was the page's. Nothing runs on by itself for those who
 * asked for less movement. */
void
beam_navigator_swipe (BeamNavigator *self,
                      double         velocity_x,
                      double         velocity_y)
{
  gboolean animate;

  g_return_if_fail (BEAM_IS_NAVIGATOR (self));

  beam_navigator_stop (self);
  g_object_get (gtk_widget_get_settings (self->owner), "gtk-enable-animations", &animate, NULL);
  if (!animate || fabs (velocity_x) <= fabs (velocity_y))
    return;

  beam_kinetic_start (&self->kinetic, velocity_x * 1000);
  if (beam_kinetic_is_on (&self->kinetic))
    self->kinetic_id = gtk_widget_add_tick_callback (self->owner, kinetic_cb, self, NULL);
}

/* --- Pointer --- */

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           BeamNavigator            *self)
{
  self->pointer_x = x;
  self->pointer_y = y;
  if (self->funcs->point != NULL)
    self->funcs->point (self->owner, x, y);
}

static void
leave_cb (GtkEventControllerMotion *controller,
          BeamNavigator            *self)
{
  self->pointer_x = self->pointer_y = (double) NAN;
  if (self->funcs->leave != NULL)
    self->funcs->leave (self->owner);
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            BeamNavigator   *self)
{
  beam_navigator_stop (self);
  gtk_widget_grab_focus (self->owner);
  if (n_press != 2)
    return;

  self->funcs->reset (self->owner);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
is_touch (GtkGesture *gesture)
{
  GdkDevice *device = gtk_event_controller_get_current_event_device (GTK_EVENT_CONTROLLER (gesture));

  return device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;
}

static gboolean
is_long (BeamNavigator *self,
         double         dx,
         double         dy)
{
  return fabs (dx) >= SHORTEST_DRAG || (!self->funcs->level && fabs (dy) >= SHORTEST_DRAG);
}

/* A finger points, and scrolls the page when it moves up or down; a pointer
 * drags. */
static void
drag_update_cb (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                BeamNavigator  *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  BeamRect plot;
  double x, y;

  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y) || !self->funcs->get_plot (self->owner, &plot))
    return;

  if (is_touch (GTK_GESTURE (gesture)))
    {
      if (fabs (dy) > fabs (dx) && fabs (dy) > SHORTEST_DRAG)
        gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      else if (self->funcs->point != NULL)
        self->funcs->point (self->owner, x + dx, y + dy);
      return;
    }

  if (!self->dragging && !is_long (self, dx, dy))
    return;

  if (!self->dragging)
    self->drag = (BeamDrag) { .x = x, .y = y, .to_x = x, .to_y = y };
  self->drag.step_x = x + dx - self->drag.to_x;
  self->drag.step_y = y + dy - self->drag.to_y;
  self->drag.to_x = x + dx;
  self->drag.to_y = y + dy;
  self->drag.shift = (state & GDK_SHIFT_MASK) != 0;
  self->drag.control = (state & GDK_CONTROL_MASK) != 0;
  self->dragging = TRUE;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->funcs->drag (self->owner, &self->drag);
}

static void
end_drag (BeamNavigator *self,
          gboolean       done)
{
  if (!self->dragging)
    return;

  self->dragging = FALSE;
  self->funcs->drag_end (self->owner, &self->drag, done);
}

static void
drag_end_cb (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             BeamNavigator  *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  self->drag.shift = (state & GDK_SHIFT_MASK) != 0;
  self->drag.control = (state & GDK_CONTROL_MASK) != 0;
  end_drag (self, is_long (self, dx, dy));
}

static void
drag_cancel_cb (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                BeamNavigator    *self)
{
  end_drag (self, FALSE);
}

/* --- Touchpad and wheel --- */

gboolean
beam_navigator_scroll (BeamNavigator   *self,
                       double           dx,
                       double           dy,
                       gboolean         wheel,
                       GdkModifierType  state)
{
  BeamRect plot;

  g_return_val_if_fail (BEAM_IS_NAVIGATOR (self), GDK_EVENT_PROPAGATE);

  if (!self->funcs->get_plot (self->owner, &plot))
    return GDK_EVENT_PROPAGATE;

  beam_navigator_stop (self);
  if ((state & GDK_CONTROL_MASK) != 0)
    {
      double steps = wheel ? dy : dy / ZOOM_PIXELS;

      self->funcs->zoom (self->owner, pow (BEAM_ZOOM_STEP, CLAMP (steps, -3, 3)), self->pointer_x, self->pointer_y);
      return GDK_EVENT_STOP;
    }

  if ((state & GDK_SHIFT_MASK) != 0 && dx == 0)
    dx = dy;
  else if (fabs (dx) <= fabs (dy))
    return GDK_EVENT_PROPAGATE;

  self->funcs->pan (self->owner, wheel ? CLAMP (dx, -3, 3) * PAN_SHARE * plot.width : dx, 0);
  return GDK_EVENT_STOP;
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           BeamNavigator            *self)
{
  return beam_navigator_scroll (self, dx, dy, gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL,
                                gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller)));
}

static void
decelerate_cb (GtkEventControllerScroll *controller,
               double                    velocity_x,
               double                    velocity_y,
               BeamNavigator            *self)
{
  beam_navigator_swipe (self, velocity_x, velocity_y);
}

static void
pinch_begin_cb (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                BeamNavigator    *self)
{
  beam_navigator_stop (self);
  self->pinch = 1;
}

static void
pinch_cb (GtkGestureZoom *gesture,
          double          scale,
          BeamNavigator  *self)
{
  BeamRect plot;
  double x, y;

  if (!(scale > 0) || !self->funcs->get_plot (self->owner, &plot))
    return;

  if (!gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    x = y = (double) NAN;
  self->funcs->zoom (self->owner, CLAMP (self->pinch / scale, 0.1, 10), x, y);
  self->pinch = scale;
}

/* --- The controllers --- */

static void
add (BeamNavigator      *self,
     GtkEventController *controller,
     const char         *signal,
     GCallback           callback)
{
  g_signal_connect_object (controller, signal, callback, self, 0);
}

static void
add_controllers (BeamNavigator *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES |
                                                                GTK_EVENT_CONTROLLER_SCROLL_KINETIC);
  GtkEventController *click = GTK_EVENT_CONTROLLER (gtk_gesture_click_new ());
  GtkEventController *drag = GTK_EVENT_CONTROLLER (gtk_gesture_drag_new ());
  GtkEventController *zoom = GTK_EVENT_CONTROLLER (gtk_gesture_zoom_new ());

  add (self, motion, "enter", G_CALLBACK (motion_cb));
  add (self, motion, "motion", G_CALLBACK (motion_cb));
  add (self, motion, "leave", G_CALLBACK (leave_cb));
  add (self, scroll, "scroll", G_CALLBACK (scroll_cb));
  add (self, scroll, "decelerate", G_CALLBACK (decelerate_cb));
  add (self, click, "pressed", G_CALLBACK (pressed_cb));
  add (self, drag, "drag-update", G_CALLBACK (drag_update_cb));
  add (self, drag, "drag-end", G_CALLBACK (drag_end_cb));
  add (self, drag, "cancel", G_CALLBACK (drag_cancel_cb));
  add (self, zoom, "begin", G_CALLBACK (pinch_begin_cb));
  add (self, zoom, "scale-changed", G_CALLBACK (pinch_cb));

  gtk_widget_add_controller (self->owner, motion);
  gtk_widget_add_controller (self->owner, scroll);
  gtk_widget_add_controller (self->owner, click);
  gtk_widget_add_controller (self->owner, drag);
  gtk_widget_add_controller (self->owner, zoom);
}

static void
beam_navigator_class_init (BeamNavigatorClass *klass)
{
}

static void
beam_navigator_init (BeamNavigator *self)
{
  self->pointer_x = self->pointer_y = (double) NAN;
}

/* --- Public API --- */

BeamNavigator *
beam_navigator_new (GtkWidget                *owner,
                    const BeamNavigatorFuncs *funcs)
{
  BeamNavigator *self = g_object_new (BEAM_TYPE_NAVIGATOR, NULL);

  self->owner = owner;
  self->funcs = funcs;
  add_controllers (self);

  return self;
}

gboolean
beam_navigator_is_dragging (BeamNavigator *self)
{
  g_return_val_if_fail (BEAM_IS_NAVIGATOR (self), FALSE);

  return self->dragging;
}
