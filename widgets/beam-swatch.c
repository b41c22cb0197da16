/* beam-swatch.c: the sign of an identity, for headings and legends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-frame.h"
#include "beam-painter.h"
#include "beam-style.h"
#include "beam-swatch.h"

/**
 * BeamSwatch:
 *
 * The marker of an identity in its colour, as large as the text beside it, and
 * with "line" a piece of its line. Presentation only: the name stands beside it.
 *
 * # CSS nodes
 *
 * `beam-swatch`; the named colours are those of #BeamChart.
 */
struct _BeamSwatch
{
  GtkWidget parent_instance;

  int       identity;
  gboolean  line;
};

G_DEFINE_FINAL_TYPE (BeamSwatch, beam_swatch, GTK_TYPE_WIDGET)

#define MARKER_SIZE 11.0
#define MARKER_ROOM 16
/* The dashes of every identity end whole, or nearly so, on both sides. */
#define LINE_ROOM   39
#define LINE_WIDTH  2.0

enum {
  PROP_IDENTITY = 1,
  PROP_LINE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* It grows with the text that it stands beside, in quarters: between them a
 * line would only lose its edge. */
static double
get_unit (GtkWidget *widget)
{
  BeamFrame frame;

  beam_frame_init (&frame, 1, 1, NULL, gtk_widget_get_pango_context (widget));
  return floor (frame.unit * 4) / 4;
}

static void
beam_swatch_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  BeamSwatch *self = BEAM_SWATCH (widget);
  double unit = get_unit (widget);
  double width = gtk_widget_get_width (widget) / unit;
  double height = gtk_widget_get_height (widget) / unit;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                                     (float) gtk_widget_get_height (widget)));
  /* A thousand steps a pixel: a geometry counts in whole ones. */
  BeamGeometry geometry = { 0, 0, width, height, 1, 0, (gint64) (width * 1000), 0, height, BEAM_SCALE_LINEAR };
  BeamPoint ends[] = {
    { 1000, height / 2, height / 2, height / 2 },
    { (gint64) (width * 1000) - 1000, height / 2, height / 2, height / 2 },
  };
  BeamStyle style;
  BeamStroke stroke;

  cairo_scale (cr, unit, unit);
  beam_style_resolve (&style, widget);
  stroke = (BeamStroke) { beam_style_get_identity (&style, self->identity), LINE_WIDTH,
                          beam_identity_get_dash (self->identity) };
  if (self->line)
    beam_paint_line (cr, &geometry, ends, G_N_ELEMENTS (ends), &stroke);
  beam_paint_marker (cr, width / 2, height / 2, self->line ? MARKER_SIZE * 0.75 : MARKER_SIZE,
                     beam_identity_get_marker (self->identity), &stroke.color, &(GdkRGBA) { 0, 0, 0, 0 });
  cairo_destroy (cr);
}

static void
beam_swatch_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  gboolean wide = orientation == GTK_ORIENTATION_HORIZONTAL && BEAM_SWATCH (widget)->line;

  *minimum = *natural = (int) ceil ((wide ? LINE_ROOM : MARKER_ROOM) * get_unit (widget));
}

static void
beam_swatch_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  BeamSwatch *self = BEAM_SWATCH (object);

  switch (prop_id)
    {
    case PROP_IDENTITY:
      g_value_set_int (value, self->identity);
      break;
    case PROP_LINE:
      g_value_set_boolean (value, self->line);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_swatch_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  BeamSwatch *self = BEAM_SWATCH (object);

  switch (prop_id)
    {
    case PROP_IDENTITY:
      beam_swatch_set_identity (self, g_value_get_int (value));
      break;
    case PROP_LINE:
      beam_swatch_set_line (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_swatch_class_init (BeamSwatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = beam_swatch_get_property;
  object_class->set_property = beam_swatch_set_property;
  widget_class->snapshot = beam_swatch_snapshot;
  widget_class->measure = beam_swatch_measure;

  props[PROP_IDENTITY] = g_param_spec_int ("identity", NULL, NULL, BEAM_IDENTITY_NEUTRAL, BEAM_N_IDENTITIES - 1,
                                           BEAM_IDENTITY_NEUTRAL, flags);
  props[PROP_LINE] = g_param_spec_boolean ("line", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "beam-swatch");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
beam_swatch_init (BeamSwatch *self)
{
  self->identity = BEAM_IDENTITY_NEUTRAL;
}

GtkWidget *
beam_swatch_new (int identity)
{
  return g_object_new (BEAM_TYPE_SWATCH, "identity", identity, NULL);
}

int
beam_swatch_get_identity (BeamSwatch *self)
{
  g_return_val_if_fail (BEAM_IS_SWATCH (self), BEAM_IDENTITY_NEUTRAL);

  return self->identity;
}

void
beam_swatch_set_identity (BeamSwatch *self,
                          int         identity)
{
  g_return_if_fail (BEAM_IS_SWATCH (self));

  if (self->identity == identity)
    return;

  self->identity = identity;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IDENTITY]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
beam_swatch_get_line (BeamSwatch *self)
{
  g_return_val_if_fail (BEAM_IS_SWATCH (self), FALSE);

  return self->line;
}

void
beam_swatch_set_line (BeamSwatch *self,
                      gboolean    line)
{
  g_return_if_fail (BEAM_IS_SWATCH (self));

  if (self->line == !!line)
    return;

  self->line = !!line;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LINE]);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
