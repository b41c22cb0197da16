/* beam-chart-frame.c: when a chart draws, and where things stand
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <string.h>

#include "beam-chart-private.h"
#include "beam-layer-private.h"
#include "beam-ticks.h"
#include "beam-time-axis-private.h"

/* --- Where things stand --- */

PangoLayout *
beam_chart_create_layout (GtkWidget    *widget,
                          const char   *text,
                          BeamTextKind  kind)
{
  static const double scales[] = {
    [BEAM_TEXT_SMALL] = 0.8,
    [BEAM_TEXT_READOUT] = 0.9,
    [BEAM_TEXT_EMPTY] = 0.95,
  };
  BeamChart *chart = BEAM_CHART (BEAM_IS_CHART (widget) ? widget : gtk_widget_get_parent (widget));
  PangoLayout *layout = chart->print != NULL ? pango_layout_new (chart->print->pango)
                                             : gtk_widget_create_pango_layout (widget, NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_layout_set_text (layout, text, -1);
  pango_attr_list_insert (attributes, pango_attr_scale_new (scales[kind]));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (kind == BEAM_TEXT_READOUT)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);

  return layout;
}

guint
beam_chart_max_values (BeamChart          *self,
                       const BeamGeometry *geometry)
{
  /* One label more than there are distances between them. */
  return 1 + (guint) CLAMP (geometry->height / (self->label_height * 1.5), 2, 7);
}

guint
beam_chart_max_times (BeamChart          *self,
                      const BeamGeometry *geometry)
{
  return (guint) CLAMP (geometry->width / (self->label_height * 7.0), 3, 12);
}

double
beam_chart_get_value_ticks (BeamChart          *self,
                            const BeamGeometry *geometry,
                            GArray             *ret)
{
  if (geometry->scale == BEAM_SCALE_LINEAR)
    return beam_ticks_linear (geometry->low, geometry->high, beam_chart_max_values (self, geometry), ret);

  beam_ticks_log (geometry->low, geometry->high, beam_chart_max_values (self, geometry), ret);
  return 0;
}

/* Points a logical pixel on paper: what a printer can show. */
#define PRINT_SCALE 2

/* The geometry but for its width: what the labels of the value axis need. */
static void
compute_rows (BeamChart    *self,
              BeamGeometry *ret)
{
  int half = (self->label_height + 1) / 2 + 1;
  int below = self->show_time ? self->label_height + 4 : half;

  *ret = (BeamGeometry) {
    .y = half,
    .height = (self->print != NULL ? self->print->height : gtk_widget_get_height (GTK_WIDGET (self))) - half - below,
    .device_scale = self->print != NULL ? PRINT_SCALE : gtk_widget_get_scale_factor (GTK_WIDGET (self)),
    .scale = beam_value_axis_get_scale (self->value_axis),
  };
  beam_value_axis_get_range (self->value_axis, &ret->low, &ret->high);
}

/* Rounded up, so that a digit more or less seldom moves the plot. */
#define LABEL_WIDTH_STEP 6

int
beam_chart_widest_label (BeamChart *self)
{
  g_autoptr (GArray) ticks = g_array_new (FALSE, FALSE, sizeof (double));
  BeamGeometry rows;
  int widest = 0;
  double step;

  compute_rows (self, &rows);
  step = beam_chart_get_value_ticks (self, &rows, ticks);
  for (guint i = 0; i < ticks->len && !beam_value_axis_is_empty (self->value_axis); i++)
    {
      double value = g_array_index (ticks, double, i);
      g_autofree char *text = beam_value_axis_format (self->value_axis, value, step, BEAM_FORMAT_TICK);
      g_autoptr (PangoLayout) layout = beam_chart_create_layout (GTK_WIDGET (self), text, BEAM_TEXT_SMALL);
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      widest = MAX (widest, width);
    }

  return (widest + LABEL_WIDTH_STEP - 1) / LABEL_WIDTH_STEP * LABEL_WIDTH_STEP;
}

void
beam_chart_claim_label_width (BeamChart *self)
{
  beam_time_axis_claim_label_width (self->time_axis, self, beam_chart_widest_label (self));
}

int
beam_chart_measure_label_height (BeamChart *self)
{
  g_autoptr (PangoLayout) layout = beam_chart_create_layout (GTK_WIDGET (self), "0", BEAM_TEXT_SMALL);
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return MAX (height, 1);
}

void
beam_chart_measure_labels (BeamChart *self)
{
  self->label_height = beam_chart_measure_label_height (self);
  beam_chart_claim_label_width (self);
}

#define LEFT_GAP  8
#define RIGHT_GAP 6

/* Labels that would take more than this share of the width are left out. */
#define LABEL_SHARE 0.4

gboolean
beam_chart_get_geometry (BeamChart    *self,
                         BeamGeometry *ret)
{
  double width;
  int label_width;
  gint64 pixel_us;

  g_return_val_if_fail (BEAM_IS_CHART (self), FALSE);

  width = self->print != NULL ? self->print->width : gtk_widget_get_width (GTK_WIDGET (self));
  compute_rows (self, ret);
  label_width = self->print != NULL ? self->print->label_width : beam_time_axis_get_label_width (self->time_axis);
  if (label_width > 0 && label_width < LABEL_SHARE * width)
    ret->x = label_width + LEFT_GAP;
  ret->width = width - ret->x - RIGHT_GAP;
  beam_time_axis_get_range (self->time_axis, &ret->from_us, &ret->to_us);
  if (!beam_geometry_is_valid (ret))
    return FALSE;

  /* When live, the picture moves by whole device pixels: less would not be
   * seen, cost a redraw each, and make every line shimmer. */
  if (beam_time_axis_get_mode (self->time_axis) == BEAM_TIME_LIVE)
    {
      pixel_us = beam_geometry_pixel_us (ret);
      ret->from_us -= ret->to_us % pixel_us;
      ret->to_us -= ret->to_us % pixel_us;
    }

  return TRUE;
}

/* --- When it draws --- */

static void
queue_draw_layers (BeamChart *self)
{
  gint64 from_us, to_us;

  for (guint i = 0; i < self->layers->len; i++)
    gtk_widget_queue_draw (g_ptr_array_index (self->layers, i));
  if (beam_time_axis_get_pinned (self->time_axis, &from_us, &to_us))
    gtk_widget_queue_draw (GTK_WIDGET (self->pin));
  if (self->notes != NULL && beam_notes_get_n (self->notes) > 0)
    gtk_widget_queue_draw (GTK_WIDGET (self->note_layer));
  gtk_widget_queue_draw (GTK_WIDGET (self->gaps));
  gtk_widget_queue_draw (GTK_WIDGET (self->overlay));
}

void
beam_chart_queue_draw_all (BeamChart *self)
{
  queue_draw_layers (self);
  gtk_widget_queue_draw (GTK_WIDGET (self->grid));
}

/* The grid is made of the scale and, when the axis stands still, of the clock. */
static gboolean
same_grid (BeamChart          *self,
           const BeamGeometry *a,
           const BeamGeometry *b)
{
  return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height &&
         a->device_scale == b->device_scale && a->low == b->low && a->high == b->high && a->scale == b->scale &&
         a->to_us - a->from_us == b->to_us - b->from_us &&
         (a->to_us == b->to_us || beam_time_axis_get_mode (self->time_axis) == BEAM_TIME_LIVE);
}

/* What is pinned moves with the data, but can also be new while they stand. */
static gboolean
pin_is_new (BeamChart *self)
{
  gint64 pin[2];
  gboolean is_new;

  beam_time_axis_get_pinned (self->time_axis, &pin[0], &pin[1]);
  is_new = pin[0] != self->drawn_pin[0] || pin[1] != self->drawn_pin[1];
  memcpy (self->drawn_pin, pin, sizeof pin);

  return is_new;
}

static gboolean
redraw_changed_layers (BeamChart *self,
                       gint64     to_us)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->layers->len; i++)
    {
      BeamLayer *layer = g_ptr_array_index (self->layers, i);

      if (!beam_layer_take_changed (layer, to_us))
        continue;
      gtk_widget_queue_draw (GTK_WIDGET (layer));
      any = TRUE;
    }

  return any;
}

/* Once a frame at most, and only when something said that it is new: fits the
 * scale, sees what that changes on the screen, and redraws just that. */
static gboolean
update_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  BeamChart *self = BEAM_CHART (widget);
  BeamGeometry now;
  gint64 from_us, to_us;
  gboolean changed;

  self->update_id = 0;
  self->updating = TRUE;
  beam_time_axis_get_range (self->time_axis, &from_us, &to_us);
  beam_value_axis_fit (self->value_axis, from_us, to_us);
  self->updating = FALSE;

  changed = redraw_changed_layers (self, to_us);
  if (pin_is_new (self))
    {
      gtk_widget_queue_draw (GTK_WIDGET (self->pin));
      changed = TRUE;
    }
  if (!beam_chart_get_geometry (self, &now))
    return G_SOURCE_REMOVE;

  if (!same_grid (self, &now, &self->drawn))
    gtk_widget_queue_draw (GTK_WIDGET (self->grid));
  if (!same_grid (self, &now, &self->drawn) || now.to_us != self->drawn.to_us)
    {
      queue_draw_layers (self);
      beam_chart_follow_pointer (self, &now);
      changed = TRUE;
    }
  if (changed)
    {
      gtk_widget_queue_draw (GTK_WIDGET (self->gaps));
      gtk_widget_queue_draw (GTK_WIDGET (self->overlay));
      beam_chart_queue_describe (self);
    }

  return G_SOURCE_REMOVE;
}

void
beam_chart_queue_update (BeamChart *self)
{
  if (self->update_id == 0 && !self->updating && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->update_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), update_cb, NULL, NULL);
}

void
beam_chart_stop_update (BeamChart *self)
{
  if (self->update_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->update_id);
  self->update_id = 0;
}
