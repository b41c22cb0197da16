/* beam-navigator.h: pointer, wheel, touchpad and touch as pans, zooms and drags
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "beam-shapes.h"

G_BEGIN_DECLS

/* A step of a wheel with Ctrl, and of the plus and minus keys. */
#define BEAM_ZOOM_STEP 1.5

/* A pointer that moves with its button down, in pixels of the owner. */
typedef struct {
  double   x; /* where it began */
  double   y;
  double   to_x;
  double   to_y;
  double   step_x; /* since the last time */
  double   step_y;
  gboolean shift;
  gboolean control;
} BeamDrag;

/**
 * BeamNavigatorFuncs:
 * @get_plot: where the plot is; FALSE: there is nothing to move in
 * @pan: the picture by so many pixels: to what is further right and further down
 * @zoom: shows @factor times as much (below 1: less), around a point; NAN: the
 *   pointer is not over the owner
 * @reset: shows the whole again
 * @drag: a drag goes on; with its first call it is one
 * @drag_end: it ends; not @done: it was given up, or led back to where it began
 * @point: (nullable) the pointer, or one finger, is at a point
 * @leave: (nullable) the pointer has left
 * @level: only a way to the side is a drag
 */
typedef struct {
  gboolean (*get_plot) (GtkWidget *owner, BeamRect *ret);
  void     (*pan)      (GtkWidget *owner, double dx, double dy);
  void     (*zoom)     (GtkWidget *owner, double factor, double x, double y);
  void     (*reset)    (GtkWidget *owner);
  void     (*drag)     (GtkWidget *owner, const BeamDrag *drag);
  void     (*drag_end) (GtkWidget *owner, const BeamDrag *drag, gboolean done);
  void     (*point)    (GtkWidget *owner, double x, double y);
  void     (*leave)    (GtkWidget *owner);
  gboolean level;
} BeamNavigatorFuncs;

#define BEAM_TYPE_NAVIGATOR (beam_navigator_get_type ())
G_DECLARE_FINAL_TYPE (BeamNavigator, beam_navigator, BEAM, NAVIGATOR, GObject)

/* Adds its controllers to @owner, which owns the navigator; @funcs is static. */
BeamNavigator *beam_navigator_new         (GtkWidget                *owner,
                                           const BeamNavigatorFuncs *funcs);

/* Ends a movement that runs out, at any key and before the owner is unmapped. */
void           beam_navigator_stop        (BeamNavigator *self);

gboolean       beam_navigator_is_dragging (BeamNavigator *self);

/* The steps behind the controllers, for tests: what a wheel or a touchpad says.
 * FALSE for what is the page's. Velocities are in pixels a millisecond. */
gboolean       beam_navigator_scroll      (BeamNavigator   *self,
                                           double           dx,
                                           double           dy,
                                           gboolean         wheel,
                                           GdkModifierType  state);
void           beam_navigator_swipe       (BeamNavigator *self,
                                           double         velocity_x,
                                           double         velocity_y);

G_END_DECLS
