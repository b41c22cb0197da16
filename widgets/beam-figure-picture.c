/* beam-figure-picture.c: the picture of a figure and where its items are in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include "beam-figure-private.h"

/* Numbers are not turned around among others: "−3 ms" is no "3− ms". A name in
 * a right-to-left script still runs as it should, by its own letters. */
PangoContext *
beam_figure_get_pango (BeamFigure *self)
{
  BeamFigurePrivate *priv = beam_figure_get_priv (self);

  if (priv->pango == NULL)
    {
      priv->pango = gtk_widget_create_pango_context (GTK_WIDGET (self));
      pango_context_set_base_dir (priv->pango, PANGO_DIRECTION_LTR);
    }

  return priv->pango;
}

gboolean
beam_figure_get_frame (BeamFigure *self,
                       BeamFrame  *ret)
{
  BeamFigurePrivate *priv = beam_figure_get_priv (self);
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  if (width <= 0 || height <= 0)
    return FALSE;

  if (!priv->style_valid)
    {
      beam_style_resolve (&priv->style, widget);
      priv->style_valid = TRUE;
    }

  beam_frame_init (ret, width, height, &priv->style, beam_figure_get_pango (self));
  ret->device_scale = gtk_widget_get_scale_factor (widget);
  ret->rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  return TRUE;
}

void
beam_figure_draw_picture (GtkWidget *owner,
                          cairo_t   *cr)
{
  BeamFrame frame;

  if (beam_figure_get_frame (BEAM_FIGURE (owner), &frame))
    beam_figure_draw (BEAM_FIGURE (owner), cr, &frame);
}

void
beam_figure_draw_over (GtkWidget *owner,
                       cairo_t   *cr)
{
  BeamFigureClass *klass = BEAM_FIGURE_GET_CLASS (owner);
  BeamFrame frame;

  if (!beam_figure_get_frame (BEAM_FIGURE (owner), &frame))
    return;

  if (klass->draw_over != NULL)
    klass->draw_over (BEAM_FIGURE (owner), cr, &frame);
  beam_figure_draw_readout (BEAM_FIGURE (owner), cr, &frame);
  if (gtk_widget_has_visible_focus (owner))
    beam_figure_draw_focus (BEAM_FIGURE (owner), cr, &frame);
}

static void
draw_empty_text (BeamFigure      *self,
                 cairo_t         *cr,
                 const BeamFrame *frame)
{
  const BeamLabel label = {
    .x = frame->width / 2, .y = frame->height / 2, .align_x = 0.5, .align_y = 0.5,
    .max_width = frame->width, .max_height = frame->height, .color = &frame->style->dim, .kind = BEAM_FRAME_BODY,
  };

  beam_frame_write (frame, cr, beam_figure_get_priv (self)->empty_text, &label);
}

/* --- Public API --- */

void
beam_figure_draw (BeamFigure      *self,
                  cairo_t         *cr,
                  const BeamFrame *frame)
{
  BeamFigureClass *klass = BEAM_FIGURE_GET_CLASS (self);

  g_return_if_fail (BEAM_IS_FIGURE (self));

  if (!(frame->width > 0) || !(frame->height > 0))
    return;

  cairo_save (cr);
  cairo_new_path (cr);
  if (beam_figure_count_items (self) == 0)
    draw_empty_text (self, cr, frame);
  else if (klass->draw != NULL)
    klass->draw (self, cr, frame);
  cairo_restore (cr);
}

double
beam_figure_get_line_height (BeamFigure *self)
{
  BeamFrame frame;

  g_return_val_if_fail (BEAM_IS_FIGURE (self), 1);

  beam_frame_init (&frame, 1, 1, NULL, beam_figure_get_pango (self));
  return frame.line_height;
}

GArray *
beam_figure_get_areas (BeamFigure      *self,
                       const BeamFrame *frame)
{
  BeamFigureClass *klass = BEAM_FIGURE_GET_CLASS (self);
  guint n = beam_figure_count_items (self);
  GArray *areas = g_array_sized_new (FALSE, FALSE, sizeof (graphene_rect_t), n);

  for (guint i = 0; i < n; i++)
    g_array_append_val (areas, GRAPHENE_RECT_INIT (0, 0, -1, -1));
  if (klass->collect_areas != NULL && n > 0)
    klass->collect_areas (self, frame, (graphene_rect_t *) (gpointer) areas->data);

  return areas;
}

gboolean
beam_figure_get_item_area (BeamFigure      *self,
                           const BeamFrame *frame,
                           guint            item,
                           graphene_rect_t *ret)
{
  g_autoptr (GArray) areas = beam_figure_get_areas (self, frame);

  if (item >= areas->len)
    return FALSE;

  *ret = g_array_index (areas, graphene_rect_t, item);
  return ret->size.width >= 0;
}
