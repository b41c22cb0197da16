/* beam-canvas.c: a child that draws for its parent
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include "beam-canvas.h"

struct _BeamCanvas
{
  GtkWidget parent_instance;

  BeamCanvasFunc draw;
  guint          n_draws;
};

/* What may be drawn outside, as a focus ring is. */
#define MARGIN 4

G_DEFINE_FINAL_TYPE (BeamCanvas, beam_canvas, GTK_TYPE_WIDGET)

static void
beam_canvas_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  BeamCanvas *self = BEAM_CANVAS (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  GtkWidget *parent = gtk_widget_get_parent (widget);
  cairo_t *cr;

  if (self->draw == NULL || parent == NULL || width <= 0 || height <= 0)
    return;

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (-MARGIN, -MARGIN, width + 2 * MARGIN, height + 2 * MARGIN));
  self->draw (parent, cr);
  cairo_destroy (cr);
  self->n_draws++;
}

static void
beam_canvas_class_init (BeamCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = beam_canvas_snapshot;
  gtk_widget_class_set_css_name (widget_class, "beam-canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
beam_canvas_init (BeamCanvas *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
}

GtkWidget *
beam_canvas_new (GtkWidget      *owner,
                 BeamCanvasFunc  draw)
{
  BeamCanvas *self = g_object_new (BEAM_TYPE_CANVAS, NULL);

  self->draw = draw;
  gtk_widget_set_parent (GTK_WIDGET (self), owner);
  return GTK_WIDGET (self);
}

guint
beam_canvas_get_n_draws (BeamCanvas *self)
{
  g_return_val_if_fail (BEAM_IS_CANVAS (self), 0);

  return self->n_draws;
}
