/* beam-chart-data.c: the layers of a chart and what their series say
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include "beam-chart-private.h"
#include "beam-layer-private.h"
#include "beam-series.h"

/* --- Links to the value axis --- */

static GPtrArray *
get_links (BeamChart *self,
           BeamLayer *layer)
{
  return g_hash_table_lookup (self->links, layer);
}

void
beam_chart_link_layer (BeamChart *self,
                       BeamLayer *layer)
{
  GPtrArray *series = g_ptr_array_new_with_free_func (g_object_unref);

  beam_layer_collect_series (layer, series);
  for (guint i = 0; i < series->len; i++)
    {
      g_object_ref (g_ptr_array_index (series, i));
      beam_value_axis_link (self->value_axis, g_ptr_array_index (series, i));
    }
  g_hash_table_insert (self->links, layer, series);
}

void
beam_chart_unlink_layer (BeamChart *self,
                         BeamLayer *layer)
{
  GPtrArray *series = get_links (self, layer);

  for (guint i = 0; series != NULL && i < series->len; i++)
    beam_value_axis_unlink (self->value_axis, g_ptr_array_index (series, i));
  g_hash_table_remove (self->links, layer);
}

void
beam_chart_relink_layer (BeamChart *self,
                         BeamLayer *layer)
{
  if (get_links (self, layer) == NULL)
    return;

  beam_chart_unlink_layer (self, layer);
  beam_chart_link_layer (self, layer);
}

gboolean
beam_chart_has_data (BeamChart          *self,
                     const BeamGeometry *geometry)
{
  double low, high;

  for (guint i = 0; i < self->layers->len; i++)
    {
      GPtrArray *series = get_links (self, g_ptr_array_index (self->layers, i));

      for (guint j = 0; j < series->len; j++)
        if (beam_series_get_range (g_ptr_array_index (series, j), geometry->from_us, geometry->to_us, &low, &high))
          return TRUE;
    }

  return FALSE;
}

static gint
compare_gaps (gconstpointer a,
              gconstpointer b)
{
  const BeamGap *one = a;
  const BeamGap *other = b;

  if (one->from_us != other->from_us)
    return one->from_us < other->from_us ? -1 : 1;

  return (one->to_us > other->to_us) - (one->to_us < other->to_us);
}

/* p50 and p99 of one backend have the same gaps: each is drawn once. */
static void
join_gaps (GArray *gaps)
{
  guint n = 0;

  g_array_sort (gaps, compare_gaps);
  for (guint i = 0; i < gaps->len; i++)
    {
      const BeamGap gap = g_array_index (gaps, BeamGap, i);
      BeamGap *last = n > 0 ? &g_array_index (gaps, BeamGap, n - 1) : NULL;

      if (last != NULL && g_strcmp0 (last->label, gap.label) == 0 && gap.from_us <= last->to_us &&
          (last->from_us == last->to_us) == (gap.from_us == gap.to_us))
        last->to_us = MAX (last->to_us, gap.to_us);
      else
        g_array_index (gaps, BeamGap, n++) = gap;
    }
  g_array_set_size (gaps, n);
}

void
beam_chart_collect_gaps (BeamChart          *self,
                         const BeamGeometry *geometry,
                         GArray             *ret)
{
  g_autoptr (GArray) some = g_array_new (FALSE, FALSE, sizeof (BeamGap));

  g_array_set_size (ret, 0);
  for (guint i = 0; i < self->layers->len; i++)
    {
      GPtrArray *series = get_links (self, g_ptr_array_index (self->layers, i));

      for (guint j = 0; j < series->len; j++)
        {
          beam_series_collect_gaps (g_ptr_array_index (series, j), geometry->from_us, geometry->to_us, some);
          g_array_append_vals (ret, some->data, some->len);
        }
    }
  join_gaps (ret);
}

/* How far a sample may lie from the cursor: in time, the larger of a few pixels
 * and a share of the picture, so that slow sources answer as well. */
#define NEAR_PIXELS 12
#define NEAR_SHARE  16

void
beam_chart_read (BeamChart          *self,
                 const BeamGeometry *geometry,
                 GArray             *ret)
{
  gint64 length_us = geometry->to_us - geometry->from_us;
  gint64 pixel_us = MAX ((gint64) ((double) length_us / geometry->width), 1);
  gint64 within_us = MAX (length_us / NEAR_SHARE, NEAR_PIXELS * pixel_us);
  gint64 time_us = beam_cursor_get_time (self->cursor);
  gint64 from_us;

  g_array_set_size (ret, 0);
  if (!beam_cursor_is_set (self->cursor))
    beam_time_axis_get_range (self->time_axis, &from_us, &time_us);

  for (guint i = 0; i < self->layers->len; i++)
    beam_layer_read (g_ptr_array_index (self->layers, i), time_us, within_us, ret);

  for (guint i = ret->len; i > 0; i--)
    {
      gint64 at_us = g_array_index (ret, BeamReadout, i - 1).time_us;

      if (at_us < geometry->from_us || at_us > geometry->to_us + pixel_us)
        g_array_remove_index (ret, i - 1);
    }
}

char *
beam_chart_format_readout (BeamChart         *self,
                           const BeamReadout *readout,
                           BeamFormatUse      use)
{
  g_autofree char *value = beam_value_axis_format (self->value_axis, readout->value, 0, use);

  if (readout->label == NULL || *readout->label == '\0')
    return g_steal_pointer (&value);

  return g_strdup_printf ("%s %s", readout->label, value);
}

/* --- Public API --- */

void
beam_chart_add_layer (BeamChart *self,
                      BeamLayer *layer)
{
  g_return_if_fail (BEAM_IS_CHART (self));
  g_return_if_fail (BEAM_IS_LAYER (layer));
  g_return_if_fail (gtk_widget_get_parent (GTK_WIDGET (layer)) == NULL);

  gtk_widget_insert_before (GTK_WIDGET (layer), GTK_WIDGET (self), GTK_WIDGET (self->overlay));
  g_ptr_array_add (self->layers, layer);
  beam_chart_link_layer (self, layer);
  beam_chart_queue_update (self);
}

void
beam_chart_remove_layer (BeamChart *self,
                         BeamLayer *layer)
{
  g_return_if_fail (BEAM_IS_CHART (self));
  g_return_if_fail (BEAM_IS_LAYER (layer));

  if (!g_ptr_array_remove (self->layers, layer))
    return;

  beam_chart_unlink_layer (self, layer);
  gtk_widget_unparent (GTK_WIDGET (layer));
  beam_chart_queue_update (self);
}

guint
beam_chart_get_n_layers (BeamChart *self)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), 0);

  return self->layers->len;
}

BeamLayer *
beam_chart_get_layer (BeamChart *self,
                      guint      position)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), NULL);

  return position < self->layers->len ? g_ptr_array_index (self->layers, position) : NULL;
}
