/* beam-chart-access.c: a chart for those who do not see it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The name is the title. The description is a sentence about the data as they
 * are now, written by the program in its own language; without its function it
 * is names and numbers only, which need no language. It is renewed at most once
 * a second: a screen reader reads whole sentences, and each costs a message on
 * the accessibility bus.
 */
#define G_LOG_DOMAIN "beam"

#include "beam-chart-private.h"
#include "beam-series.h"

#define SHORTEST_PAUSE_US (G_USEC_PER_SEC)

void
beam_chart_update_name (BeamChart *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->title,
                                  -1);
}

/* "−1:12: p99 40 ms, p50 24 ms"; NULL when the cursor is not set. */
static char *
describe_cursor (BeamChart          *self,
                 const BeamGeometry *geometry)
{
  g_autoptr (GArray) readouts = g_array_new (FALSE, FALSE, sizeof (BeamReadout));
  gint64 time_us = beam_cursor_get_time (self->cursor);
  gint64 offset_us;
  BeamTimeLabel label;
  g_autofree char *when = NULL;
  GString *text;

  if (!beam_cursor_is_set (self->cursor))
    return NULL;

  offset_us = time_us - beam_time_axis_get_now (self->time_axis);
  label = (BeamTimeLabel) { time_us, offset_us - offset_us % G_USEC_PER_SEC, G_USEC_PER_SEC, TRUE, TRUE, TRUE };
  when = beam_time_axis_format (self->time_axis, &label);
  text = g_string_new (when);
  beam_chart_read (self, geometry, readouts);
  for (guint i = 0; i < readouts->len; i++)
    {
      g_autofree char *value = beam_chart_format_readout (self, &g_array_index (readouts, BeamReadout, i), BEAM_FORMAT_SPOKEN);

      g_string_append_printf (text, "%s %s", i == 0 ? ":" : ",", value);
    }

  return g_string_free (text, FALSE);
}

/* "p99 43 ms (30 ms – 52 ms)" for one line; FALSE when it has no value in view. */
static gboolean
append_line (BeamChart          *self,
             const BeamGeometry *geometry,
             BeamLayer          *layer,
             GString            *text)
{
  g_autoptr (GArray) readouts = g_array_new (FALSE, FALSE, sizeof (BeamReadout));
  double low, high;

  beam_layer_read (layer, geometry->to_us, geometry->to_us - geometry->from_us, readouts);
  for (guint i = 0; i < readouts->len; i++)
    {
      const BeamReadout *readout = &g_array_index (readouts, BeamReadout, i);
      g_autofree char *value = beam_chart_format_readout (self, readout, BEAM_FORMAT_SPOKEN);
      g_autofree char *least = NULL;
      g_autofree char *most = NULL;

      if (!beam_series_get_range (readout->series, geometry->from_us, geometry->to_us, &low, &high))
        continue;

      least = beam_value_axis_format (self->value_axis, low, 0, BEAM_FORMAT_SPOKEN);
      most = beam_value_axis_format (self->value_axis, high, 0, BEAM_FORMAT_SPOKEN);
      g_string_append_printf (text, "%s%s (%s \342\200\223 %s)", text->len > 0 ? "; " : "", value, least, most);
    }

  return text->len > 0;
}

static char *
describe_plainly (BeamChart          *self,
                  const BeamGeometry *geometry,
                  const char         *at_cursor)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->layers->len; i++)
    append_line (self, geometry, g_ptr_array_index (self->layers, i), text);

  if (text->len == 0)
    g_string_append (text, self->empty_text);
  if (at_cursor != NULL)
    g_string_append_printf (text, "; %s", at_cursor);

  return g_string_free (text, FALSE);
}

static void
describe (BeamChart *self)
{
  g_autofree char *at_cursor = NULL;
  g_autofree char *text = NULL;
  BeamGeometry geometry;

  if (!beam_chart_get_geometry (self, &geometry))
    return;

  at_cursor = describe_cursor (self, &geometry);
  if (self->describe != NULL)
    text = self->describe (self, at_cursor, self->describe_data);
  else
    text = describe_plainly (self, &geometry, at_cursor);

  self->described_us = g_get_monotonic_time ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "",
                                  -1);
}

static gboolean
describe_cb (gpointer user_data)
{
  BeamChart *self = BEAM_CHART (user_data);

  self->describe_id = 0;
  describe (self);
  return G_SOURCE_REMOVE;
}

void
beam_chart_queue_describe (BeamChart *self)
{
  gint64 wait_us;

  if (self->describe_id != 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  /* Never at once: a title, a layer and a first value that come together are
   * one sentence. */
  wait_us = self->described_us + SHORTEST_PAUSE_US - g_get_monotonic_time ();
  self->describe_id = g_timeout_add ((guint) CLAMP (wait_us / 1000, 20, 1000), describe_cb, self);
  g_source_set_name_by_id (self->describe_id, "[beam] describe");
}

void
beam_chart_stop_describe (BeamChart *self)
{
  g_clear_handle_id (&self->describe_id, g_source_remove);
}
