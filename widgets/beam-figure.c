/* beam-figure.c: a picture of a few numbers, with items one can visit
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-canvas.h"
#include "beam-figure-private.h"

/**
 * BeamFigure:
 *
 * The base of the charts that are not about time: bars, a tornado, a plot, the
 * balance. It does what they have in common: it keeps the picture while nothing
 * changes, says its empty text while there is nothing to show, lets one visit
 * item after item, and speaks.
 *
 * # Shortcuts and Gestures
 *
 * The arrow keys move from item to item, Home and End to the first and the
 * last, Escape away. The pointer visits what it is near to. Ctrl+C copies all
 * items as text, a line each.
 *
 * # CSS nodes
 *
 * ```
 * beam-figure
 * ├── beam-canvas   the picture
 * ╰── beam-canvas   the read-out and the focus ring
 * ```
 *
 * # Accessibility
 *
 * Role IMG unless a subclass says otherwise, the title as name, and as
 * description the visited item and a sentence about the whole: from the
 * #BeamFigureDescribeFunc, else names and numbers only, which need no language.
 */
typedef struct
{
  char *title;      /* owned */
  char *empty_text; /* owned */
  int   selected;

  BeamFigureDescribeFunc describe; /* nullable */
  gpointer               describe_data;
  GDestroyNotify         describe_destroy;

  GtkWidget *picture; /* children, owned by the parent relation */
  GtkWidget *readout;

  BeamStyle     style;
  gboolean      style_valid;
  PangoContext *pango; /* owned, nullable: made anew with the style */
  guint     describe_id; /* timeout, 0 when none is due */
} BeamFigurePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BeamFigure, beam_figure, GTK_TYPE_WIDGET)

/* A description joins what changes together, and names at most so many items. */
#define DESCRIBE_AFTER_MS 30
#define MOST_DESCRIBED    12

enum {
  PROP_TITLE = 1,
  PROP_EMPTY_TEXT,
  PROP_SELECTED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static BeamFigurePrivate *
get_priv (BeamFigure *self)
{
  return beam_figure_get_instance_private (self);
}

/* --- Words --- */

static char *
describe_items (BeamFigure *self)
{
  guint n = beam_figure_count_items (self);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (n, MOST_DESCRIBED); i++)
    {
      g_autofree char *item = beam_figure_describe_item (self, i);

      if (item != NULL && *item != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", item);
    }
  if (n > MOST_DESCRIBED)
    g_string_append (text, "; …");

  return g_string_free (text, FALSE);
}

static void
update_description (BeamFigure *self)
{
  BeamFigurePrivate *priv = get_priv (self);
  g_autofree char *item = priv->selected >= 0 ? beam_figure_describe_item (self, (guint) priv->selected) : NULL;
  g_autofree char *whole = beam_figure_describe (self);
  g_autofree char *text = item != NULL ? g_strdup_printf ("%s. %s", item, whole) : g_strdup (whole);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static gboolean
describe_cb (gpointer user_data)
{
  BeamFigure *self = BEAM_FIGURE (user_data);

  get_priv (self)->describe_id = 0;
  update_description (self);
  return G_SOURCE_REMOVE;
}

static void
queue_describe (BeamFigure *self)
{
  BeamFigurePrivate *priv = get_priv (self);

  if (priv->describe_id != 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  priv->describe_id = g_timeout_add (DESCRIBE_AFTER_MS, describe_cb, self);
  g_source_set_name_by_id (priv->describe_id, "[beam] describe");
}

/* --- Drawing --- */

/* Numbers are not turned around among others: "−3 ms" is no "3− ms". A name in
 * a right-to-left script still runs as it should, by its own letters. */
static PangoContext *
get_pango (BeamFigure *self)
{
  BeamFigurePrivate *priv = get_priv (self);

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
  BeamFigurePrivate *priv = get_priv (self);
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

  beam_frame_init (ret, width, height, &priv->style, get_pango (self));
  ret->device_scale = gtk_widget_get_scale_factor (widget);
  ret->rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  return TRUE;
}

static void
draw_picture (GtkWidget *owner,
              cairo_t   *cr)
{
  BeamFrame frame;

  if (beam_figure_get_frame (BEAM_FIGURE (owner), &frame))
    beam_figure_draw (BEAM_FIGURE (owner), cr, &frame);
}

static void
draw_over (GtkWidget *owner,
           cairo_t   *cr)
{
  BeamFrame frame;

  if (!beam_figure_get_frame (BEAM_FIGURE (owner), &frame))
    return;

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
    .max_width = frame->width, .color = &frame->style->dim, .kind = BEAM_FRAME_BODY,
  };

  beam_frame_write (frame, cr, get_priv (self)->empty_text, &label);
}

/* --- Overrides --- */

static void
beam_figure_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 120 : 80;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 360 : 200;
}

static void
beam_figure_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  BeamFigurePrivate *priv = get_priv (BEAM_FIGURE (widget));

  gtk_widget_allocate (priv->picture, width, height, baseline, NULL);
  gtk_widget_allocate (priv->readout, width, height, baseline, NULL);
}

static void
beam_figure_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (beam_figure_parent_class)->map (widget);

  queue_describe (BEAM_FIGURE (widget));
}

static void
beam_figure_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&get_priv (BEAM_FIGURE (widget))->describe_id, g_source_remove);

  GTK_WIDGET_CLASS (beam_figure_parent_class)->unmap (widget);
}

static void
redraw (BeamFigure *self)
{
  gtk_widget_queue_draw (get_priv (self)->picture);
  gtk_widget_queue_draw (get_priv (self)->readout);
}

static void
beam_figure_css_changed (GtkWidget         *widget,
                         GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (beam_figure_parent_class)->css_changed (widget, change);

  get_priv (BEAM_FIGURE (widget))->style_valid = FALSE;
  g_clear_object (&get_priv (BEAM_FIGURE (widget))->pango);
  redraw (BEAM_FIGURE (widget));
  gtk_widget_queue_resize (widget);
}

static void
beam_figure_direction_changed (GtkWidget        *widget,
                               GtkTextDirection  previous)
{
  GTK_WIDGET_CLASS (beam_figure_parent_class)->direction_changed (widget, previous);

  g_clear_object (&get_priv (BEAM_FIGURE (widget))->pango);
  redraw (BEAM_FIGURE (widget));
}

static void
beam_figure_state_flags_changed (GtkWidget     *widget,
                                 GtkStateFlags  previous)
{
  GTK_WIDGET_CLASS (beam_figure_parent_class)->state_flags_changed (widget, previous);

  gtk_widget_queue_draw (get_priv (BEAM_FIGURE (widget))->readout);
}

static void
beam_figure_dispose (GObject *object)
{
  BeamFigurePrivate *priv = get_priv (BEAM_FIGURE (object));

  g_clear_handle_id (&priv->describe_id, g_source_remove);
  g_clear_object (&priv->pango);
  g_clear_pointer (&priv->picture, gtk_widget_unparent);
  g_clear_pointer (&priv->readout, gtk_widget_unparent);
  if (priv->describe_destroy != NULL)
    priv->describe_destroy (priv->describe_data);
  priv->describe = NULL;
  priv->describe_destroy = NULL;

  G_OBJECT_CLASS (beam_figure_parent_class)->dispose (object);
}

static void
beam_figure_finalize (GObject *object)
{
  g_free (get_priv (BEAM_FIGURE (object))->title);
  g_free (get_priv (BEAM_FIGURE (object))->empty_text);

  G_OBJECT_CLASS (beam_figure_parent_class)->finalize (object);
}

static void
beam_figure_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  BeamFigurePrivate *priv = get_priv (BEAM_FIGURE (object));

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_EMPTY_TEXT:
      g_value_set_string (value, priv->empty_text);
      break;
    case PROP_SELECTED:
      g_value_set_int (value, priv->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_figure_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  BeamFigure *self = BEAM_FIGURE (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      beam_figure_set_title (self, g_value_get_string (value));
      break;
    case PROP_EMPTY_TEXT:
      beam_figure_set_empty_text (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_figure_class_init (BeamFigureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = beam_figure_dispose;
  object_class->finalize = beam_figure_finalize;
  object_class->get_property = beam_figure_get_property;
  object_class->set_property = beam_figure_set_property;
  widget_class->measure = beam_figure_measure;
  widget_class->size_allocate = beam_figure_size_allocate;
  widget_class->map = beam_figure_map;
  widget_class->unmap = beam_figure_unmap;
  widget_class->css_changed = beam_figure_css_changed;
  widget_class->direction_changed = beam_figure_direction_changed;
  widget_class->state_flags_changed = beam_figure_state_flags_changed;

  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  props[PROP_EMPTY_TEXT] = g_param_spec_string ("empty-text", NULL, NULL, "", flags);
  props[PROP_SELECTED] = g_param_spec_int ("selected", NULL, NULL, -1, G_MAXINT, -1,
                                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "beam-figure");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
beam_figure_init (BeamFigure *self)
{
  BeamFigurePrivate *priv = get_priv (self);

  priv->title = g_strdup ("");
  priv->empty_text = g_strdup ("");
  priv->selected = -1;
  priv->picture = beam_canvas_new (GTK_WIDGET (self), draw_picture);
  priv->readout = beam_canvas_new (GTK_WIDGET (self), draw_over);

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  beam_figure_init_input (self);
}

/* --- Public API --- */

const char *
beam_figure_get_title (BeamFigure *self)
{
  g_return_val_if_fail (BEAM_IS_FIGURE (self), NULL);

  return get_priv (self)->title;
}

void
beam_figure_set_title (BeamFigure *self,
                       const char *title)
{
  BeamFigurePrivate *priv = get_priv (self);

  g_return_if_fail (BEAM_IS_FIGURE (self));

  title = title != NULL ? title : "";
  if (g_str_equal (priv->title, title))
    return;

  g_free (priv->title);
  priv->title = g_strdup (title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}

const char *
beam_figure_get_empty_text (BeamFigure *self)
{
  g_return_val_if_fail (BEAM_IS_FIGURE (self), NULL);

  return get_priv (self)->empty_text;
}

void
beam_figure_set_empty_text (BeamFigure *self,
                            const char *text)
{
  BeamFigurePrivate *priv = get_priv (self);

  g_return_if_fail (BEAM_IS_FIGURE (self));

  text = text != NULL ? text : "";
  if (g_str_equal (priv->empty_text, text))
    return;

  g_free (priv->empty_text);
  priv->empty_text = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EMPTY_TEXT]);
  beam_figure_queue_update (self);
}

int
beam_figure_get_selected (BeamFigure *self)
{
  g_return_val_if_fail (BEAM_IS_FIGURE (self), -1);

  return get_priv (self)->selected;
}

/**
 * beam_figure_set_selected:
 * @item: a number below beam_figure_count_items(); all else means none
 *
 * Visits an item, or none. The description speaks of it first.
 */
void
beam_figure_set_selected (BeamFigure *self,
                          int         item)
{
  BeamFigurePrivate *priv = get_priv (self);

  g_return_if_fail (BEAM_IS_FIGURE (self));

  if (item < 0 || item >= (int) beam_figure_count_items (self))
    item = -1;
  if (priv->selected == item)
    return;

  priv->selected = item;
  gtk_widget_queue_draw (priv->readout);
  update_description (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

void
beam_figure_set_describe_func (BeamFigure             *self,
                               BeamFigureDescribeFunc  func,
                               gpointer                user_data,
                               GDestroyNotify          destroy)
{
  BeamFigurePrivate *priv = get_priv (self);

  g_return_if_fail (BEAM_IS_FIGURE (self));

  if (priv->describe_destroy != NULL)
    priv->describe_destroy (priv->describe_data);
  priv->describe = func;
  priv->describe_data = user_data;
  priv->describe_destroy = destroy;
  queue_describe (self);
}

guint
beam_figure_count_items (BeamFigure *self)
{
  BeamFigureClass *klass = BEAM_FIGURE_GET_CLASS (self);

  g_return_val_if_fail (BEAM_IS_FIGURE (self), 0);

  return klass->count_items != NULL ? klass->count_items (self) : 0;
}

char *
beam_figure_describe_item (BeamFigure *self,
                           guint       item)
{
  BeamFigureClass *klass = BEAM_FIGURE_GET_CLASS (self);

  g_return_val_if_fail (BEAM_IS_FIGURE (self), NULL);

  if (klass->describe_item == NULL || item >= beam_figure_count_items (self))
    return NULL;

  return klass->describe_item (self, item);
}

/**
 * beam_figure_describe:
 *
 * Returns: (transfer full): the sentence of the program, else of the class, else
 *   all items; the empty text when there is none
 */
char *
beam_figure_describe (BeamFigure *self)
{
  BeamFigureClass *klass = BEAM_FIGURE_GET_CLASS (self);
  BeamFigurePrivate *priv = get_priv (self);

  g_return_val_if_fail (BEAM_IS_FIGURE (self), NULL);

  if (priv->describe != NULL)
    return priv->describe (self, priv->describe_data);
  if (beam_figure_count_items (self) == 0)
    return g_strdup (priv->empty_text);

  return klass->describe != NULL ? klass->describe (self) : describe_items (self);
}

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

void
beam_figure_queue_update (BeamFigure *self)
{
  BeamFigurePrivate *priv = get_priv (self);

  g_return_if_fail (BEAM_IS_FIGURE (self));

  if (priv->picture == NULL)
    return;
  if (priv->selected >= (int) beam_figure_count_items (self))
    beam_figure_set_selected (self, -1);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  redraw (self);
  queue_describe (self);
}

double
beam_figure_get_line_height (BeamFigure *self)
{
  BeamFrame frame;

  g_return_val_if_fail (BEAM_IS_FIGURE (self), 1);

  beam_frame_init (&frame, 1, 1, NULL, get_pango (self));
  return frame.line_height;
}

/* --- Between the files of the figure --- */

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

guint
beam_figure_get_n_draws (BeamFigure *self)
{
  return beam_canvas_get_n_draws (BEAM_CANVAS (get_priv (self)->picture));
}
