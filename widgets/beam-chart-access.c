/* beam-chart-access.c: a chart for those who do not see it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The name is the title. The description is a sentence about the data as they
 * are now, written by the program in its own language; without its function it
 * is names and numbers only. It is renewed at most once a second: a screen reader
 * reads whole sentences, and each costs a message on the accessibility bus.
 *
 * GTK 4.8 cannot announce. But screen readers read a new description of what has
 * the focus: so it stands still while the chart has the focus, and changes only
 * when a key has asked something.
 *
 * Nor can GTK 4.8 have children that are not widgets: empty ones stand for the
 * series.
 */
#define G_LOG_DOMAIN "beam"

#include "beam-chart-private.h"
#include "beam-series.h"
#include "beam-words.h"

#define SHORTEST_PAUSE_US (G_USEC_PER_SEC)

void
beam_chart_update_name (BeamChart *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->title,
                                  -1);
  /* GTK 4.8 would call the list of series by its type. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->items), GTK_ACCESSIBLE_PROPERTY_LABEL, self->title, -1);
}

/* "12 seconds ago", "2 min 5 s ago", or the time of day when it stands still. */
static char *
format_when (BeamChart *self,
             gint64     time_us)
{
  gint64 ago = MAX (beam_time_axis_get_now (self->time_axis) - time_us, 0) / G_USEC_PER_SEC;
  gint64 offset_us = beam_time_axis_get_wall_offset (self->time_axis);
  g_autoptr (GDateTime) when = NULL;

  if (beam_time_axis_get_mode (self->time_axis) != BEAM_TIME_LIVE && offset_us != 0)
    when = g_date_time_new_from_unix_local ((time_us + offset_us) / G_USEC_PER_SEC);
  if (when != NULL)
    return g_date_time_format (when, "%H:%M:%S");
  if (ago < 120)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d second ago", "%d seconds ago", (gulong) ago),
                            (int) ago);

  /* Translators: minutes and seconds before now */
  return g_strdup_printf (_("%1$d min %2$d s ago"), (int) (ago / 60), (int) (ago % 60));
}

/* Why nothing is known at the cursor; NULL: something is. */
static char *
dup_reason (BeamChart          *self,
            const BeamGeometry *geometry,
            gint64              time_us)
{
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (BeamGap));

  beam_chart_collect_gaps (self, geometry, gaps);
  for (guint i = 0; i < gaps->len; i++)
    {
      const BeamGap *gap = &g_array_index (gaps, BeamGap, i);

      if (gap->from_us < time_us && time_us < gap->to_us && gap->label != NULL)
        return g_strdup (gap->label);
    }

  return g_strdup (_("unknown"));
}

/* "12 seconds ago: p99 40 ms, p50 24 ms", of the chosen series only where one is
 * chosen; NULL when the cursor is not set. */
static char *
describe_cursor (BeamChart          *self,
                 const BeamGeometry *geometry)
{
  g_autoptr (GArray) readouts = g_array_new (FALSE, FALSE, sizeof (BeamReadout));
  gint64 time_us = beam_cursor_get_time (self->cursor);
  g_autofree char *when = NULL;
  const BeamNote *note;
  gboolean any = FALSE;
  GString *text;

  if (!beam_cursor_is_set (self->cursor))
    return NULL;

  when = format_when (self, time_us);
  text = g_string_new (when);
  beam_chart_read (self, geometry, readouts);
  for (guint i = 0; i < readouts->len; i++)
    {
      const BeamReadout *readout = &g_array_index (readouts, BeamReadout, i);
      g_autofree char *value = NULL;

      if (self->current != NULL && readout->series != self->current)
        continue;
      value = beam_chart_format_readout (self, readout, BEAM_FORMAT_SPOKEN);
      g_string_append_printf (text, "%s %s", any ? "," : ":", value);
      any = TRUE;
    }
  if (!any)
    {
      g_autofree char *reason = dup_reason (self, geometry, time_us);

      g_string_append_printf (text, ": %s", reason);
    }
  note = beam_chart_find_note (self, geometry, time_us);
  if (note != NULL)
    g_string_append_printf (text, "; %s", note->text);

  return g_string_free (text, FALSE);
}

/* "20 s selected", "baseline kept": what is under way. NULL: nothing. */
static char *
describe_ranges (BeamChart *self)
{
  gint64 from_us, to_us;

  if (beam_cursor_get_selection (self->cursor, &from_us, &to_us))
    /* Translators: a stretch of time that is being selected in a chart */
    return g_strdup_printf (_("%.1f s selected"), (double) (to_us - from_us) / G_USEC_PER_SEC);
  if (beam_time_axis_get_pinned (self->time_axis, &from_us, &to_us))
    /* Translators: a stretch of time was kept to compare with */
    return g_strdup_printf (_("a baseline of %.1f s is kept"), (double) (to_us - from_us) / G_USEC_PER_SEC);

  return NULL;
}

/* "p99 43 ms", or "p99: unknown now" while it is not @known. */
static char *
format_line (BeamChart         *self,
             const BeamReadout *readout,
             gboolean           known)
{
  if (known)
    return beam_chart_format_readout (self, readout, BEAM_FORMAT_SPOKEN);
  if (readout->label == NULL || *readout->label == '\0')
    /* Translators: in the place of a number, of a line that had numbers before */
    return g_strdup (_("unknown now"));

  return g_strdup_printf ("%s: %s", readout->label, _("unknown now"));
}

/* "p99 43 ms (30 ms – 52 ms)" for each line that has a value in view. */
static void
append_lines (BeamChart          *self,
              const BeamGeometry *geometry,
              BeamLayer          *layer,
              GString            *text)
{
  g_autoptr (GArray) readouts = g_array_new (FALSE, FALSE, sizeof (BeamReadout));
  gboolean known = beam_layer_read_range (layer, geometry->from_us, geometry->to_us, readouts);
  double low, high;

  for (guint i = 0; i < readouts->len; i++)
    {
      const BeamReadout *readout = &g_array_index (readouts, BeamReadout, i);
      g_autofree char *value = format_line (self, readout, known);
      g_autofree char *least = NULL;
      g_autofree char *most = NULL;

      if (readout->series == NULL || !beam_series_get_range (readout->series, geometry->from_us, geometry->to_us, &low, &high))
        continue;

      least = beam_value_axis_format (self->value_axis, low, 0, BEAM_FORMAT_SPOKEN);
      most = beam_value_axis_format (self->value_axis, high, 0, BEAM_FORMAT_SPOKEN);
      g_string_append_printf (text, "%s%s (%s \342\200\223 %s)", text->len > 0 ? "; " : "", value, least, most);
    }
}

static char *
describe_plainly (BeamChart          *self,
                  const BeamGeometry *geometry,
                  const char         *at_cursor)
{
  GString *text = g_string_new (NULL);

  /* What was switched off is not seen either. */
  for (guint i = 0; i < self->layers->len; i++)
    if (gtk_widget_get_visible (g_ptr_array_index (self->layers, i)))
      append_lines (self, geometry, g_ptr_array_index (self->layers, i), text);

  if (text->len == 0)
    g_string_append (text, self->empty_text);
  if (at_cursor != NULL)
    g_string_append_printf (text, "; %s", at_cursor);

  return g_string_free (text, FALSE);
}

/* --- Children --- */

/* The items say the latest value, whatever the cursor does. */
static void
name_items (BeamChart          *self,
            const BeamGeometry *geometry)
{
  g_autoptr (GArray) readouts = g_array_new (FALSE, FALSE, sizeof (BeamReadout));

  for (guint i = 0; i < self->layers->len; i++)
    if (gtk_widget_get_visible (g_ptr_array_index (self->layers, i)))
      beam_layer_read (g_ptr_array_index (self->layers, i), geometry->to_us, geometry->to_us - geometry->from_us, readouts);

  for (GtkWidget *item = gtk_widget_get_first_child (self->items); item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      const char *name = g_object_get_data (G_OBJECT (item), "beam-name");
      g_autofree char *text = g_strdup (name);

      for (guint i = 0; i < readouts->len; i++)
        {
          const BeamReadout *readout = &g_array_index (readouts, BeamReadout, i);
          g_autofree char *value = NULL;

          if (readout->series != g_object_get_data (G_OBJECT (item), "beam-series"))
            continue;
          value = beam_value_axis_format (self->value_axis, readout->value, 0, BEAM_FORMAT_SPOKEN);
          g_free (text);
          text = *name != '\0' ? g_strdup_printf ("%s: %s", name, value) : g_strdup (value);
        }
      gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
    }
}

void
beam_chart_update_items (BeamChart *self)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (BeamEntry));
  GtkWidget *item;

  if (self->items == NULL)
    return;

  while ((item = gtk_widget_get_first_child (self->items)) != NULL)
    gtk_widget_unparent (item);

  beam_chart_collect_entries (self, entries);
  for (guint i = 0; i < entries->len; i++)
    {
      const BeamEntry *entry = &g_array_index (entries, BeamEntry, i);

      if (!entry->shown)
        continue;
      item = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM,
                           "can-focus", FALSE, "can-target", FALSE, NULL);
      g_object_set_data (G_OBJECT (item), "beam-series", entry->series);
      g_object_set_data_full (G_OBJECT (item), "beam-name", g_strdup (entry->name != NULL ? entry->name : ""), g_free);
      gtk_widget_set_parent (item, self->items);
    }
  beam_chart_queue_describe (self);
}

/* Where the plot is, so that a magnifier finds it. */
void
beam_chart_allocate_items (BeamChart *self,
                           int        width,
                           int        height)
{
  int least_width, least_height;

  gtk_widget_measure (self->items, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  gtk_widget_measure (self->items, GTK_ORIENTATION_VERTICAL, -1, &least_height, NULL, NULL, NULL);
  gtk_widget_allocate (self->items, MAX (width, least_width), MAX (height, least_height), -1, NULL);
}

/* --- Sentence --- */

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
  name_items (self, &geometry);
  if (!self->spoken)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "",
                                    -1);
  /* From here on it is an answer that a screen reader has begun to read. */
  self->spoken = gtk_widget_has_focus (GTK_WIDGET (self));
}

void
beam_chart_speak (BeamChart *self)
{
  g_autofree char *at_cursor = NULL;
  g_autofree char *ranges = describe_ranges (self);
  g_autofree char *text = NULL;
  BeamGeometry geometry;

  if (!beam_chart_get_geometry (self, &geometry))
    return;

  at_cursor = describe_cursor (self, &geometry);
  beam_chart_stop_describe (self);
  self->spoken = FALSE;
  if (at_cursor == NULL && ranges == NULL)
    {
      describe (self);
      self->spoken = TRUE;
      return;
    }

  text = g_strjoin ("; ", at_cursor != NULL ? at_cursor : ranges, at_cursor != NULL ? ranges : NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  self->spoken = TRUE;
  beam_chart_queue_describe (self);
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
