/* beam-overlay.c: what moves with the cursor, over everything else
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-chart-private.h"
#include "beam-label-placer.h"
#include "beam-painter.h"
#include "beam-series.h"

/* The highest layer of a chart, private to it: crosshair, markers, read-outs,
 * the selection while dragging, the text of an empty chart and the focus ring.
 * Separate, so that moving the cursor redraws nothing else. */
#define BEAM_TYPE_OVERLAY (beam_overlay_get_type ())
G_DECLARE_FINAL_TYPE (BeamOverlay, beam_overlay, BEAM, OVERLAY, BeamLayer)

struct _BeamOverlay
{
  BeamLayer parent_instance;

  GArray *readouts; /* owned, element-type BeamReadout */
  GArray *boxes;    /* owned, element-type BeamLabelBox, indexed as readouts */
  GArray *gaps;     /* owned, element-type BeamGap */
  GArray *points;   /* owned, element-type BeamPoint */
  GPtrArray *layouts; /* owned, of PangoLayout, indexed as readouts */

  /* From asking where the ink is to the drawing that follows. */
  gboolean   has_read; /* the latest values are in readouts and layouts */
  double     latest_x; /* where the first of them is */
};

G_DEFINE_FINAL_TYPE (BeamOverlay, beam_overlay, BEAM_TYPE_LAYER)

#define MARKER_SIZE   8.0
#define CURRENT_SIZE  11.0
#define LABEL_GAP     8.0
#define RING_WIDTH    2.0
#define RING_RADIUS   6.0

static void
draw_markers (BeamOverlay        *self,
              BeamChart          *chart,
              cairo_t            *cr,
              const BeamGeometry *geometry,
              const BeamStyle    *style)
{
  for (guint i = 0; i < self->readouts->len; i++)
    {
      const BeamReadout *readout = &g_array_index (self->readouts, BeamReadout, i);
      GdkRGBA color = beam_style_get_identity (style, readout->identity);
      gboolean is_current = chart->current != NULL && readout->series == chart->current;

      if (is_current || readout->weight == BEAM_WEIGHT_STRONG)
        beam_paint_marker (cr, beam_geometry_x (geometry, readout->time_us),
                           CLAMP (beam_geometry_y (geometry, readout->value), geometry->y, geometry->y + geometry->height),
                           is_current ? CURRENT_SIZE : MARKER_SIZE, readout->marker, &color, &style->background);
    }
}

/* The chosen series alone, or all strong ones. */
static gboolean
is_strong (BeamChart         *chart,
           const BeamReadout *readout)
{
  return chart->current != NULL ? readout->series == chart->current : readout->weight == BEAM_WEIGHT_STRONG;
}

static PangoLayout *
create_label (BeamOverlay       *self,
              BeamChart         *chart,
              const BeamReadout *readout)
{
  g_autofree char *text = beam_chart_format_readout (chart, readout, BEAM_FORMAT_READOUT);

  return beam_chart_create_layout (GTK_WIDGET (self), text,
                                   is_strong (chart, readout) ? BEAM_TEXT_READOUT : BEAM_TEXT_SMALL);
}

/* How far a line may lead its label away from its own point. */
#define LONGEST_LEAD 26.0

/* The piece of a line from @a to @b that lies between @left and @right. */
static void
avoid_piece (const BeamGeometry *geometry,
             const BeamPoint    *a,
             const BeamPoint    *b,
             double              left,
             double              right,
             BeamLabelBox       *box)
{
  double xa = beam_geometry_x (geometry, a->time_us);
  double xb = beam_geometry_x (geometry, b->time_us);
  double ya = beam_geometry_y (geometry, a->last);
  double yb = beam_geometry_y (geometry, b->last);
  double slope = xb > xa ? (yb - ya) / (xb - xa) : 0;
  double start = CLAMP (left, xa, xb);
  double end = CLAMP (right, xa, xb);

  if (xb < left || xa > right)
    return;

  if (xa >= left)
    {
      box->over = fmin (box->over, beam_geometry_y (geometry, a->high));
      box->under = fmax (box->under, beam_geometry_y (geometry, a->low));
    }
  start = ya + slope * (start - xa);
  end = ya + slope * (end - xa);
  box->over = fmin (box->over, fmin (start, end));
  box->under = fmax (box->under, fmax (start, end));
}

/* Where the line of @readout runs beside the label, from @left to @right. */
static void
avoid_line (BeamOverlay        *self,
            const BeamGeometry *geometry,
            const BeamReadout  *readout,
            double              left,
            double              right,
            BeamLabelBox       *box)
{
  box->over = box->anchor - MARKER_SIZE / 2;
  box->under = box->anchor + MARKER_SIZE / 2;
  if (readout->series == NULL)
    return;

  beam_series_collect (readout->series, beam_geometry_time (geometry, left), beam_geometry_time (geometry, right),
                       (guint) (right - left) + 2, self->points);
  for (guint i = 1; i < self->points->len; i++)
    {
      const BeamPoint *a = &g_array_index (self->points, BeamPoint, i - 1);
      const BeamPoint *b = &g_array_index (self->points, BeamPoint, i);

      if (!isnan (a->low) && !isnan (b->low))
        avoid_piece (geometry, a, b, left, right, box);
    }

  box->over = fmax (box->over, box->anchor - LONGEST_LEAD);
  box->under = fmin (box->under, box->anchor + LONGEST_LEAD);
}

/* What is read, and its labels. */
static void
read_values (BeamOverlay        *self,
             BeamChart          *chart,
             const BeamGeometry *geometry)
{
  g_ptr_array_set_size (self->layouts, 0);
  beam_chart_read (chart, geometry, self->readouts);
  for (guint i = 0; i < self->readouts->len; i++)
    g_ptr_array_add (self->layouts, create_label (self, chart, &g_array_index (self->readouts, BeamReadout, i)));
}

/* Labels stand right of @x, or all left of it: when one has no room, or when
 * there is only the past to write on (@before). */
static void
draw_labels (BeamOverlay        *self,
             BeamChart          *chart,
             cairo_t            *cr,
             const BeamGeometry *geometry,
             double              x,
             gboolean            before)
{
  GPtrArray *layouts = self->layouts;
  BeamLabelBox *boxes;
  double left;
  int width, height;

  g_array_set_size (self->boxes, self->readouts->len);
  boxes = (BeamLabelBox *) (gpointer) self->boxes->data;
  for (guint i = 0; i < self->readouts->len; i++)
    {
      pango_layout_get_pixel_size (g_ptr_array_index (layouts, i), &width, NULL);
      before = before || x + LABEL_GAP + width > geometry->x + geometry->width;
    }

  for (guint i = 0; i < layouts->len; i++)
    {
      const BeamReadout *readout = &g_array_index (self->readouts, BeamReadout, i);

      pango_layout_get_pixel_size (g_ptr_array_index (layouts, i), &width, &height);
      left = before ? fmax (x - LABEL_GAP - width, geometry->x) : x + LABEL_GAP;
      boxes[i] = (BeamLabelBox) { .anchor = beam_geometry_y (geometry, readout->value), .height = height };
      avoid_line (self, geometry, readout, left, left + width, &boxes[i]);
    }
  beam_label_placer_place (boxes, self->boxes->len, geometry->y, geometry->y + geometry->height);

  for (guint i = 0; i < layouts->len; i++)
    {
      const BeamReadout *readout = &g_array_index (self->readouts, BeamReadout, i);
      gboolean strong = is_strong (chart, readout);

      pango_layout_get_pixel_size (g_ptr_array_index (layouts, i), &width, NULL);
      left = before ? fmax (x - LABEL_GAP - width, geometry->x) : x + LABEL_GAP;
      beam_paint_text (cr, g_ptr_array_index (layouts, i), round (left), round (boxes[i].y),
                       strong ? &chart->style.ink : &chart->style.dim, &chart->style.background);
    }
}

/* Why a series has a gap at @time_us; NULL when none has, or none says why. */
static const char *
find_reason (BeamOverlay        *self,
             BeamChart          *chart,
             const BeamGeometry *geometry,
             gint64              time_us)
{
  beam_chart_collect_gaps (chart, geometry, self->gaps);
  for (guint i = 0; i < self->gaps->len; i++)
    {
      const BeamGap *gap = &g_array_index (self->gaps, BeamGap, i);

      if (gap->from_us < time_us && time_us < gap->to_us && gap->label != NULL)
        return gap->label;
    }

  return NULL;
}

/* Why nothing is known at the cursor: in the gap itself there may be no room. */
static void
draw_reason (BeamOverlay        *self,
             BeamChart          *chart,
             cairo_t            *cr,
             const BeamGeometry *geometry,
             double              x,
             const char         *reason)
{
  g_autoptr (PangoLayout) layout = beam_chart_create_layout (GTK_WIDGET (self), reason, BEAM_TEXT_READOUT);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (x + LABEL_GAP + width > geometry->x + geometry->width)
    x = fmax (x - 2 * LABEL_GAP - width, geometry->x);
  beam_paint_text (cr, layout, x + LABEL_GAP, geometry->y + 2, &chart->style.ink, &chart->style.background);
}

/* What a person said about this moment. */
static void
draw_note (BeamOverlay        *self,
           BeamChart          *chart,
           cairo_t            *cr,
           const BeamGeometry *geometry,
           double              x,
           const char         *text)
{
  g_autoptr (PangoLayout) layout = beam_chart_create_layout (GTK_WIDGET (self), text, BEAM_TEXT_READOUT);
  int width, height;

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, &width, NULL);
  pango_layout_set_width (layout, (int) fmin (width, geometry->width - 2 * LABEL_GAP) * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, &width, &height);
  if (x + LABEL_GAP + width > geometry->x + geometry->width)
    x = fmax (x - 2 * LABEL_GAP - width, geometry->x);
  beam_paint_text (cr, layout, x + LABEL_GAP, geometry->y + height + 2, &chart->style.ink,
                   &chart->style.background);
}

static void
draw_cursor (BeamOverlay        *self,
             BeamChart          *chart,
             cairo_t            *cr,
             const BeamGeometry *geometry)
{
  const BeamStroke crosshair = { chart->style.axis, 1, BEAM_DASH_SOLID };
  gint64 time_us = beam_cursor_get_time (chart->cursor);
  double x = beam_geometry_x (geometry, time_us);
  const char *reason = NULL;
  const BeamNote *note;

  if (time_us < geometry->from_us || time_us > geometry->to_us)
    return;

  beam_paint_time_line (cr, geometry, time_us, &crosshair);
  note = beam_chart_find_note (chart, geometry, time_us);
  if (note != NULL)
    draw_note (self, chart, cr, geometry, x, note->text);

  /* A gap in one series says nothing about the others. */
  read_values (self, chart, geometry);
  if (self->readouts->len == 0)
    reason = find_reason (self, chart, geometry, time_us);
  if (reason != NULL)
    draw_reason (self, chart, cr, geometry, x, reason);
  draw_markers (self, chart, cr, geometry, &chart->style);
  draw_labels (self, chart, cr, geometry, x, FALSE);
}

/* Reads the latest values; FALSE when there is none to show. */
static gboolean
read_latest (BeamOverlay        *self,
             BeamChart          *chart,
             const BeamGeometry *geometry,
             double             *ret_x)
{
  g_ptr_array_set_size (self->layouts, 0);
  if (!chart->show_latest)
    return FALSE;

  read_values (self, chart, geometry);
  *ret_x = geometry->x + geometry->width;
  for (guint i = 0; i < self->readouts->len; i++)
    *ret_x = fmin (*ret_x, beam_geometry_x (geometry, g_array_index (self->readouts, BeamReadout, i).time_us));
  return self->readouts->len > 0;
}

static void
draw_latest (BeamOverlay        *self,
             BeamChart          *chart,
             cairo_t            *cr,
             const BeamGeometry *geometry)
{
  double x = self->latest_x;
  gboolean any = self->has_read || read_latest (self, chart, geometry, &x);

  self->has_read = FALSE;
  if (!any)
    return;

  draw_markers (self, chart, cr, geometry, &chart->style);
  draw_labels (self, chart, cr, geometry, x, TRUE);
}

/* While nobody points at anything only the right end of the chart has ink. */
static gboolean
beam_overlay_get_ink (BeamLayer          *layer,
                      const BeamGeometry *geometry,
                      graphene_rect_t    *ink)
{
  BeamOverlay *self = BEAM_OVERLAY (layer);
  BeamChart *chart = BEAM_CHART (gtk_widget_get_parent (GTK_WIDGET (layer)));
  gint64 from_us, to_us;
  int widest = 0;
  double x;

  self->has_read = FALSE;
  if (!beam_chart_has_data (chart, geometry) || beam_cursor_is_set (chart->cursor) ||
      beam_cursor_get_selection (chart->cursor, &from_us, &to_us) || gtk_widget_has_visible_focus (GTK_WIDGET (chart)))
    return TRUE;
  self->has_read = read_latest (self, chart, geometry, &self->latest_x);
  if (!self->has_read)
    return FALSE;

  for (guint i = 0; i < self->layouts->len; i++)
    {
      int width;

      pango_layout_get_pixel_size (g_ptr_array_index (self->layouts, i), &width, NULL);
      widest = MAX (widest, width);
    }
  x = floor (self->latest_x - widest - 2 * LABEL_GAP);
  return graphene_rect_intersection (ink, &GRAPHENE_RECT_INIT ((float) x, 0, ink->size.width, ink->size.height), ink);
}

static void
draw_selection (BeamChart          *chart,
                cairo_t            *cr,
                const BeamGeometry *geometry,
                gint64              from_us,
                gint64              to_us)
{
  GdkRGBA color = chart->style.ink;
  double left = CLAMP (beam_geometry_x (geometry, from_us), geometry->x, geometry->x + geometry->width);
  double right = CLAMP (beam_geometry_x (geometry, to_us), geometry->x, geometry->x + geometry->width);

  color.alpha = 0.12f;
  cairo_save (cr);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_rectangle (cr, left, geometry->y, right - left, geometry->height);
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (cr, &chart->style.axis);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, floor (left) + 0.5, geometry->y + 0.5, floor (right - left), geometry->height - 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_empty_text (BeamOverlay        *self,
                 BeamChart          *chart,
                 cairo_t            *cr,
                 const BeamGeometry *geometry)
{
  g_autoptr (PangoLayout) layout = beam_chart_create_layout (GTK_WIDGET (self), chart->empty_text, BEAM_TEXT_EMPTY);
  PangoRectangle ink;
  int height;

  pango_layout_set_width (layout, (int) geometry->width * PANGO_SCALE);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_height (layout, (int) geometry->height * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, NULL, &height);
  pango_layout_get_pixel_extents (layout, &ink, NULL);
  gdk_cairo_set_source_rgba (cr, &chart->style.background);
  cairo_rectangle (cr, geometry->x + ink.x - LABEL_GAP, round (geometry->y + (geometry->height - height) / 2),
                   ink.width + 2 * LABEL_GAP, height);
  cairo_fill (cr);
  beam_paint_text (cr, layout, geometry->x, round (geometry->y + (geometry->height - height) / 2),
                   &chart->style.dim, &chart->style.background);
}

static void
draw_focus_ring (BeamChart *chart,
                 cairo_t   *cr)
{
  double width = gtk_widget_get_width (GTK_WIDGET (chart)) - RING_WIDTH;
  double height = gtk_widget_get_height (GTK_WIDGET (chart)) - RING_WIDTH;
  double near_x = RING_WIDTH / 2 + RING_RADIUS;
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (chart)), "accent_color", &color))
    color = chart->style.series[0];

  cairo_save (cr);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, RING_WIDTH);
  cairo_new_sub_path (cr);
  cairo_arc (cr, near_x, near_x, RING_RADIUS, G_PI, 1.5 * G_PI);
  cairo_arc (cr, width - RING_RADIUS + 1, near_x, RING_RADIUS, 1.5 * G_PI, 2 * G_PI);
  cairo_arc (cr, width - RING_RADIUS + 1, height - RING_RADIUS + 1, RING_RADIUS, 0, 0.5 * G_PI);
  cairo_arc (cr, near_x, height - RING_RADIUS + 1, RING_RADIUS, 0.5 * G_PI, G_PI);
  cairo_close_path (cr);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
beam_overlay_draw (BeamLayer          *layer,
                   cairo_t            *cr,
                   const BeamGeometry *geometry,
                   const BeamStyle    *style)
{
  BeamOverlay *self = BEAM_OVERLAY (layer);
  BeamChart *chart = BEAM_CHART (gtk_widget_get_parent (GTK_WIDGET (layer)));
  gint64 from_us, to_us;

  if (!beam_chart_has_data (chart, geometry))
    draw_empty_text (self, chart, cr, geometry);

  if (chart->print == NULL && beam_cursor_get_selection (chart->cursor, &from_us, &to_us))
    draw_selection (chart, cr, geometry, from_us, to_us);
  if (beam_cursor_is_set (chart->cursor) && (chart->print == NULL || chart->print->show_cursor))
    draw_cursor (self, chart, cr, geometry);
  else
    draw_latest (self, chart, cr, geometry);

  if (chart->print == NULL && gtk_widget_has_visible_focus (GTK_WIDGET (chart)))
    draw_focus_ring (chart, cr);
}

static void
beam_overlay_finalize (GObject *object)
{
  BeamOverlay *self = BEAM_OVERLAY (object);

  g_array_unref (self->readouts);
  g_array_unref (self->boxes);
  g_array_unref (self->gaps);
  g_array_unref (self->points);
  g_ptr_array_unref (self->layouts);

  G_OBJECT_CLASS (beam_overlay_parent_class)->finalize (object);
}

static void
beam_overlay_class_init (BeamOverlayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = beam_overlay_finalize;
  BEAM_LAYER_CLASS (klass)->draw = beam_overlay_draw;
  BEAM_LAYER_CLASS (klass)->get_ink = beam_overlay_get_ink;
  BEAM_LAYER_CLASS (klass)->unclipped = TRUE;
}

static void
beam_overlay_init (BeamOverlay *self)
{
  self->readouts = g_array_new (FALSE, FALSE, sizeof (BeamReadout));
  self->boxes = g_array_new (FALSE, FALSE, sizeof (BeamLabelBox));
  self->gaps = g_array_new (FALSE, FALSE, sizeof (BeamGap));
  self->points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
  self->layouts = g_ptr_array_new_with_free_func (g_object_unref);
}

BeamLayer *
beam_overlay_new (void)
{
  return g_object_new (BEAM_TYPE_OVERLAY, NULL);
}
