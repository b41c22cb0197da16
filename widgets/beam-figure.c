/* beam-figure.c: a picture of a few numbers, with items one can visit
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

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
 * items as text, a line each, T shows them as a table. A secondary click, a long
 * press, the Menu key or Shift+F10 opens the menu, which also saves files.
 *
 * # CSS nodes
 *
 * ```
 * beam-figure
 * ├── beam-canvas   the picture
 * ├── beam-canvas   the read-out and the focus ring
 * ╰── [popover.menu]
 * ```
 *
 * # Signals
 *
 * "failed": a file could not be written, with a sentence that says why. Where
 * nobody listens a dialog says it.
 *
 * # Accessibility
 *
 * Role IMG unless a subclass says otherwise, the title as name, and as
 * description the visited item and a sentence about the whole: from the
 * #BeamFigureDescribeFunc, else names and numbers only, which need no language.
 */
G_DEFINE_ABSTRACT_TYPE_WITH_CODE (BeamFigure, beam_figure, GTK_TYPE_WIDGET,
                                  G_ADD_PRIVATE (BeamFigure)
                                  G_IMPLEMENT_INTERFACE (BEAM_TYPE_MENU_OWNER, beam_figure_init_menu))

enum {
  PROP_TITLE = 1,
  PROP_EMPTY_TEXT,
  PROP_SELECTED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

BeamFigurePrivate *
beam_figure_get_priv (BeamFigure *self)
{
  return beam_figure_get_instance_private (self);
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
  BeamFigurePrivate *priv = beam_figure_get_priv (BEAM_FIGURE (widget));

  gtk_widget_allocate (priv->picture, width, height, baseline, NULL);
  gtk_widget_allocate (priv->readout, width, height, baseline, NULL);
  if (priv->menu != NULL)
    gtk_popover_present (GTK_POPOVER (priv->menu));
}

static void
beam_figure_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (beam_figure_parent_class)->map (widget);

  beam_figure_queue_describe (BEAM_FIGURE (widget));
}

static void
beam_figure_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&beam_figure_get_priv (BEAM_FIGURE (widget))->describe_id, g_source_remove);

  GTK_WIDGET_CLASS (beam_figure_parent_class)->unmap (widget);
}

static void
redraw (BeamFigure *self)
{
  gtk_widget_queue_draw (beam_figure_get_priv (self)->picture);
  gtk_widget_queue_draw (beam_figure_get_priv (self)->readout);
}

static void
beam_figure_css_changed (GtkWidget         *widget,
                         GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (beam_figure_parent_class)->css_changed (widget, change);

  beam_figure_get_priv (BEAM_FIGURE (widget))->style_valid = FALSE;
  g_clear_object (&beam_figure_get_priv (BEAM_FIGURE (widget))->pango);
  redraw (BEAM_FIGURE (widget));
  gtk_widget_queue_resize (widget);
}

static void
beam_figure_direction_changed (GtkWidget        *widget,
                               GtkTextDirection  previous)
{
  GTK_WIDGET_CLASS (beam_figure_parent_class)->direction_changed (widget, previous);

  g_clear_object (&beam_figure_get_priv (BEAM_FIGURE (widget))->pango);
  redraw (BEAM_FIGURE (widget));
}

static void
beam_figure_state_flags_changed (GtkWidget     *widget,
                                 GtkStateFlags  previous)
{
  GTK_WIDGET_CLASS (beam_figure_parent_class)->state_flags_changed (widget, previous);

  gtk_widget_queue_draw (beam_figure_get_priv (BEAM_FIGURE (widget))->readout);
}

static void
beam_figure_dispose (GObject *object)
{
  BeamFigurePrivate *priv = beam_figure_get_priv (BEAM_FIGURE (object));

  g_clear_handle_id (&priv->describe_id, g_source_remove);
  g_clear_object (&priv->pango);
  g_clear_pointer (&priv->picture, gtk_widget_unparent);
  g_clear_pointer (&priv->readout, gtk_widget_unparent);
  g_clear_pointer (&priv->menu, gtk_widget_unparent);
  if (priv->describe_destroy != NULL)
    priv->describe_destroy (priv->describe_data);
  priv->describe = NULL;
  priv->describe_destroy = NULL;

  G_OBJECT_CLASS (beam_figure_parent_class)->dispose (object);
}

static void
beam_figure_finalize (GObject *object)
{
  g_free (beam_figure_get_priv (BEAM_FIGURE (object))->title);
  g_free (beam_figure_get_priv (BEAM_FIGURE (object))->empty_text);

  G_OBJECT_CLASS (beam_figure_parent_class)->finalize (object);
}

static void
beam_figure_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  BeamFigurePrivate *priv = beam_figure_get_priv (BEAM_FIGURE (object));

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
  g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
  beam_menu_install_actions (widget_class, BEAM_FIGURE_ACTIONS);

  gtk_widget_class_set_css_name (widget_class, "beam-figure");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
beam_figure_init (BeamFigure *self)
{
  BeamFigurePrivate *priv = beam_figure_get_priv (self);

  priv->title = g_strdup ("");
  priv->empty_text = g_strdup ("");
  priv->selected = -1;
  priv->picture = beam_canvas_new (GTK_WIDGET (self), beam_figure_draw_picture);
  priv->readout = beam_canvas_new (GTK_WIDGET (self), beam_figure_draw_over);

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  beam_figure_init_input (self);
}

/* --- Public API --- */

const char *
beam_figure_get_title (BeamFigure *self)
{
  g_return_val_if_fail (BEAM_IS_FIGURE (self), NULL);

  return beam_figure_get_priv (self)->title;
}

void
beam_figure_set_title (BeamFigure *self,
                       const char *title)
{
  BeamFigurePrivate *priv = beam_figure_get_priv (self);

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

  return beam_figure_get_priv (self)->empty_text;
}

void
beam_figure_set_empty_text (BeamFigure *self,
                            const char *text)
{
  BeamFigurePrivate *priv = beam_figure_get_priv (self);

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

  return beam_figure_get_priv (self)->selected;
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
  BeamFigurePrivate *priv = beam_figure_get_priv (self);

  g_return_if_fail (BEAM_IS_FIGURE (self));

  if (item < 0 || item >= (int) beam_figure_count_items (self))
    item = -1;
  if (priv->selected == item)
    return;

  priv->selected = item;
  gtk_widget_queue_draw (priv->readout);
  beam_figure_update_description (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

guint
beam_figure_count_items (BeamFigure *self)
{
  BeamFigureClass *klass = BEAM_FIGURE_GET_CLASS (self);

  g_return_val_if_fail (BEAM_IS_FIGURE (self), 0);

  return klass->count_items != NULL ? klass->count_items (self) : 0;
}

void
beam_figure_queue_update (BeamFigure *self)
{
  BeamFigurePrivate *priv = beam_figure_get_priv (self);

  g_return_if_fail (BEAM_IS_FIGURE (self));

  if (priv->picture == NULL)
    return;
  if (priv->selected >= (int) beam_figure_count_items (self))
    beam_figure_set_selected (self, -1);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  redraw (self);
  beam_figure_queue_describe (self);
}

/* --- Between the files of the figure --- */

void
beam_figure_queue_draw_over (BeamFigure *self)
{
  gtk_widget_queue_draw (beam_figure_get_priv (self)->readout);
}

guint
beam_figure_get_n_draws (BeamFigure *self)
{
  return beam_canvas_get_n_draws (BEAM_CANVAS (beam_figure_get_priv (self)->picture));
}
