/* beam-chart-input.c: pointer, touch and touchpad of a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * BeamNavigator tells pans, zooms and drags apart; here is what they do to time.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-chart-private.h"

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

/* --- What the navigator asks --- */

static gboolean
get_plot (GtkWidget *owner,
          BeamRect  *ret)
{
  BeamGeometry geometry;

  if (!beam_chart_get_geometry (BEAM_CHART (owner), &geometry))
    return FALSE;

  *ret = (BeamRect) { geometry.x, geometry.y, geometry.width, geometry.height };
  return TRUE;
}

static void
pan (GtkWidget *owner,
     double     dx,
     double     dy)
{
  BeamGeometry geometry;

  if (beam_chart_get_geometry (BEAM_CHART (owner), &geometry))
    beam_time_axis_pan (BEAM_CHART (owner)->time_axis,
                        (gint64) (dx * (double) (geometry.to_us - geometry.from_us) / geometry.width));
}

/* The time under @x, in the plot; NAN: the latest. */
static gint64
time_at (const BeamGeometry *geometry,
         double              x)
{
  return isnan (x) ? geometry->to_us : beam_geometry_time (geometry, CLAMP (x, geometry->x, geometry->x + geometry->width));
}

static void
zoom (GtkWidget *owner,
      double     factor,
      double     x,
      double     y)
{
  BeamGeometry geometry;

  if (beam_chart_get_geometry (BEAM_CHART (owner), &geometry))
    beam_time_axis_zoom_by (BEAM_CHART (owner)->time_axis, factor, time_at (&geometry, x));
}

static void
reset (GtkWidget *owner)
{
  beam_time_axis_reset (BEAM_CHART (owner)->time_axis);
}

/* Where it began stays in time, also while the picture slides. */
static void
drag (GtkWidget      *owner,
      const BeamDrag *drag)
{
  BeamChart *self = BEAM_CHART (owner);
  BeamGeometry geometry;

  if (!beam_chart_get_geometry (self, &geometry))
    return;

  if (self->drag_us == G_MININT64)
    self->drag_us = time_at (&geometry, drag->x);
  beam_cursor_select (self->cursor, self->drag_us, time_at (&geometry, drag->to_x));
}

static void
drag_end (GtkWidget      *owner,
          const BeamDrag *drag,
          gboolean        done)
{
  BeamChart *self = BEAM_CHART (owner);

  self->drag_us = G_MININT64;
  if (done && drag->control)
    return;

  if (done && drag->shift)
    beam_chart_pin_selection (self);
  else if (done)
    beam_chart_zoom_to_selection (self);
  beam_cursor_clear_selection (self->cursor);
}

void
beam_chart_follow_pointer (BeamChart          *self,
                           const BeamGeometry *geometry)
{
  if (!isnan (self->pointer_x) && !beam_navigator_is_dragging (self->navigator))
    beam_cursor_set_time (self->cursor, beam_geometry_time (geometry, self->pointer_x));
}

void
beam_chart_point_at (BeamChart *self,
                     double     x)
{
  BeamGeometry geometry;

  if (!beam_chart_get_geometry (self, &geometry) || x < geometry.x || x > geometry.x + geometry.width)
    return;

  self->pointer_x = x;
  beam_chart_follow_pointer (self, &geometry);
}

static void
point (GtkWidget *owner,
       double     x,
       double     y)
{
  if (x != BEAM_CHART (owner)->pointer_x)
    beam_chart_point_at (BEAM_CHART (owner), x);
}

static gboolean
is_menu_open (BeamChart *self)
{
  return self->menu != NULL && gtk_widget_get_visible (self->menu);
}

static void
leave (GtkWidget *owner)
{
  BeamChart *self = BEAM_CHART (owner);

  if (isnan (self->pointer_x))
    return;

  /* What the menu offers is about the time that it was opened at, which stays. */
  self->pointer_x = (double) NAN;
  self->menu_holds_cursor = is_menu_open (self);
  if (!self->menu_holds_cursor)
    beam_cursor_clear (self->cursor);
}

static gboolean
drop_cursor_cb (gpointer user_data)
{
  BeamChart *self = user_data;

  if (!self->menu_holds_cursor || is_menu_open (self))
    return G_SOURCE_REMOVE;

  self->menu_holds_cursor = FALSE;
  if (isnan (self->pointer_x))
    beam_cursor_clear (self->cursor);
  return G_SOURCE_REMOVE;
}

/* The menu closes before it does what was chosen in it. */
void
beam_chart_menu_closed (BeamChart *self)
{
  if (self->menu_holds_cursor)
    g_idle_add_full (G_PRIORITY_DEFAULT, drop_cursor_cb, g_object_ref (self), g_object_unref);
}

/* --- Keys --- */

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
  static const BeamNavigatorFuncs funcs = { get_plot, pan, zoom, reset, drag, drag_end, point, leave, .level = TRUE };
  GtkEventController *controller = gtk_event_controller_key_new ();

  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  self->navigator = beam_navigator_new (GTK_WIDGET (self), &funcs);
  beam_menu_add_gestures (BEAM_MENU_OWNER (self));
}
