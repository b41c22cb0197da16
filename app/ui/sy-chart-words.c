/* sy-chart-words.c: a chart in a sentence
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-chart-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-format.h"

char *
sy_chart_words_gaps (BeamSeries   *series,
                     BeamTimeAxis *time)
{
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (BeamGap));
  g_autofree char *length = NULL;
  gint64 from_us, to_us;
  gint64 total_us = 0;
  int n = 0;

  beam_time_axis_get_range (time, &from_us, &to_us);
  beam_series_collect_gaps (series, from_us, to_us, gaps);
  for (guint i = 0; i < gaps->len; i++)
    {
      const BeamGap *gap = &g_array_index (gaps, BeamGap, i);

      if (gap->from_us == gap->to_us)
        continue;
      n++;
      total_us += MIN (gap->to_us, to_us) - MAX (gap->from_us, from_us);
    }
  if (n == 0)
    return NULL;

  length = sy_format_age (total_us);
  if (n == 1)
    /* Translators: a stretch of time without values: "one gap of 8 s" */
    return g_strdup_printf (_("one gap of %s"), length);

  /* Translators: stretches of time without values: "3 gaps of 20 s together" */
  return g_strdup_printf (ngettext ("%1$d gap of %2$s together", "%1$d gaps of %2$s together", (gulong) n), n, length);
}

/* "between 12 and 350 in the last 4 min"; NULL: nothing is in view. */
static char *
describe_range (const SyChartWords *self,
                BeamTimeAxis       *time)
{
  gint64 from_us, to_us;
  double low, high;
  g_autofree char *low_text = NULL;
  g_autofree char *high_text = NULL;
  g_autofree char *span = NULL;

  beam_time_axis_get_range (time, &from_us, &to_us);
  if (!beam_series_get_range (self->series, from_us, to_us, &low, &high))
    return NULL;

  low_text = sy_measure_format (self->measure, low, 0, SY_TEXT_SPOKEN, self->currency);
  high_text = sy_measure_format (self->measure, high, 0, SY_TEXT_SPOKEN, self->currency);
  if (beam_time_axis_get_mode (time) != BEAM_TIME_LIVE)
    /* Translators: the smallest and the largest value that a chart shows */
    return g_strdup_printf (_("between %1$s and %2$s in the time shown"), low_text, high_text);

  span = sy_format_age (to_us - from_us);
  /* Translators: the smallest and the largest value: "between 30 ms and 52 ms in the last 4 min" */
  return g_strdup_printf (_("between %1$s and %2$s in the last %3$s"), low_text, high_text, span);
}

char *
sy_chart_words_describe (const SyChartWords *self,
                         BeamTimeAxis       *time,
                         const char         *at_cursor)
{
  g_autofree char *range = describe_range (self, time);
  g_autofree char *gaps = NULL;
  g_autofree char *now_text = NULL;
  GString *text;

  if (range == NULL)
    return NULL;

  gaps = sy_chart_words_gaps (self->series, time);
  if (isfinite (self->now))
    now_text = sy_measure_format (self->measure, self->now, 0, SY_TEXT_SPOKEN, self->currency);

  text = g_string_new (NULL);
  if (at_cursor != NULL)
    /* Translators: what stands under the cursor of a chart, a list of values */
    g_string_append_printf (text, _("At the cursor %s; "), at_cursor);
  if (now_text != NULL)
    /* Translators: the latest value of a chart */
    g_string_append_printf (text, _("now %s, "), now_text);
  else
    g_string_append (text, _("now unknown, "));
  g_string_append (text, range);
  if (gaps != NULL)
    g_string_append_printf (text, ", %s", gaps);
  if (self->note != NULL && *self->note != '\0')
    g_string_append_printf (text, "; %s", self->note);

  return g_string_free (text, FALSE);
}
