/* beam-chart.c: layers over a shared time axis and a linked value axis
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

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
 * zoom, 0 goes back to live, Page Up and Page Down pan. M goes to the next note, with
 * Shift to the one before. T shows the table, Ctrl+C copies the values, the Menu key
 * or Shift+F10 opens the menu.
 *
 * The pointer moves the cursor; dragging zooms to a range, with Shift it keeps
 * the range as baseline, with Ctrl it leaves it selected; a double click goes back to live. Ctrl and the wheel,
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

#define MINIMUM_WIDTH  160
#define NATURAL_WIDTH  360
#define MINIMUM_HEIGHT 90
#define NATURAL_HEIGHT 170
#define USUAL_TEXT     15.0 /* height of a label at which these hold */

enum {
  SERIES_CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- Callbacks --- */

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
  BeamLayer *drawn[] = { self->grid, self->body, self->overlay };

  if (!beam_chart_get_geometry (self, &geometry))
    return;

  if (!self->style_valid)
    {
      beam_style_resolve (&self->style, widget);
      self->style_valid = TRUE;
    }

  self->drawn = geometry;
  for (guint i = 0; i < G_N_ELEMENTS (drawn); i++)
    {
      beam_layer_set_frame (drawn[i], &geometry, &self->style);
      gtk_widget_snapshot_child (widget, GTK_WIDGET (drawn[i]), snapshot);
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
  /* Where frames are slow a chart is mapped long before it has a size. */
  if (BEAM_CHART (widget)->described_us == 0)
    beam_chart_queue_describe (BEAM_CHART (widget));
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
  g_clear_pointer ((GtkWidget **) &self->body, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->pin, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->gaps, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->note_layer, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->overlay, gtk_widget_unparent);

  g_clear_object (&self->time_axis);
  g_clear_object (&self->value_axis);
  g_clear_object (&self->cursor);
  g_clear_object (&self->notes);
  g_clear_object (&self->extra_menu);

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
beam_chart_class_init (BeamChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = beam_chart_dispose;
  object_class->finalize = beam_chart_finalize;
  widget_class->snapshot = beam_chart_snapshot;
  widget_class->measure = beam_chart_measure;
  widget_class->size_allocate = beam_chart_size_allocate;
  widget_class->map = beam_chart_map;
  widget_class->unmap = beam_chart_unmap;
  widget_class->css_changed = beam_chart_css_changed;
  widget_class->state_flags_changed = beam_chart_state_flags_changed;

  beam_chart_install_properties (object_class);
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
  self->body = beam_body_new ();
  self->pin = beam_pin_layer_new ();
  self->gaps = beam_gap_layer_new ();
  self->note_layer = beam_note_layer_new ();
  self->overlay = beam_overlay_new ();
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->body), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->pin), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->gaps), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->note_layer), GTK_WIDGET (self));
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
