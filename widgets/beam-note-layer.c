/* beam-note-layer.c: notes on the time axis of a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-chart-private.h"
#include "beam-painter.h"

/* Private to the chart, over the layers of the program. A moment is a dotted line
 * that stands on a triangle, a stretch a bar along the axis between two such
 * lines; what does not count is veiled. Texts stand over the axis in some rows, as
 * far as there is room; at the cursor the overlay says what there is. */
#define BEAM_TYPE_NOTE_LAYER (beam_note_layer_get_type ())
G_DECLARE_FINAL_TYPE (BeamNoteLayer, beam_note_layer, BEAM, NOTE_LAYER, BeamLayer)

struct _BeamNoteLayer
{
  BeamLayer parent_instance;
};

G_DEFINE_FINAL_TYPE (BeamNoteLayer, beam_note_layer, BEAM_TYPE_LAYER)

#define TRIANGLE     4.0
#define BAR_HEIGHT   3.0
#define LABEL_INDENT 5.0
#define WIDEST_LABEL 170
#define MAX_ROWS     3
#define VEIL         0.62f

static gboolean
is_in_view (const BeamNote     *note,
            const BeamGeometry *geometry)
{
  return note->to_us >= geometry->from_us && note->from_us <= geometry->to_us;
}

static double
x_of (const BeamGeometry *geometry,
      gint64              time_us)
{
  return CLAMP (beam_geometry_x (geometry, CLAMP (time_us, geometry->from_us, geometry->to_us)), geometry->x,
                geometry->x + geometry->width);
}

static void
draw_edge (cairo_t            *cr,
           const BeamGeometry *geometry,
           const BeamStyle    *style,
           gint64              time_us)
{
  const BeamStroke stroke = { style->dim, 1, BEAM_DASH_DOTTED };
  const double bottom = geometry->y + geometry->height;
  const double x = x_of (geometry, time_us);

  if (time_us < geometry->from_us || time_us > geometry->to_us)
    return;

  beam_paint_time_line (cr, geometry, time_us, &stroke);
  cairo_save (cr);
  gdk_cairo_set_source_rgba (cr, &style->ink);
  cairo_move_to (cr, x - TRIANGLE, bottom);
  cairo_line_to (cr, x + TRIANGLE, bottom);
  cairo_line_to (cr, x, bottom - 1.6 * TRIANGLE);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_stretch (cairo_t            *cr,
              const BeamGeometry *geometry,
              const BeamStyle    *style,
              const BeamNote     *note)
{
  const double left = x_of (geometry, note->from_us);
  const double width = x_of (geometry, note->to_us) - left;
  GdkRGBA veil = style->background;

  veil.alpha = VEIL;
  cairo_save (cr);
  if (note->veiled)
    {
      gdk_cairo_set_source_rgba (cr, &veil);
      cairo_rectangle (cr, left, geometry->y, width, geometry->height);
      cairo_fill (cr);
    }
  gdk_cairo_set_source_rgba (cr, &style->ink);
  cairo_rectangle (cr, left, geometry->y + geometry->height - BAR_HEIGHT, width, BAR_HEIGHT);
  cairo_fill (cr);
  cairo_restore (cr);
}

/* In the lowest row whose texts end before it. @ends: where they do, by row. */
static void
draw_label (BeamLayer          *layer,
            cairo_t            *cr,
            const BeamGeometry *geometry,
            const BeamStyle    *style,
            const BeamNote     *note,
            double              ends[MAX_ROWS])
{
  g_autoptr (PangoLayout) layout = beam_chart_create_layout (GTK_WIDGET (layer), note->text, BEAM_TEXT_SMALL);
  const double right = geometry->x + geometry->width;
  double x = x_of (geometry, note->from_us) + LABEL_INDENT;
  int row = 0;
  int width, height;

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, WIDEST_LABEL * PANGO_SCALE);
  pango_layout_set_height (layout, -1);
  pango_layout_set_alignment (layout, PANGO_ALIGN_LEFT);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_get_pixel_size (layout, &width, &height);
  x = fmax (fmin (x, right - width), geometry->x);
  while (row < MAX_ROWS && x < ends[row])
    row++;
  if (*note->text == '\0' || row == MAX_ROWS || 2 * (row + 1) * height > geometry->height)
    return;

  beam_paint_text (cr, layout, round (x), round (geometry->y + geometry->height - BAR_HEIGHT - (row + 1) * height), &style->ink,
                   &style->background);
  ends[row] = x + width + LABEL_INDENT;
}

static BeamNotes *
get_notes (BeamLayer *layer)
{
  return BEAM_CHART (gtk_widget_get_parent (GTK_WIDGET (layer)))->notes;
}

static void
beam_note_layer_draw (BeamLayer          *layer,
                      cairo_t            *cr,
                      const BeamGeometry *geometry,
                      const BeamStyle    *style)
{
  BeamNotes *notes = get_notes (layer);
  const guint n = notes != NULL ? beam_notes_get_n (notes) : 0;
  double ends[MAX_ROWS] = { geometry->x, geometry->x, geometry->x };

  for (guint i = 0; i < n; i++)
    {
      const BeamNote *note = beam_notes_get (notes, i);

      if (!is_in_view (note, geometry))
        continue;
      if (note->from_us < note->to_us)
        draw_stretch (cr, geometry, style, note);
      draw_edge (cr, geometry, style, note->from_us);
      if (note->from_us < note->to_us)
        draw_edge (cr, geometry, style, note->to_us);
    }

  for (guint i = 0; i < n; i++)
    if (is_in_view (beam_notes_get (notes, i), geometry))
      draw_label (layer, cr, geometry, style, beam_notes_get (notes, i), ends);
}

static void
beam_note_layer_class_init (BeamNoteLayerClass *klass)
{
  BEAM_LAYER_CLASS (klass)->draw = beam_note_layer_draw;
}

static void
beam_note_layer_init (BeamNoteLayer *self)
{
}

BeamLayer *
beam_note_layer_new (void)
{
  return g_object_new (BEAM_TYPE_NOTE_LAYER, NULL);
}
