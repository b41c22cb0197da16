/* beam-chart-private.h: what the files of the chart share
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * beam-chart.c           the object: overrides
 * beam-chart-properties.c   what a program sets
 * beam-chart-frame.c     when it draws, and where things stand
 * beam-chart-data.c      its layers and what their series say
 * beam-chart-keys.c      keyboard
 * beam-chart-input.c     pointer, touch and touchpad
 * beam-chart-menu.c      actions and the context menu
 * beam-chart-access.c    name, sentence and children for assistive technology
 * beam-chart-print.c     the chart on another surface
 * beam-grid.c, beam-body.c, beam-pin-layer.c, beam-gap-layer.c, beam-note-layer.c, beam-overlay.c   its own layers
 */
#pragma once

#include "beam-chart-acts.h"
#include "beam-chart.h"
#include "beam-menu.h"
#include "beam-navigator.h"

G_BEGIN_DECLS

/* The kinds of text in a chart, all relative to the font of the widget. */
typedef enum {
  BEAM_TEXT_SMALL,   /* axes, gaps, light read-outs */
  BEAM_TEXT_READOUT, /* bold */
  BEAM_TEXT_EMPTY,   /* in the middle of an empty plot */
} BeamTextKind;

/* A series that answers at the cursor. */
typedef struct {
  BeamSeries *series; /* borrowed from the layer */
  const char *name;   /* (nullable), borrowed: the series' name, else the label of its layer */
  int         identity;
  gboolean    shown;
} BeamEntry;

/* While a chart is drawn on another surface than its window's. */
typedef struct {
  BeamStyle     style;
  PangoContext *pango;       /* borrowed */
  double        width;
  double        height;
  int           label_width; /* room for the labels of values */
  gboolean      show_cursor;
} BeamPrint;

struct _BeamChart
{
  GtkWidget parent_instance;

  /* Configured state. */
  BeamTimeAxis    *time_axis;  /* owned */
  BeamValueAxis   *value_axis; /* owned */
  BeamCursor      *cursor;     /* owned */
  BeamNotes       *notes;      /* owned, nullable */
  GMenuModel      *extra_menu; /* owned, nullable */
  GPtrArray       *layers;     /* owned array of children, bottom first */
  GHashTable      *links;      /* owned, layer to GPtrArray of owned series on the value axis */
  GHashTable      *hidden;     /* owned set of owned series that are switched off */
  char            *title;      /* owned */
  char            *empty_text; /* owned */
  gboolean         show_latest;
  gboolean         show_time;
  BeamDescribeFunc describe;   /* nullable */
  gpointer         describe_data;
  GDestroyNotify   describe_destroy;

  /* Own layers, children: the grid, the body, which draws pin and gaps, those of the
   * program and the notes, and the overlay. */
  BeamLayer *grid;
  BeamLayer *body;
  BeamLayer *pin;
  BeamLayer *gaps;
  BeamLayer *note_layer;
  BeamLayer *overlay;

  /* Other children, which are not layers. */
  GtkWidget *items; /* an empty item for each series, for assistive technology */
  GtkWidget *menu;  /* nullable: as long as it has not been opened */

  /* Frame cache. */
  BeamStyle    style;
  gboolean     style_valid;
  int          label_height;
  BeamGeometry drawn;       /* what the layers were last asked to draw */
  guint        update_id;   /* tick callback, 0 when nothing is due */
  gboolean     updating;
  const BeamPrint *print;   /* (nullable): what is drawn right now */
  gint64       drawn_pin[2];
  int          label_width; /* of all charts over this time axis, when last asked to draw */

  /* Input. */
  double       pointer_x;   /* NAN: the pointer is not over the plot */
  gboolean     menu_holds_cursor; /* which the pointer had set */
  gint64       drag_us;     /* where a drag began; G_MININT64: there is none */
  BeamNavigator *navigator; /* owned */
  BeamSeries  *current;     /* owned, nullable: the keyboard reads all of them */

  /* Assistive technology. */
  gint64       described_us; /* monotonic; 0: never */
  guint        describe_id;  /* timeout, 0 when none is due */
  gboolean     spoken;       /* the description is an answer to a key */
};

/* Something is new: looks into it at the next frame. Nothing when unmapped. */
void         beam_chart_queue_update   (BeamChart    *self);

void         beam_chart_stop_update    (BeamChart    *self);
void         beam_chart_queue_draw_all (BeamChart    *self);

/* Measures the labels of both axes, or tells the time axis how wide those of
 * the values are, rounded up so that it seldom changes. */
void         beam_chart_measure_labels    (BeamChart *self);
void         beam_chart_claim_label_width (BeamChart *self);
int          beam_chart_widest_label      (BeamChart *self);
int          beam_chart_measure_label_height (BeamChart *self);

/* Links the series of @layer to the value axis, or no longer. */
void         beam_chart_link_layer     (BeamChart    *self,
                                        BeamLayer    *layer);
void         beam_chart_unlink_layer   (BeamChart    *self,
                                        BeamLayer    *layer);

/* Emits "series-changed": which series there are, or are shown, is new. */
void         beam_chart_emit_series_changed (BeamChart *self);

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
 * values, but none of a series that has a gap there. @ret (element-type BeamReadout) is emptied first. */
void         beam_chart_read           (BeamChart          *self,
                                        const BeamGeometry *geometry,
                                        GArray             *ret);

/* Series that answer at the cursor, each once, in the order of the layers.
 * @ret (element-type BeamEntry) is emptied first. */
void         beam_chart_collect_entries (BeamChart         *self,
                                         GArray            *ret);

/* Gaps and events of all shown series, each once, in time order. */
void         beam_chart_collect_gaps   (BeamChart          *self,
                                        const BeamGeometry *geometry,
                                        GArray             *ret);

/* What is said about @time_us, as far as a person can point; NULL: nothing. */
const BeamNote *beam_chart_find_note   (BeamChart          *self,
                                        const BeamGeometry *geometry,
                                        gint64              time_us);

/* TRUE when some series has a value in view. */
gboolean     beam_chart_has_data       (BeamChart          *self,
                                        const BeamGeometry *geometry);

/* "p99 40 ms" */
char        *beam_chart_format_readout (BeamChart          *self,
                                        const BeamReadout  *readout,
                                        BeamFormatUse       use);

BeamLayer   *beam_grid_new             (void);
BeamLayer   *beam_body_new             (void);
BeamLayer   *beam_pin_layer_new        (void);
BeamLayer   *beam_gap_layer_new        (void);
BeamLayer   *beam_note_layer_new       (void);
BeamLayer   *beam_overlay_new          (void);

void         beam_chart_init_input     (BeamChart    *self);
/* The cursor goes to a pixel column, when that is in the plot. */
void         beam_chart_point_at       (BeamChart    *self,
                                        double        x);
/* The cursor follows the pointer while the picture slides under it. */
void         beam_chart_follow_pointer (BeamChart          *self,
                                        const BeamGeometry *geometry);
/* The cursor that the pointer had set goes, once what was chosen is done. */
void         beam_chart_menu_closed    (BeamChart    *self);
gboolean     beam_chart_handle_key     (BeamChart       *self,
                                        guint            keyval,
                                        GdkModifierType  state);

/* Zooms to the selection or keeps it as the baseline, and ends it. FALSE when
 * nothing is selected. */
gboolean     beam_chart_zoom_to_selection (BeamChart    *self);
gboolean     beam_chart_pin_selection     (BeamChart    *self);

/* For class_init. */
void         beam_chart_install_properties (GObjectClass *klass);
void         beam_chart_install_actions (GtkWidgetClass *klass);
void         beam_chart_init_menu       (BeamMenuOwnerInterface *iface);

/* The children of the chart that stand for its series are made anew. */
void         beam_chart_update_items   (BeamChart          *self);
void         beam_chart_allocate_items (BeamChart          *self,
                                        int                 width,
                                        int                 height);
/* Says at once what a key has brought about. */
void         beam_chart_speak          (BeamChart    *self);

/* Writes name and sentence now, or when a second has passed since the last. */
void         beam_chart_update_name    (BeamChart    *self);
void         beam_chart_queue_describe (BeamChart    *self);
void         beam_chart_stop_describe  (BeamChart    *self);

G_END_DECLS
