/* sy-overview.c: a recording from one end to the other, at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-overview.h"

#include <math.h>

#include "sy-signal-reader.h"

static void
append (SyHistory              *history,
        SySignalReader         *reader,
        const SyRecordedScrape *scrape,
        gint64                  base_us)
{
  /* A file may say anything: no time runs over. */
  const gint64 time_us = (gint64) ((guint64) scrape->moment.answered_us - (guint64) base_us);
  SyReading reading;

  if (scrape->exposition != NULL)
    sy_signal_reader_read (reader, scrape->exposition, time_us, scrape->moment.wall_us, &reading);
  else
    sy_signal_reader_miss (reader, SY_GAP_DOWN, time_us, scrape->moment.wall_us, &reading);
  sy_history_append (history, &reading, (double) NAN, (double) NAN,
                     scrape->error != NULL ? scrape->error->message : NULL);
}

SyHistory *
sy_overview_read (SyRecording        *recording,
                  guint               index,
                  const SyTimeRange  *range,
                  SyRecogniser       *recogniser,
                  SyOverrides        *overrides,
                  GError            **error)
{
  const gint64 step_us = (gint64) (((guint64) range->to_us - (guint64) range->from_us) / SY_OVERVIEW_POINTS);
  g_autoptr (SyRecordingCursor) cursor = sy_recording_read_thin (recording, index, range->from_us, step_us, error);
  g_autoptr (SySignalReader) reader = sy_signal_reader_new (recogniser);
  g_autoptr (SyHistory) history = sy_history_new (0);
  g_autoptr (GError) why = NULL;
  SyRecordedScrape scrape;

  if (cursor == NULL)
    return NULL;

  sy_signal_reader_set_window (reader, 0);
  sy_signal_reader_set_overrides (reader, overrides);
  while (sy_recording_cursor_next (cursor, &scrape, &why) && scrape.moment.monotonic_us <= range->to_us)
    append (history, reader, &scrape, range->from_us);

  if (why == NULL)
    return g_steal_pointer (&history);

  g_propagate_error (error, g_steal_pointer (&why));
  return NULL;
}
