/* beam-layer.h: one thing that is drawn in the plot of a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "beam-geometry.h"
#include "beam-style.h"

G_BEGIN_DECLS

#define BEAM_TYPE_LAYER (beam_layer_get_type ())
G_DECLARE_DERIVABLE_TYPE (BeamLayer, beam_layer, BEAM, LAYER, GtkWidget)

/* What a layer says about an instant. */
typedef struct {
  BeamSeries *series;  /* (nullable), borrowed */
  const char *label;   /* (nullable), borrowed */
  gint64      time_us; /* of the sample */
  double      value;   /* finite */
  int         identity;
  BeamMarker  marker;
  BeamWeight  weight;
} BeamReadout;

/**
 * BeamLayerClass:
 * @unclipped: the layer draws on the whole chart, not only in the plot.
 * @draw: paints into @cr in the coordinates of the chart; the plot is at
 *   geometry->x and y. Called for a valid geometry only.
 * @append: (nullable) does in a window what @draw does elsewhere, with render nodes.
 * @get_ink: (nullable) shrinks @ink to what @draw will paint on; FALSE: nothing.
 * @collect_series: (nullable) appends the borrowed series that the value axis
 *   must cover and whose gaps the chart draws.
 * @read: (nullable) appends BeamReadouts for the samples nearest to an instant.
 *
 * The chart draws all layers as one picture, anew when one of them has changed.
 * A layer has no input and is not part of the accessible tree.
 */
struct _BeamLayerClass
{
  GtkWidgetClass parent_class;

  gboolean unclipped;

  void (*draw)           (BeamLayer *self, cairo_t *cr, const BeamGeometry *geometry, const BeamStyle *style);
  void (*append)         (BeamLayer *self, GtkSnapshot *snapshot, const BeamGeometry *geometry, const BeamStyle *style);
  gboolean (*get_ink)    (BeamLayer *self, const BeamGeometry *geometry, graphene_rect_t *ink);
  void (*collect_series) (BeamLayer *self, GPtrArray *ret);
  void (*read)           (BeamLayer *self, gint64 time_us, gint64 within_us, GArray *ret);

  gpointer padding[7];
};

/* Sets colour, dash and marker at once; 0 is A, 1 is B, … */
int        beam_layer_get_identity (BeamLayer  *self);
void       beam_layer_set_identity (BeamLayer  *self,
                                    int         identity);
BeamDash   beam_layer_get_dash     (BeamLayer  *self);
void       beam_layer_set_dash     (BeamLayer  *self,
                                    BeamDash    dash);
BeamMarker beam_layer_get_marker   (BeamLayer  *self);
void       beam_layer_set_marker   (BeamLayer  *self,
                                    BeamMarker  marker);

/* What stands before the value in a read-out ("p99"); NULL: only the value. */
const char *beam_layer_get_label   (BeamLayer  *self);
void       beam_layer_set_label    (BeamLayer  *self,
                                    const char *label);

/* For subclasses, in place of gtk_widget_queue_draw(): what is drawn is no longer
 * true. Does nothing when unmapped. */
void       beam_layer_queue_redraw (BeamLayer  *self);

/* The functions of the class, for the chart and for vector output. */
void       beam_layer_draw           (BeamLayer          *self,
                                      cairo_t            *cr,
                                      const BeamGeometry *geometry,
                                      const BeamStyle    *style);
void       beam_layer_collect_series (BeamLayer          *self,
                                      GPtrArray          *ret);
void       beam_layer_read           (BeamLayer          *self,
                                      gint64              time_us,
                                      gint64              within_us,
                                      GArray             *ret);

/* Reads what is known at @to_us. FALSE: nothing is; the read-outs are then of
 * some time in the range when something was, and none when nothing ever was. */
gboolean   beam_layer_read_range     (BeamLayer          *self,
                                      gint64              from_us,
                                      gint64              to_us,
                                      GArray             *ret);

G_END_DECLS
