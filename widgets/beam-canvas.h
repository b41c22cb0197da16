/* beam-canvas.h: a child that draws for its parent
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BEAM_TYPE_CANVAS (beam_canvas_get_type ())
G_DECLARE_FINAL_TYPE (BeamCanvas, beam_canvas, BEAM, CANVAS, GtkWidget)

/* @owner: the widget that made the canvas, its parent. */
typedef void (*BeamCanvasFunc) (GtkWidget *owner,
                                cairo_t   *cr);

/* A child as large as its parent, without input and without an accessible,
 * that is drawn by @draw. GTK keeps its picture until gtk_widget_queue_draw():
 * what seldom changes and what follows the pointer are two canvases. */
GtkWidget *beam_canvas_new         (GtkWidget      *owner,
                                    BeamCanvasFunc  draw);

/* How often it was drawn: so that a test can see that it was not. */
guint      beam_canvas_get_n_draws (BeamCanvas     *self);

G_END_DECLS
