/* beam-layer.c: one thing that is drawn in the plot of a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-chart-private.h"
#include "beam-layer-private.h"
#include "beam-series.h"

/**
 * BeamLayer:
 *
 * The abstract drawable of a chart. It is a widget, so that it has a place among
 * its siblings, can be hidden, and is found by its chart. The chart draws all
 * layers of the program as one picture, which GTK keeps while none has changed:
 * a moving crosshair does not redraw the lines under it. All layers are as large
 * as their chart and draw in its coordinates.
 *
 * A layer has no input and no focus, and is presentation only for assistive
 * technology: the chart speaks for all its layers.
 *
 * # CSS nodes
 *
 * `beam-layer`, without style classes.
 */
typedef struct
{
  int        identity;
  BeamDash   dash;
  BeamMarker marker;
  char      *label; /* owned, nullable */

  /* What the next snapshot shows. */
  BeamGeometry     geometry;
  const BeamStyle *style; /* borrowed from the chart, nullable before the first frame */

  gboolean changed;
  gint64   unchanged_until_us; /* when changed: nothing is new up to then */
  guint    n_draws;
} BeamLayerPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BeamLayer, beam_layer, GTK_TYPE_WIDGET)

/* A stroke at the edge of the plot may be as thick as this outside of it. */
#define BLEED 1.5

enum {
  PROP_IDENTITY = 1,
  PROP_DASH,
  PROP_MARKER,
  PROP_LABEL,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static BeamLayerPrivate *
get_priv (BeamLayer *self)
{
  return beam_layer_get_instance_private (self);
}

static BeamChart *
get_chart (BeamLayer *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  return BEAM_IS_CHART (parent) ? BEAM_CHART (parent) : NULL;
}

static void
note_change (BeamLayer *self,
             gint64     unchanged_until_us)
{
  BeamLayerPrivate *priv = get_priv (self);
  BeamChart *chart = get_chart (self);

  priv->unchanged_until_us = priv->changed ? MIN (priv->unchanged_until_us, unchanged_until_us) : unchanged_until_us;
  priv->changed = TRUE;
  if (chart != NULL)
    beam_chart_queue_update (chart);
}

static void
series_changed_cb (BeamLayer  *self,
                   BeamSeries *series)
{
  note_change (self, beam_series_get_unchanged_until (series));
}

/* --- Overrides --- */

static void
beam_layer_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  BeamLayer *self = BEAM_LAYER (widget);
  BeamLayerPrivate *priv = get_priv (self);
  BeamLayerClass *klass = BEAM_LAYER_GET_CLASS (self);
  const BeamGeometry *plot = &priv->geometry;
  graphene_rect_t bounds;
  cairo_t *cr;

  if (priv->style == NULL || !beam_geometry_is_valid (plot))
    return;

  /* No larger than need be: the renderer clears an image of these bounds for
   * every drawing of every layer, and lays it over what is there. */
  graphene_rect_init (&bounds, 0, 0, (float) gtk_widget_get_width (widget), (float) gtk_widget_get_height (widget));
  if (!klass->unclipped)
    beam_layer_get_plot_ink (plot, &bounds);
  if (klass->get_ink != NULL && !klass->get_ink (self, plot, &bounds))
    return;

  if (klass->append != NULL)
    {
      klass->append (self, snapshot, plot, priv->style);
      priv->n_draws++;
      return;
    }

  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  beam_layer_draw (self, cr, plot, priv->style);
  cairo_destroy (cr);
}

static void
beam_layer_finalize (GObject *object)
{
  g_free (get_priv (BEAM_LAYER (object))->label);

  G_OBJECT_CLASS (beam_layer_parent_class)->finalize (object);
}

static void
beam_layer_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  BeamLayerPrivate *priv = get_priv (BEAM_LAYER (object));

  switch (prop_id)
    {
    case PROP_IDENTITY:
      g_value_set_int (value, priv->identity);
      break;
    case PROP_DASH:
      g_value_set_enum (value, (int) priv->dash);
      break;
    case PROP_MARKER:
      g_value_set_enum (value, (int) priv->marker);
      break;
    case PROP_LABEL:
      g_value_set_string (value, priv->label);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_layer_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  BeamLayer *self = BEAM_LAYER (object);

  switch (prop_id)
    {
    case PROP_IDENTITY:
      beam_layer_set_identity (self, g_value_get_int (value));
      break;
    case PROP_DASH:
      beam_layer_set_dash (self, (BeamDash) g_value_get_enum (value));
      break;
    case PROP_MARKER:
      beam_layer_set_marker (self, (BeamMarker) g_value_get_enum (value));
      break;
    case PROP_LABEL:
      beam_layer_set_label (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_layer_class_init (BeamLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = beam_layer_finalize;
  object_class->get_property = beam_layer_get_property;
  object_class->set_property = beam_layer_set_property;
  widget_class->snapshot = beam_layer_snapshot;

  props[PROP_IDENTITY] = g_param_spec_int ("identity", NULL, NULL, BEAM_IDENTITY_NEUTRAL, BEAM_N_IDENTITIES - 1,
                                           BEAM_IDENTITY_NEUTRAL, flags);
  props[PROP_DASH] = g_param_spec_enum ("dash", NULL, NULL, BEAM_TYPE_DASH, BEAM_DASH_SOLID, flags);
  props[PROP_MARKER] = g_param_spec_enum ("marker", NULL, NULL, BEAM_TYPE_MARKER, BEAM_MARKER_DISC, flags);
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "beam-layer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
beam_layer_init (BeamLayer *self)
{
  BeamLayerPrivate *priv = get_priv (self);

  priv->identity = BEAM_IDENTITY_NEUTRAL;
  priv->marker = BEAM_MARKER_DISC;
  /* Time runs from left to right in every language, and "−3" is not "3−". */
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
}

/* --- Public API --- */

int
beam_layer_get_identity (BeamLayer *self)
{
  g_return_val_if_fail (BEAM_IS_LAYER (self), BEAM_IDENTITY_NEUTRAL);

  return get_priv (self)->identity;
}

void
beam_layer_set_identity (BeamLayer *self,
                         int        identity)
{
  BeamLayerPrivate *priv = get_priv (self);

  g_return_if_fail (BEAM_IS_LAYER (self));
  g_return_if_fail (identity >= BEAM_IDENTITY_NEUTRAL && identity < BEAM_N_IDENTITIES);

  if (priv->identity == identity)
    return;

  priv->identity = identity;
  g_object_freeze_notify (G_OBJECT (self));
  beam_layer_set_dash (self, beam_identity_get_dash (identity));
  beam_layer_set_marker (self, beam_identity_get_marker (identity));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IDENTITY]);
  g_object_thaw_notify (G_OBJECT (self));
  beam_layer_queue_redraw (self);
}

BeamDash
beam_layer_get_dash (BeamLayer *self)
{
  g_return_val_if_fail (BEAM_IS_LAYER (self), BEAM_DASH_SOLID);

  return get_priv (self)->dash;
}

void
beam_layer_set_dash (BeamLayer *self,
                     BeamDash   dash)
{
  BeamLayerPrivate *priv = get_priv (self);

  g_return_if_fail (BEAM_IS_LAYER (self));

  if (priv->dash == dash)
    return;

  priv->dash = dash;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DASH]);
  beam_layer_queue_redraw (self);
}

BeamMarker
beam_layer_get_marker (BeamLayer *self)
{
  g_return_val_if_fail (BEAM_IS_LAYER (self), BEAM_MARKER_NONE);

  return get_priv (self)->marker;
}

void
beam_layer_set_marker (BeamLayer  *self,
                       BeamMarker  marker)
{
  BeamLayerPrivate *priv = get_priv (self);

  g_return_if_fail (BEAM_IS_LAYER (self));

  if (priv->marker == marker)
    return;

  priv->marker = marker;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MARKER]);
  beam_layer_queue_redraw (self);
}

const char *
beam_layer_get_label (BeamLayer *self)
{
  g_return_val_if_fail (BEAM_IS_LAYER (self), NULL);

  return get_priv (self)->label;
}

void
beam_layer_set_label (BeamLayer  *self,
                      const char *label)
{
  BeamLayerPrivate *priv = get_priv (self);

  g_return_if_fail (BEAM_IS_LAYER (self));

  if (g_strcmp0 (priv->label, label) == 0)
    return;

  g_free (priv->label);
  priv->label = g_strdup (label);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LABEL]);
  beam_layer_queue_redraw (self);
}

void
beam_layer_queue_redraw (BeamLayer *self)
{
  g_return_if_fail (BEAM_IS_LAYER (self));

  note_change (self, G_MININT64);
}

/**
 * beam_layer_draw:
 *
 * Paints the layer for @geometry, clipped to the plot, onto any cairo surface.
 * Nothing when the geometry is empty.
 */
void
beam_layer_draw (BeamLayer          *self,
                 cairo_t            *cr,
                 const BeamGeometry *geometry,
                 const BeamStyle    *style)
{
  BeamLayerClass *klass = BEAM_LAYER_GET_CLASS (self);

  g_return_if_fail (BEAM_IS_LAYER (self));

  if (klass->draw == NULL || !beam_geometry_is_valid (geometry))
    return;

  cairo_save (cr);
  if (!klass->unclipped)
    {
      cairo_rectangle (cr, geometry->x, geometry->y - BLEED, geometry->width, geometry->height + 2 * BLEED);
      cairo_clip (cr);
    }
  klass->draw (self, cr, geometry, style);
  cairo_restore (cr);
  get_priv (self)->n_draws++;
}

void
beam_layer_collect_series (BeamLayer *self,
                           GPtrArray *ret)
{
  g_return_if_fail (BEAM_IS_LAYER (self));

  if (BEAM_LAYER_GET_CLASS (self)->collect_series != NULL)
    BEAM_LAYER_GET_CLASS (self)->collect_series (self, ret);
}

void
beam_layer_read (BeamLayer *self,
                 gint64     time_us,
                 gint64     within_us,
                 GArray    *ret)
{
  g_return_if_fail (BEAM_IS_LAYER (self));

  if (BEAM_LAYER_GET_CLASS (self)->read != NULL)
    BEAM_LAYER_GET_CLASS (self)->read (self, time_us, within_us, ret);
}

/* Few samples have to share a point. */
#define FIND_POINTS 2048

/* A time at which @series has a value, of the last ones in the range. */
static gboolean
find_last (BeamSeries *series,
           gint64      from_us,
           gint64      to_us,
           gint64     *ret_us)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));

  beam_series_collect (series, from_us, to_us, FIND_POINTS, points);
  for (guint i = points->len; i > 0; i--)
    {
      const BeamPoint *point = &g_array_index (points, BeamPoint, i - 1);

      if (isnan (point->low) || point->time_us < from_us || point->time_us > to_us)
        continue;
      *ret_us = point->time_us;
      /* A point may begin with samples of which nothing is known. */
      beam_series_lookup (series, point->time_us, to_us - from_us, ret_us);
      return TRUE;
    }

  return FALSE;
}

gboolean
beam_layer_read_range (BeamLayer *self,
                       gint64     from_us,
                       gint64     to_us,
                       GArray    *ret)
{
  g_autoptr (GPtrArray) series = g_ptr_array_new ();
  const guint before = ret->len;
  gint64 last_us;

  g_return_val_if_fail (BEAM_IS_LAYER (self), FALSE);

  if (BEAM_LAYER_GET_CLASS (self)->read == NULL)
    return FALSE;

  beam_layer_read (self, to_us, to_us - from_us, ret);
  if (ret->len > before)
    return TRUE;

  /* Whichever of its series it answers for. */
  beam_layer_collect_series (self, series);
  for (guint i = 0; i < series->len && ret->len == before; i++)
    if (find_last (g_ptr_array_index (series, i), from_us, to_us, &last_us))
      beam_layer_read (self, last_us, to_us - from_us, ret);

  return FALSE;
}

/* --- Between the layers and the chart --- */

void
beam_layer_set_frame (BeamLayer          *self,
                      const BeamGeometry *geometry,
                      const BeamStyle    *style)
{
  BeamLayerPrivate *priv = get_priv (self);

  priv->geometry = *geometry;
  priv->style = style;
}

gboolean
beam_layer_watch_series (BeamLayer   *self,
                         BeamSeries **field,
                         BeamSeries  *series)
{
  BeamChart *chart = get_chart (self);

  if (*field == series)
    return FALSE;

  if (*field != NULL)
    g_signal_handlers_disconnect_by_func (*field, series_changed_cb, self);
  g_set_object (field, series);
  if (series != NULL)
    g_signal_connect_object (series, "changed", G_CALLBACK (series_changed_cb), self, G_CONNECT_SWAPPED);

  if (chart != NULL)
    beam_chart_relink_layer (chart, self);
  beam_layer_queue_redraw (self);
  return TRUE;
}

gboolean
beam_layer_take_changed (BeamLayer *self,
                         gint64    *ret_since_us)
{
  BeamLayerPrivate *priv = get_priv (self);
  gboolean changed = priv->changed;

  *ret_since_us = priv->unchanged_until_us;
  priv->changed = FALSE;
  return changed;
}

gboolean
beam_layer_get_plot_ink (const BeamGeometry *geometry,
                         graphene_rect_t    *ink)
{
  const graphene_rect_t plot = GRAPHENE_RECT_INIT ((float) floor (geometry->x - BLEED), (float) floor (geometry->y - BLEED),
                                                   (float) ceil (geometry->width + 2 * BLEED + 1),
                                                   (float) ceil (geometry->height + 2 * BLEED + 1));

  return graphene_rect_intersection (ink, &plot, ink);
}

guint
beam_layer_get_n_draws (BeamLayer *self)
{
  return get_priv (self)->n_draws;
}

guint
beam_layer_max_points (const BeamGeometry *geometry)
{
  return MAX ((guint) ceil (geometry->width * geometry->device_scale), 2);
}
