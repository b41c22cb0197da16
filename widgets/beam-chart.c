/* beam-chart.c: layers over a shared time axis and a linked value axis
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>
#include <string.h>

#include "beam-chart-private.h"
#include "beam-layer-private.h"
#include "beam-time-axis-private.h"

/**
 * BeamChart:
 *
 * A chart of values over time: a grid with labels, the layers of the program,
 * the gaps of their series, and a crosshair with read-outs. It knows numbers
 * and names only. Time runs from left to right, whatever the text direction.
 *
 * While no series has a value in view it says its empty text. It draws at most
 * once a frame, only what changed, and nothing while it is unmapped.
 *
 * # Shortcuts and Gestures
 *
 * Left and Right move the time cursor to the next sample (with Ctrl ten pixels
 * on), Home and End to the edges; with Shift they select a range. Enter zooms to
 * it (without one it takes the cursor away and says how things are), P keeps it as baseline (without a range: what is shown) or drops the one
 * there is. Up and Down, or S and a letter from A to F, choose the series that
 * is read. Escape takes range, cursor and series away, in this order. + and −
 * zoom, 0 goes back to live, Page Up and Page Down pan. T shows the table, Ctrl+C
 * copies the values, the Menu key or Shift+F10 opens the menu.
 *
 * The pointer moves the cursor; dragging zooms to a range, with Shift it keeps
 * the range as baseline; a double click goes back to live. Ctrl and the wheel,
 * or a pinch, zoom; Shift and the wheel, a sideways wheel or swipe pan, and a
 * swipe runs out unless animations are off. A finger moves the cursor, a long
 * press opens the menu.
 *
 * # CSS nodes
 *
 * ```
 * beam-chart
 * ├── beam-layer …
 * ├── beam-series-items
 * ╰── [popover.menu]
 * ```
 * The named colours beam_series_1 to beam_series_6 and beam_threshold override
 * the built-in ones; see beam_style_resolve().
 *
 * # Signals
 *
 * "series-changed": which series there are, or are shown, is new. "failed": a
 * sentence for people; what they asked for (a file) has not been done.
 *
 * # Accessibility
 *
 * Role IMG, the title as name, and a sentence from the #BeamDescribeFunc as
 * description, which is renewed at most once a second, and not while the chart
 * has the focus: then it answers keys, and a screen reader reads the answer.
 * Its children are a list with an item for each series that is shown, named by
 * series and value.
 */
G_DEFINE_FINAL_TYPE_WITH_CODE (BeamChart, beam_chart, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (BEAM_TYPE_MENU_OWNER, beam_chart_init_menu))

#define DEFAULT_WINDOW_US (G_GINT64_CONSTANT (300) * G_USEC_PER_SEC)

#define MINIMUM_WIDTH  160
#define NATURAL_WIDTH  360
#define MINIMUM_HEIGHT 90
#define NATURAL_HEIGHT 170
#define USUAL_TEXT     15.0 /* height of a label at which these hold */

enum {
  PROP_TIME_AXIS = 1,
  PROP_VALUE_AXIS,
  PROP_CURSOR,
  PROP_TITLE,
  PROP_EMPTY_TEXT,
  PROP_SHOW_LATEST,
  PROP_SHOW_TIME,
  N_PROPS
};

enum {
  SERIES_CHANGED,
  FAILED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

/* --- Callbacks --- */

static void
time_changed_cb (BeamChart *self)
{
  beam_chart_queue_update (self);
}

/* At once rather than at the next frame: every chart of the row draws the new
 * scale in the same frame, or equal values would not lie on equal rows. */
static void
value_changed_cb (BeamChart *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  beam_chart_claim_label_width (self);
  beam_chart_queue_draw_all (self);
  beam_chart_queue_update (self);
}

static void
cursor_changed_cb (BeamChart *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  gtk_widget_queue_draw (GTK_WIDGET (self->overlay));
  self->spoken = FALSE;
  beam_chart_queue_describe (self);
}

static void
focus_changed_cb (BeamChart *self)
{
  self->spoken = FALSE;
  beam_chart_queue_describe (self);
}

/* --- Overrides --- */

static void
beam_chart_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  BeamChart *self = BEAM_CHART (widget);
  BeamGeometry geometry;
  GtkWidget *child;

  if (!beam_chart_get_geometry (self, &geometry))
    return;

  if (!self->style_valid)
    {
      beam_style_resolve (&self->style, widget);
      self->style_valid = TRUE;
    }

  self->drawn = geometry;
  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (!BEAM_IS_LAYER (child))
        continue;
      beam_layer_set_frame (BEAM_LAYER (child), &geometry, &self->style);
      gtk_widget_snapshot_child (widget, child, snapshot);
    }
}

static void
beam_chart_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  /* Large text needs a higher plot for the same number of labels. */
  double text = fmax (BEAM_CHART (widget)->label_height / USUAL_TEXT, 1);

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MINIMUM_WIDTH : (int) (MINIMUM_HEIGHT * text);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : (int) (NATURAL_HEIGHT * text);
}

static void
beam_chart_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int least;

      if (!BEAM_IS_LAYER (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      gtk_widget_allocate (child, MAX (width, least), height, baseline, NULL);
    }

  beam_chart_measure_labels (BEAM_CHART (widget));
  beam_chart_allocate_items (BEAM_CHART (widget), width, height);
  if (BEAM_CHART (widget)->menu != NULL)
    gtk_popover_present (GTK_POPOVER (BEAM_CHART (widget)->menu));
  beam_chart_queue_draw_all (BEAM_CHART (widget));
  beam_chart_queue_update (BEAM_CHART (widget));
}

static void
beam_chart_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (beam_chart_parent_class)->map (widget);

  beam_chart_measure_labels (BEAM_CHART (widget));
  beam_chart_queue_draw_all (BEAM_CHART (widget));
  beam_chart_queue_update (BEAM_CHART (widget));
  beam_chart_queue_describe (BEAM_CHART (widget));
}

static void
beam_chart_unmap (GtkWidget *widget)
{
  beam_chart_stop_update (BEAM_CHART (widget));
  beam_navigator_stop (BEAM_CHART (widget)->navigator);
  beam_chart_stop_describe (BEAM_CHART (widget));
  beam_time_axis_claim_label_width (BEAM_CHART (widget)->time_axis, widget, 0);

  GTK_WIDGET_CLASS (beam_chart_parent_class)->unmap (widget);
}

static void
beam_chart_css_changed (GtkWidget         *widget,
                        GtkCssStyleChange *change)
{
  BeamChart *self = BEAM_CHART (widget);

  GTK_WIDGET_CLASS (beam_chart_parent_class)->css_changed (widget, change);

  self->style_valid = FALSE;
  self->label_height = beam_chart_measure_label_height (self);
  beam_chart_queue_draw_all (self);
  gtk_widget_queue_resize (widget);
}

static void
beam_chart_state_flags_changed (GtkWidget     *widget,
                                GtkStateFlags  previous)
{
  GTK_WIDGET_CLASS (beam_chart_parent_class)->state_flags_changed (widget, previous);

  gtk_widget_queue_draw (GTK_WIDGET (BEAM_CHART (widget)->overlay));
}

static void
beam_chart_dispose (GObject *object)
{
  BeamChart *self = BEAM_CHART (object);

  beam_chart_stop_update (self);
  beam_navigator_stop (self->navigator);
  beam_chart_stop_describe (self);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->items, gtk_widget_unparent);
  g_clear_object (&self->current);

  while (self->layers != NULL && self->layers->len > 0)
    beam_chart_remove_layer (self, g_ptr_array_index (self->layers, self->layers->len - 1));
  g_clear_pointer ((GtkWidget **) &self->grid, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->pin, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->gaps, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->overlay, gtk_widget_unparent);

  g_clear_object (&self->time_axis);
  g_clear_object (&self->value_axis);
  g_clear_object (&self->cursor);

  if (self->describe_destroy != NULL)
    self->describe_destroy (self->describe_data);
  self->describe = NULL;
  self->describe_destroy = NULL;

  G_OBJECT_CLASS (beam_chart_parent_class)->dispose (object);
}

static void
beam_chart_finalize (GObject *object)
{
  BeamChart *self = BEAM_CHART (object);

  g_object_unref (self->navigator);
  g_ptr_array_unref (self->layers);
  g_hash_table_unref (self->links);
  g_hash_table_unref (self->hidden);
  g_free (self->title);
  g_free (self->empty_text);

  G_OBJECT_CLASS (beam_chart_parent_class)->finalize (object);
}

static void
beam_chart_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  BeamChart *self = BEAM_CHART (object);

  switch (prop_id)
    {
    case PROP_TIME_AXIS:
      g_value_set_object (value, self->time_axis);
      break;
    case PROP_VALUE_AXIS:
      g_value_set_object (value, self->value_axis);
      break;
    case PROP_CURSOR:
      g_value_set_object (value, self->cursor);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_EMPTY_TEXT:
      g_value_set_string (value, self->empty_text);
      break;
    case PROP_SHOW_LATEST:
      g_value_set_boolean (value, self->show_latest);
      break;
    case PROP_SHOW_TIME:
      g_value_set_boolean (value, self->show_time);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_chart_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  BeamChart *self = BEAM_CHART (object);

  switch (prop_id)
    {
    case PROP_TIME_AXIS:
      beam_chart_set_time_axis (self, g_value_get_object (value));
      break;
    case PROP_VALUE_AXIS:
      beam_chart_set_value_axis (self, g_value_get_object (value));
      break;
    case PROP_CURSOR:
      beam_chart_set_cursor (self, g_value_get_object (value));
      break;
    case PROP_TITLE:
      beam_chart_set_title (self, g_value_get_string (value));
      break;
    case PROP_EMPTY_TEXT:
      beam_chart_set_empty_text (self, g_value_get_string (value));
      break;
    case PROP_SHOW_LATEST:
      beam_chart_set_show_latest (self, g_value_get_boolean (value));
      break;
    case PROP_SHOW_TIME:
      beam_chart_set_show_time (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_TIME_AXIS] = g_param_spec_object ("time-axis", NULL, NULL, BEAM_TYPE_TIME_AXIS, flags);
  props[PROP_VALUE_AXIS] = g_param_spec_object ("value-axis", NULL, NULL, BEAM_TYPE_VALUE_AXIS, flags);
  props[PROP_CURSOR] = g_param_spec_object ("cursor", NULL, NULL, BEAM_TYPE_CURSOR, flags);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  props[PROP_EMPTY_TEXT] = g_param_spec_string ("empty-text", NULL, NULL, "", flags);
  props[PROP_SHOW_LATEST] = g_param_spec_boolean ("show-latest", NULL, NULL, TRUE, flags);
  props[PROP_SHOW_TIME] = g_param_spec_boolean ("show-time", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
beam_chart_class_init (BeamChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = beam_chart_dispose;
  object_class->finalize = beam_chart_finalize;
  object_class->get_property = beam_chart_get_property;
  object_class->set_property = beam_chart_set_property;
  widget_class->snapshot = beam_chart_snapshot;
  widget_class->measure = beam_chart_measure;
  widget_class->size_allocate = beam_chart_size_allocate;
  widget_class->map = beam_chart_map;
  widget_class->unmap = beam_chart_unmap;
  widget_class->css_changed = beam_chart_css_changed;
  widget_class->state_flags_changed = beam_chart_state_flags_changed;

  install_properties (object_class);
  signals[SERIES_CHANGED] = g_signal_new ("series-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  beam_chart_install_actions (widget_class);
  gtk_widget_class_set_css_name (widget_class, "beam-chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
beam_chart_init (BeamChart *self)
{
  self->layers = g_ptr_array_new ();
  self->links = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->hidden = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->title = g_strdup ("");
  self->empty_text = g_strdup ("");
  self->show_latest = TRUE;
  self->show_time = TRUE;
  self->label_height = 1;
  self->pointer_x = (double) NAN;
  self->drag_us = G_MININT64;

  self->grid = beam_grid_new ();
  self->pin = beam_pin_layer_new ();
  self->gaps = beam_gap_layer_new ();
  self->overlay = beam_overlay_new ();
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->pin), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->gaps), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->overlay), GTK_WIDGET (self));

  self->items = g_object_new (GTK_TYPE_BOX, "css-name", "beam-series-items", "accessible-role", GTK_ACCESSIBLE_ROLE_LIST,
                              "can-focus", FALSE, "can-target", FALSE, NULL);
  gtk_widget_set_parent (self->items, GTK_WIDGET (self));

  beam_chart_set_time_axis (self, NULL);
  beam_chart_set_value_axis (self, NULL);
  beam_chart_set_cursor (self, NULL);

  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_changed_cb), NULL);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  beam_chart_init_input (self);
  beam_chart_update_name (self);
}

void
beam_chart_emit_series_changed (BeamChart *self)
{
  beam_chart_update_items (self);
  g_signal_emit (self, signals[SERIES_CHANGED], 0);
}

/* --- Public API --- */

GtkWidget *
beam_chart_new (BeamTimeAxis  *time_axis,
                BeamValueAxis *value_axis,
                BeamCursor    *cursor)
{
  BeamChart *self = g_object_new (BEAM_TYPE_CHART, NULL);

  if (time_axis != NULL)
    beam_chart_set_time_axis (self, time_axis);
  if (value_axis != NULL)
    beam_chart_set_value_axis (self, value_axis);
  if (cursor != NULL)
    beam_chart_set_cursor (self, cursor);

  return GTK_WIDGET (self);
}

/* Takes @object (transfer full) as the new *@field and watches it. */
static void
take_shared (BeamChart *self,
             GObject  **field,
             GObject   *object,
             GCallback  changed_cb,
             guint      prop_id)
{
  if (*field != NULL)
    g_signal_handlers_disconnect_by_data (*field, self);
  g_clear_object (field);
  *field = object;
  g_signal_connect_object (object, "changed", changed_cb, self, G_CONNECT_SWAPPED);

  g_object_notify_by_pspec (G_OBJECT (self), props[prop_id]);
  beam_chart_queue_draw_all (self);
  beam_chart_queue_update (self);
}

BeamTimeAxis *
beam_chart_get_time_axis (BeamChart *self)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), NULL);

  return self->time_axis;
}

void
beam_chart_set_time_axis (BeamChart    *self,
                          BeamTimeAxis *axis)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  if (axis != NULL && axis == self->time_axis)
    return;

  if (self->time_axis != NULL)
    beam_time_axis_claim_label_width (self->time_axis, self, 0);
  axis = axis != NULL ? g_object_ref (axis) : beam_time_axis_new (DEFAULT_WINDOW_US);
  take_shared (self, (GObject **) &self->time_axis, G_OBJECT (axis), G_CALLBACK (time_changed_cb), PROP_TIME_AXIS);
}

BeamValueAxis *
beam_chart_get_value_axis (BeamChart *self)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), NULL);

  return self->value_axis;
}

void
beam_chart_set_value_axis (BeamChart     *self,
                           BeamValueAxis *axis)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  if (axis != NULL && axis == self->value_axis)
    return;

  for (guint i = 0; i < self->layers->len; i++)
    beam_chart_unlink_layer (self, g_ptr_array_index (self->layers, i));
  axis = axis != NULL ? g_object_ref (axis) : beam_value_axis_new (BEAM_SCALE_LINEAR);
  take_shared (self, (GObject **) &self->value_axis, G_OBJECT (axis), G_CALLBACK (value_changed_cb), PROP_VALUE_AXIS);
  for (guint i = 0; i < self->layers->len; i++)
    beam_chart_link_layer (self, g_ptr_array_index (self->layers, i));
}

BeamCursor *
beam_chart_get_cursor (BeamChart *self)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), NULL);

  return self->cursor;
}

void
beam_chart_set_cursor (BeamChart  *self,
                       BeamCursor *cursor)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  if (cursor != NULL && cursor == self->cursor)
    return;

  cursor = cursor != NULL ? g_object_ref (cursor) : beam_cursor_new ();
  take_shared (self, (GObject **) &self->cursor, G_OBJECT (cursor), G_CALLBACK (cursor_changed_cb), PROP_CURSOR);
}

/* TRUE, and notified, when the text is new. NULL is the empty text. */
static gboolean
set_text (BeamChart   *self,
          char       **field,
          const char  *text,
          guint        prop_id)
{
  text = text != NULL ? text : "";
  if (strcmp (*field, text) == 0)
    return FALSE;

  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop_id]);
  return TRUE;
}

const char *
beam_chart_get_title (BeamChart *self)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), NULL);

  return self->title;
}

void
beam_chart_set_title (BeamChart  *self,
                      const char *title)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  if (set_text (self, &self->title, title, PROP_TITLE))
    beam_chart_update_name (self);
}

const char *
beam_chart_get_empty_text (BeamChart *self)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), NULL);

  return self->empty_text;
}

void
beam_chart_set_empty_text (BeamChart  *self,
                           const char *text)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  if (!set_text (self, &self->empty_text, text, PROP_EMPTY_TEXT))
    return;

  gtk_widget_queue_draw (GTK_WIDGET (self->overlay));
  beam_chart_queue_describe (self);
}

gboolean
beam_chart_get_show_latest (BeamChart *self)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), FALSE);

  return self->show_latest;
}

void
beam_chart_set_show_latest (BeamChart *self,
                            gboolean   show_latest)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  if (self->show_latest == !!show_latest)
    return;

  self->show_latest = !!show_latest;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_LATEST]);
  gtk_widget_queue_draw (GTK_WIDGET (self->overlay));
}

gboolean
beam_chart_get_show_time (BeamChart *self)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), FALSE);

  return self->show_time;
}

void
beam_chart_set_show_time (BeamChart *self,
                          gboolean   show_time)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  if (self->show_time == !!show_time)
    return;

  self->show_time = !!show_time;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_TIME]);
  beam_chart_queue_draw_all (self);
  beam_chart_queue_update (self);
}

void
beam_chart_set_describe_func (BeamChart        *self,
                              BeamDescribeFunc  func,
                              gpointer          user_data,
                              GDestroyNotify    destroy)
{
  g_return_if_fail (BEAM_IS_CHART (self));

  if (self->describe_destroy != NULL)
    self->describe_destroy (self->describe_data);
  self->describe = func;
  self->describe_data = user_data;
  self->describe_destroy = destroy;

  self->spoken = FALSE;
  beam_chart_queue_describe (self);
}
