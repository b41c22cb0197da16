/* beam-figure-input.c: visiting the items of a figure
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-figure-private.h"

/* How far the pointer may be from the middle of what it means. */
#define REACH 28.0

static double
distance_to (const graphene_rect_t *area,
             double                 x,
             double                 y)
{
  double left = (double) area->origin.x;
  double top = (double) area->origin.y;
  double dx = MAX (MAX (left - x, x - left - (double) area->size.width), 0);
  double dy = MAX (MAX (top - y, y - top - (double) area->size.height), 0);

  return dx * dx + dy * dy;
}

int
beam_figure_pick (BeamFigure      *self,
                  const BeamFrame *frame,
                  double           x,
                  double           y)
{
  g_autoptr (GArray) areas = beam_figure_get_areas (self, frame);
  double nearest = REACH * REACH;
  int picked = -1;

  for (guint i = 0; i < areas->len; i++)
    {
      const graphene_rect_t *area = &g_array_index (areas, graphene_rect_t, i);
      double distance = area->size.width >= 0 ? distance_to (area, x, y) : nearest;

      if (distance < nearest)
        {
          nearest = distance;
          picked = (int) i;
        }
    }

  return picked;
}

void
beam_figure_visit (BeamFigure *self,
                   double      x,
                   double      y)
{
  BeamFrame frame;

  if (beam_figure_get_frame (self, &frame))
    beam_figure_set_selected (self, beam_figure_pick (self, &frame, x, y));
}

static void
motion_cb (BeamFigure *self,
           double      x,
           double      y)
{
  if (!BEAM_FIGURE_GET_CLASS (self)->has_navigator)
    beam_figure_visit (self, x, y);
}

static void
leave_cb (BeamFigure *self)
{
  beam_figure_set_selected (self, -1);
}

static void
pressed_cb (BeamFigure *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* One further, from nothing to the first or the last. */
static void
move (BeamFigure *self,
      int         by)
{
  int n = (int) beam_figure_count_items (self);
  int now = beam_figure_get_selected (self);

  if (now < 0)
    now = by > 0 ? -1 : n;
  beam_figure_set_selected (self, CLAMP (now + by, 0, n - 1));
}

static gboolean
runs_rtl (BeamFigure *self)
{
  BeamFigureClass *klass = BEAM_FIGURE_GET_CLASS (self);

  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL && !(klass->is_ltr != NULL && klass->is_ltr (self));
}

gboolean
beam_figure_handle_key (BeamFigure *self,
                        guint       keyval)
{
  gboolean rtl = runs_rtl (self);
  int n = (int) beam_figure_count_items (self);

  if (keyval == GDK_KEY_Escape)
    {
      gboolean had = beam_figure_get_selected (self) >= 0;

      beam_figure_set_selected (self, -1);
      return had;
    }
  if (n == 0)
    return FALSE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      move (self, rtl ? 1 : -1);
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      move (self, rtl ? -1 : 1);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move (self, -1);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move (self, 1);
      return TRUE;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      beam_figure_set_selected (self, 0);
      return TRUE;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      beam_figure_set_selected (self, n - 1);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
key_cb (BeamFigure      *self,
        guint            keyval,
        guint            keycode,
        GdkModifierType  state)
{
  BeamFigureClass *klass = BEAM_FIGURE_GET_CLASS (self);

  if (beam_menu_handle_key (BEAM_MENU_OWNER (self), keyval, state) ||
      (klass->key_pressed != NULL && klass->key_pressed (self, keyval, state)))
    return GDK_EVENT_STOP;
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  return beam_figure_handle_key (self, keyval);
}

void
beam_figure_init_input (BeamFigure *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  beam_menu_add_gestures (BEAM_MENU_OWNER (self));
}
