/* beam-chart-private.h: what the files of the chart share
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * beam-chart.c           the object: properties and overrides
 * beam-chart-frame.c     when it draws, and where things stand
 * beam-chart-data.c      its layers and what their series say
 * beam-chart-input.c     keyboard and pointer
 * beam-chart-access.c    name and sentence for assistive technology
 * beam-grid.c, beam-gap-layer.c, beam-overlay.c   its own layers
 */
#pragma once

#include "beam-chart.h"

G_BEGIN_DECLS

/* The kinds of text in a chart, all relative to the font of the widget. */
typedef enum {
  BEAM_TEXT_SMALL,   /* axes, gaps, light read-outs */
  BEAM_TEXT_READOUT, /* bold */
  BEAM_TEXT_EMPTY,   /* in the middle of an empty plot */
} BeamTextKind;

struct _BeamChart
{
  GtkWidget parent_instance;

  /* Configured state. */
  BeamTimeAxis    *time_axis;  /* owned */
  BeamValueAxis   *value_axis; /* owned */
  BeamCursor      *cursor;     /* owned */
  GPtrArray       *layers;     /* owned array of children, bottom first */
  GHashTable      *links;      /* owned, layer to GPtrArray of owned series on the value axis */
  char            *title;      /* owned */
  char            *empty_text; /* owned */
  gboolean         show_latest;
  gboolean         show_time;
  BeamDescribeFunc describe;   /* nullable */
  gpointer         describe_data;
  GDestroyNotify   describe_destroy;

  /* Own layers, children: under, under and over those of the program. */
  BeamLayer *grid;
  BeamLayer *gaps;
  BeamLayer *overlay;

  /* Frame cache. */
  BeamStyle    style;
  gboolean     style_valid;
  int          label_height;
  BeamGeometry drawn;       /* what the layers were last asked to draw */
  guint        update_id;   /* tick callback, 0 when nothing is due */
  gboolean     updating;

  /* Input. */
  double       pointer_x;   /* NAN: the pointer is not over the plot */
  double       drag_from_x; /* NAN: nothing is being selected */
  double       drag_to_x;

  /* Assistive technology. */
  gint64       described_us; /* monotonic; 0: never */
  guint        describe_id;  /* timeout, 0 when none is due */
};

/* Something is new: looks into it at the next frame. Nothing when unmapped. */
void         beam_chart_queue_update   (BeamChart    *self);

void         beam_chart_stop_update    (BeamChart    *self);
void         beam_chart_queue_draw_all (BeamChart    *self);

/* Measures the labels of both axes, or tells the time axis how wide those of
 * the values are, rounded up so that it seldom changes. */
void         beam_chart_measure_labels    (BeamChart *self);
void         beam_chart_claim_label_width (BeamChart *self);

/* Links the series of @layer to the value axis, or no longer. */
void         beam_chart_link_layer     (BeamChart    *self,
                                        BeamLayer    *layer);
void         beam_chart_unlink_layer   (BeamChart    *self,
                                        BeamLayer    *layer);

/* The series of @layer are others than before. */
void         beam_chart_relink_layer   (BeamChart    *self,
                                        BeamLayer    *layer);

/* A layout in the font of @widget with figures of equal width. Transfer full. */
PangoLayout *beam_chart_create_layout  (GtkWidget    *widget,
                                        const char   *text,
                                        BeamTextKind  kind);

/* How many labels have room on an axis of this plot. */
guint        beam_chart_max_values     (BeamChart          *self,
                                        const BeamGeometry *geometry);
guint        beam_chart_max_times      (BeamChart          *self,
                                        const BeamGeometry *geometry);

/* Ticks of the value axis; returns the step on a linear axis, else 0. */
double       beam_chart_get_value_ticks (BeamChart          *self,
                                         const BeamGeometry *geometry,
                                         GArray             *ret);

/* Read-outs of all layers at the cursor or, when it is not set, of the latest
 * values. @ret (element-type BeamReadout) is emptied first. */
void         beam_chart_read           (BeamChart          *self,
                                        const BeamGeometry *geometry,
                                        GArray             *ret);

/* Gaps and events of all series, each once, in time order. */
void         beam_chart_collect_gaps   (BeamChart          *self,
                                        const BeamGeometry *geometry,
                                        GArray             *ret);

/* TRUE when some series has a value in view. */
gboolean     beam_chart_has_data       (BeamChart          *self,
                                        const BeamGeometry *geometry);

/* "p99 40 ms" */
char        *beam_chart_format_readout (BeamChart          *self,
                                        const BeamReadout  *readout,
                                        BeamFormatUse       use);

BeamLayer   *beam_grid_new             (void);
BeamLayer   *beam_gap_layer_new        (void);
BeamLayer   *beam_overlay_new          (void);

void         beam_chart_init_input     (BeamChart    *self);
/* The cursor follows the pointer while the picture slides under it. */
void         beam_chart_follow_pointer (BeamChart          *self,
                                        const BeamGeometry *geometry);
gboolean     beam_chart_handle_key     (BeamChart       *self,
                                        guint            keyval,
                                        GdkModifierType  state);

/* Writes name and sentence now, or when a second has passed since the last. */
void         beam_chart_update_name    (BeamChart    *self);
void         beam_chart_queue_describe (BeamChart    *self);
void         beam_chart_stop_describe  (BeamChart    *self);

G_END_DECLS
