/* beam-plot-input.c: zoom and pan of a plot
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * BeamNavigator tells pans, zooms and drags apart; here is what they do to the
 * views of both axes, and the same by keyboard.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-figure-picture.h"
#include "beam-plot-private.h"
#include "beam-value-view.h"
#include "beam-words.h"

#define ACTION_RESET  BEAM_FIGURE_ACTIONS ".reset"
#define SHORTEST_SIDE 8.0 /* pixels: less, and the other axis alone is zoomed */
#define STEP_SHARE    0.1 /* of the view, with Ctrl and an arrow key */
#define PAGE_SHARE    0.5

static gboolean
get_geometry (BeamPlot     *self,
              BeamGeometry *ret)
{
  BeamFrame frame;
  BeamSpan x;

  return beam_figure_count_items (BEAM_FIGURE (self)) > 0 && beam_figure_get_frame (BEAM_FIGURE (self), &frame) &&
         beam_plot_lay_out (self, &frame, ret, &x);
}

static gboolean
is_zoomed (BeamPlot *self)
{
  return beam_value_axis_has_view (self->axes[0]) || beam_value_axis_has_view (self->axes[1]);
}

/* --- What the navigator asks --- */

static gboolean
get_plot (GtkWidget *owner,
          BeamRect  *ret)
{
  BeamGeometry geometry;

  if (!get_geometry (BEAM_PLOT (owner), &geometry))
    return FALSE;

  *ret = (BeamRect) { geometry.x, geometry.y, geometry.width, geometry.height };
  return TRUE;
}

static void
pan (GtkWidget *owner,
     double     dx,
     double     dy)
{
  BeamPlot *self = BEAM_PLOT (owner);
  BeamRect plot;

  if (!get_plot (owner, &plot))
    return;

  beam_value_axis_pan_by (self->axes[0], dx / plot.width);
  beam_value_axis_pan_by (self->axes[1], -dy / plot.height);
}

static void
zoom (GtkWidget *owner,
      double     factor,
      double     x,
      double     y)
{
  BeamPlot *self = BEAM_PLOT (owner);
  BeamRect plot;

  if (!get_plot (owner, &plot))
    return;

  beam_value_axis_zoom_by (self->axes[0], factor, isnan (x) ? 0.5 : (x - plot.x) / plot.width);
  beam_value_axis_zoom_by (self->axes[1], factor, isnan (y) ? 0.5 : 1 - (y - plot.y) / plot.height);
}

static void
reset (GtkWidget *owner)
{
  for (int i = 0; i < 2; i++)
    beam_value_axis_set_view (BEAM_PLOT (owner)->axes[i], (double) NAN, (double) NAN);
}

/* What a drag spans, within the plot; all of an axis along which it is short. */
static BeamRect
span (const BeamRect *plot,
      const BeamDrag *drag)
{
  double left = CLAMP (fmin (drag->x, drag->to_x), plot->x, plot->x + plot->width);
  double right = CLAMP (fmax (drag->x, drag->to_x), plot->x, plot->x + plot->width);
  double top = CLAMP (fmin (drag->y, drag->to_y), plot->y, plot->y + plot->height);
  double bottom = CLAMP (fmax (drag->y, drag->to_y), plot->y, plot->y + plot->height);
  BeamRect ret = { left, top, right - left, bottom - top };

  if (ret.width < SHORTEST_SIDE)
    ret = (BeamRect) { plot->x, ret.y, plot->width, ret.height };
  if (ret.height < SHORTEST_SIDE)
    ret = (BeamRect) { ret.x, plot->y, ret.width, plot->height };
  return ret;
}

static void
set_band (BeamPlot *self,
          BeamRect  band)
{
  self->band = band;
  beam_figure_queue_draw_over (BEAM_FIGURE (self));
}

static void
drag (GtkWidget      *owner,
      const BeamDrag *drag)
{
  BeamRect plot;

  if (!get_plot (owner, &plot))
    return;

  if (drag->shift)
    pan (owner, -drag->step_x, -drag->step_y);
  set_band (BEAM_PLOT (owner), drag->shift ? (BeamRect) { 0 } : span (&plot, drag));
}

static void
drag_end (GtkWidget      *owner,
          const BeamDrag *drag,
          gboolean        done)
{
  BeamPlot *self = BEAM_PLOT (owner);
  BeamRect band = self->band;
  BeamRect plot;

  set_band (self, (BeamRect) { 0 });
  if (!done || !(band.width > 0) || !get_plot (owner, &plot))
    return;

  beam_value_axis_zoom_to (self->axes[0], (band.x - plot.x) / plot.width, (band.x + band.width - plot.x) / plot.width);
  beam_value_axis_zoom_to (self->axes[1], 1 - (band.y + band.height - plot.y) / plot.height, 1 - (band.y - plot.y) / plot.height);
}

static void
point (GtkWidget *owner,
       double     x,
       double     y)
{
  if (!beam_navigator_is_dragging (BEAM_PLOT (owner)->navigator))
    beam_figure_visit (BEAM_FIGURE (owner), x, y);
}

void
beam_plot_draw_band (BeamFigure      *figure,
                     cairo_t         *cr,
                     const BeamFrame *frame)
{
  GdkRGBA shade = frame->style->ink;

  shade.alpha = frame->style->high_contrast ? 0.3f : 0.12f;
  beam_paint_bar (cr, &BEAM_PLOT (figure)->band, 0, BEAM_FILL_SOLID, &shade);
}

/* --- Keys --- */

/* Around the visited point, when that is in view. */
static void
zoom_by_key (BeamPlot *self,
             double    factor)
{
  int selected = beam_figure_get_selected (BEAM_FIGURE (self));
  double x = (double) NAN;
  double y = (double) NAN;
  graphene_rect_t area;
  BeamFrame frame;

  if (selected >= 0 && beam_figure_get_frame (BEAM_FIGURE (self), &frame) &&
      beam_figure_get_item_area (BEAM_FIGURE (self), &frame, (guint) selected, &area))
    {
      x = (double) (area.origin.x + area.size.width / 2);
      y = (double) (area.origin.y + area.size.height / 2);
    }
  zoom (GTK_WIDGET (self), factor, x, y);
}

/* Numbers run from left to right in any language, and so do the keys. */
static gboolean
pan_by_key (BeamPlot *self,
            guint     keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      beam_value_axis_pan_by (self->axes[0], -STEP_SHARE);
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      beam_value_axis_pan_by (self->axes[0], STEP_SHARE);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      beam_value_axis_pan_by (self->axes[1], STEP_SHARE);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      beam_value_axis_pan_by (self->axes[1], -STEP_SHARE);
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
beam_plot_key_pressed (BeamFigure      *figure,
                       guint            keyval,
                       GdkModifierType  state)
{
  BeamPlot *self = BEAM_PLOT (figure);

  if ((state & (GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || beam_figure_count_items (figure) == 0)
    return FALSE;

  beam_navigator_stop (self->navigator);
  if ((state & GDK_CONTROL_MASK) != 0)
    return is_zoomed (self) && pan_by_key (self, keyval);

  switch (keyval)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      zoom_by_key (self, 1 / BEAM_ZOOM_STEP);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      zoom_by_key (self, BEAM_ZOOM_STEP);
      return TRUE;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      reset (GTK_WIDGET (self));
      return TRUE;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      /* A plot that shows all of itself leaves them to the page. */
      if (!is_zoomed (self))
        return FALSE;
      beam_value_axis_pan_by (self->axes[0], keyval == GDK_KEY_Page_Up || keyval == GDK_KEY_KP_Page_Up ? -PAGE_SHARE : PAGE_SHARE);
      return TRUE;
    default:
      return FALSE;
    }
}

/* A point that a key has led to may be out of view. */
static void
selected_cb (BeamPlot *self)
{
  int selected = beam_figure_get_selected (BEAM_FIGURE (self));
  BeamXYPoint point;

  if (selected < 0 || !beam_plot_get_point (self, (guint) selected, &point))
    return;

  beam_value_axis_reveal (self->axes[0], point.x);
  beam_value_axis_reveal (self->axes[1], point.y);
}

/* --- Menu --- */

static void
reset_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  reset (widget);
}

void
beam_plot_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, ACTION_RESET, NULL, reset_action);
}

static void
append_items (BeamMenuOwner *owner,
              GMenu         *menu)
{
  g_autoptr (GMenu) view = g_menu_new ();

  if (!is_zoomed (BEAM_PLOT (owner)))
    return;

  g_menu_append (view, _("Show _Everything"), ACTION_RESET);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (view));
}

/* The rest is the figure's. */
void
beam_plot_init_menu (BeamMenuOwnerInterface *iface)
{
  iface->append_items = append_items;
}

void
beam_plot_init_input (BeamPlot *self)
{
  static const BeamNavigatorFuncs funcs = { get_plot, pan, zoom, reset, drag, drag_end, point, NULL, .level = FALSE };

  self->navigator = beam_navigator_new (GTK_WIDGET (self), &funcs);
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
}
