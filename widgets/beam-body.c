/* beam-body.c: everything in the plot as one picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include "beam-chart-private.h"
#include "beam-layer-private.h"

/* A layer of the chart, private to it, which draws those between the grid and the
 * overlay. They move together whenever time does, and a renderer has to clear an
 * image for each picture, draw it and lay it over what is there: one for all of
 * them costs a fraction of one for each. */
#define BEAM_TYPE_BODY (beam_body_get_type ())
G_DECLARE_FINAL_TYPE (BeamBody, beam_body, BEAM, BODY, BeamLayer)

struct _BeamBody
{
  BeamLayer parent_instance;
};

G_DEFINE_FINAL_TYPE (BeamBody, beam_body, BEAM_TYPE_LAYER)

static void
beam_body_draw (BeamLayer          *layer,
                cairo_t            *cr,
                const BeamGeometry *geometry,
                const BeamStyle    *style)
{
  BeamChart *chart = BEAM_CHART (gtk_widget_get_parent (GTK_WIDGET (layer)));

  beam_layer_draw (chart->pin, cr, geometry, style);
  beam_layer_draw (chart->gaps, cr, geometry, style);
  for (guint i = 0; i < chart->layers->len; i++)
    if (gtk_widget_get_visible (g_ptr_array_index (chart->layers, i)))
      beam_layer_draw (g_ptr_array_index (chart->layers, i), cr, geometry, style);
  beam_layer_draw (chart->note_layer, cr, geometry, style);
}

/* The plot, or the whole chart when a layer goes beyond the plot. */
static gboolean
beam_body_get_ink (BeamLayer          *layer,
                   const BeamGeometry *geometry,
                   graphene_rect_t    *ink)
{
  BeamChart *chart = BEAM_CHART (gtk_widget_get_parent (GTK_WIDGET (layer)));

  for (guint i = 0; i < chart->layers->len; i++)
    if (BEAM_LAYER_GET_CLASS (g_ptr_array_index (chart->layers, i))->unclipped)
      return TRUE;

  return beam_layer_get_plot_ink (geometry, ink);
}

static void
beam_body_class_init (BeamBodyClass *klass)
{
  BEAM_LAYER_CLASS (klass)->draw = beam_body_draw;
  BEAM_LAYER_CLASS (klass)->get_ink = beam_body_get_ink;
  BEAM_LAYER_CLASS (klass)->unclipped = TRUE;
}

static void
beam_body_init (BeamBody *self)
{
}

BeamLayer *
beam_body_new (void)
{
  return g_object_new (BEAM_TYPE_BODY, NULL);
}
