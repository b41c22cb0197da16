/* beam-chart-data.c: the layers of a chart and what their series say
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include "beam-chart-private.h"
#include "beam-layer-private.h"
#include "beam-series.h"

/* --- Series that are switched off --- */

/* A layer is shown when all of its series are: half a band says nothing. */
static void
update_visible (BeamChart *self,
                BeamLayer *layer)
{
  g_autoptr (GPtrArray) series = g_ptr_array_new ();
  gboolean shown = TRUE;

  beam_layer_collect_series (layer, series);
  for (guint i = 0; i < series->len; i++)
    shown = shown && !g_hash_table_contains (self->hidden, g_ptr_array_index (series, i));

  gtk_widget_set_visible (GTK_WIDGET (layer), shown);
}

static void
add_entry (BeamChart  *self,
           BeamLayer  *layer,
           BeamSeries *series,
           GArray     *entries)
{
  const char *label = beam_layer_get_label (layer);
  const char *name = beam_series_get_name (series);
  BeamEntry entry = {
    .series = series,
    .name = name != NULL && *name != '\0' ? name : label,
    .identity = beam_layer_get_identity (layer),
    .shown = !g_hash_table_contains (self->hidden, series),
  };

  for (guint i = 0; i < entries->len; i++)
    if (g_array_index (entries, BeamEntry, i).series == series)
      return;

  g_array_append_val (entries, entry);
}

void
beam_chart_collect_entries (BeamChart *self,
                            GArray    *ret)
{
  g_autoptr (GPtrArray) series = g_ptr_array_new ();

  g_array_set_size (ret, 0);
  for (guint i = 0; i < self->layers->len; i++)
    {
      BeamLayer *layer = g_ptr_array_index (self->layers, i);

      if (BEAM_LAYER_GET_CLASS (layer)->read == NULL)
        continue;
      g_ptr_array_set_size (series, 0);
      beam_layer_collect_series (layer, series);
      for (guint j = 0; j < series->len; j++)
        add_entry (self, layer, g_ptr_array_index (series, j), ret);
    }
}

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

  /* What is hidden does not count for the scale and has no gaps. */
  if (gtk_widget_get_visible (GTK_WIDGET (layer)))
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

static gboolean
is_lost (gpointer series,
         gpointer value,
         gpointer user_data)
{
  return !g_ptr_array_find (user_data, series, NULL);
}

/* What no layer has any more can be neither chosen nor switched off, and nobody
 * could undo it. */
static void
forget_lost_series (BeamChart *self)
{
  g_autoptr (GPtrArray) series = g_ptr_array_new ();

  if (self->current == NULL && g_hash_table_size (self->hidden) == 0)
    return;

  for (guint i = 0; i < self->layers->len; i++)
    beam_layer_collect_series (g_ptr_array_index (self->layers, i), series);
  g_hash_table_foreach_remove (self->hidden, is_lost, series);
  if (self->current != NULL && is_lost (self->current, NULL, series))
    beam_chart_set_current (self, NULL);
}

void
beam_chart_relink_layer (BeamChart *self,
                         BeamLayer *layer)
{
  if (get_links (self, layer) == NULL)
    return;

  beam_chart_unlink_layer (self, layer);
  update_visible (self, layer);
  beam_chart_link_layer (self, layer);
  forget_lost_series (self);
  beam_chart_emit_series_changed (self);
}

/* Pixels that a person may miss a note by. */
#define NOTE_REACH 5

const BeamNote *
beam_chart_find_note (BeamChart          *self,
                      const BeamGeometry *geometry,
                      gint64              time_us)
{
  const double pixel_us = (double) (geometry->to_us - geometry->from_us) / geometry->width;

  return self->notes != NULL ? beam_notes_find (self->notes, time_us, (gint64) (NOTE_REACH * pixel_us)) : NULL;
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

/* Whether @series says itself that nothing is known of it at @time_us. */
static gboolean
is_in_gap (BeamSeries *series,
           gint64      time_us)
{
  g_autoptr (GArray) gaps = NULL;

  if (series == NULL)
    return FALSE;

  gaps = g_array_new (FALSE, FALSE, sizeof (BeamGap));
  beam_series_collect_gaps (series, time_us, time_us, gaps);
  for (guint i = 0; i < gaps->len; i++)
    {
      const BeamGap *gap = &g_array_index (gaps, BeamGap, i);

      if (gap->from_us < time_us && time_us < gap->to_us)
        return TRUE;
    }

  return FALSE;
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
  gboolean latest = !beam_cursor_is_set (self->cursor);
  gint64 time_us = beam_cursor_get_time (self->cursor);
  gint64 from_us;

  g_array_set_size (ret, 0);
  if (latest)
    beam_time_axis_get_range (self->time_axis, &from_us, &time_us);

  for (guint i = 0; i < self->layers->len; i++)
    if (gtk_widget_get_visible (g_ptr_array_index (self->layers, i)))
      beam_layer_read (g_ptr_array_index (self->layers, i), time_us, within_us, ret);

  for (guint i = ret->len; i > 0; i--)
    {
      BeamReadout *readout = &g_array_index (ret, BeamReadout, i - 1);

      /* The axis is told the time now and then. What came since is the latest all the same. */
      if (latest && beam_time_axis_get_mode (self->time_axis) == BEAM_TIME_LIVE)
        readout->time_us = MIN (readout->time_us, geometry->to_us);
      /* The last value before a gap that lasts is not the latest: it is unknown. */
      if (readout->time_us < geometry->from_us || readout->time_us > geometry->to_us + pixel_us ||
          is_in_gap (readout->series, latest ? geometry->to_us : time_us))
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

  gtk_widget_insert_before (GTK_WIDGET (layer), GTK_WIDGET (self), GTK_WIDGET (self->note_layer));
  g_ptr_array_add (self->layers, layer);
  update_visible (self, layer);
  beam_chart_link_layer (self, layer);
  beam_chart_emit_series_changed (self);
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
  forget_lost_series (self);
  beam_chart_emit_series_changed (self);
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

gboolean
beam_chart_get_series_shown (BeamChart  *self,
                             BeamSeries *series)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), FALSE);

  return !g_hash_table_contains (self->hidden, series);
}

void
beam_chart_set_series_shown (BeamChart  *self,
                             BeamSeries *series,
                             gboolean    shown)
{
  g_return_if_fail (BEAM_IS_CHART (self));
  g_return_if_fail (BEAM_IS_SERIES (series));

  if (beam_chart_get_series_shown (self, series) == !!shown)
    return;

  if (shown)
    g_hash_table_remove (self->hidden, series);
  else
    g_hash_table_add (self->hidden, g_object_ref (series));
  if (!shown && self->current == series)
    beam_chart_set_current (self, NULL);

  for (guint i = 0; i < self->layers->len; i++)
    {
      BeamLayer *layer = g_ptr_array_index (self->layers, i);

      beam_chart_unlink_layer (self, layer);
      update_visible (self, layer);
      beam_chart_link_layer (self, layer);
    }
  beam_chart_emit_series_changed (self);
  beam_chart_queue_draw_all (self);
  beam_chart_queue_update (self);
}

BeamSeries *
beam_chart_get_current (BeamChart *self)
{
  g_return_val_if_fail (BEAM_IS_CHART (self), NULL);

  return self->current;
}

void
beam_chart_set_current (BeamChart  *self,
                        BeamSeries *series)
{
  g_return_if_fail (BEAM_IS_CHART (self));
  g_return_if_fail (series == NULL || BEAM_IS_SERIES (series));

  if (g_set_object (&self->current, series))
    gtk_widget_queue_draw (GTK_WIDGET (self->overlay));
}

char *
beam_chart_get_values_text (BeamChart *self)
{
  g_autoptr (GArray) readouts = g_array_new (FALSE, FALSE, sizeof (BeamReadout));
  GString *text = g_string_new (NULL);
  BeamGeometry geometry;

  g_return_val_if_fail (BEAM_IS_CHART (self), NULL);

  if (beam_chart_get_geometry (self, &geometry))
    beam_chart_read (self, &geometry, readouts);
  for (guint i = 0; i < readouts->len; i++)
    {
      g_autofree char *line = beam_chart_format_readout (self, &g_array_index (readouts, BeamReadout, i),
                                                         BEAM_FORMAT_READOUT);

      g_string_append_printf (text, "%s\n", line);
    }

  return g_string_free (text, FALSE);
}

BeamTable *
beam_chart_get_table (BeamChart *self)
{
  BeamTable *table = beam_table_new ();
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (BeamEntry));
  gint64 from_us, to_us;

  g_return_val_if_fail (BEAM_IS_CHART (self), NULL);

  beam_chart_collect_entries (self, entries);
  for (guint i = 0; i < entries->len; i++)
    {
      const BeamEntry *entry = &g_array_index (entries, BeamEntry, i);

      if (entry->shown)
        beam_table_add_column (table, entry->series,
                               entry->name != NULL && *entry->name != '\0' ? entry->name : self->title,
                               self->value_axis);
    }
  beam_time_axis_get_range (self->time_axis, &from_us, &to_us);
  beam_table_fill (table, from_us, to_us, beam_time_axis_get_wall_offset (self->time_axis));

  return table;
}
