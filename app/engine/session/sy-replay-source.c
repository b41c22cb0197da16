/* sy-replay-source.c: a recorded backend, said again
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An answer is held until the clock has come to the moment when it was there as
 * a whole, as a live source would have handed it on: monotonic_us + duration_us.
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-replay-source.h"

#include "sy-source-private.h"

struct _SyReplaySource
{
  SySource           parent_instance;

  SyRecording       *recording; /* (owned) */
  SyRecordingCursor *cursor;    /* (owned) (nullable): at the end, and after an error */
  SyScrape          *next;      /* (owned) (nullable): read, and not due yet */
  GSource           *timer;     /* (owned) (nullable): while it runs */
  SySourceStatus     status;    /* its error is (owned) */
  guint              index;
  guint              claim;
  gint64             shift_us;
  gint64             due_us;    /* of next; G_MAXINT64: there is none */
};

G_DEFINE_FINAL_TYPE (SyReplaySource, sy_replay_source, SY_TYPE_SOURCE)

static void
publish (SyReplaySource *self)
{
  sy_source_set_status (SY_SOURCE (self), &self->status);
}

/* (transfer full) */
static SyScrape *
new_scrape (const SyRecordedScrape *recorded,
            gint64                  shift_us)
{
  const SyRecordMoment *moment = &recorded->moment;
  SyScrape *scrape = sy_scrape_new ();

  scrape->monotonic_us = moment->monotonic_us + shift_us;
  scrape->answered_us = moment->answered_us + shift_us;
  scrape->wall_us = moment->wall_us;
  scrape->duration_us = moment->duration_us;
  scrape->wire_bytes = (gsize) MAX (moment->wire_bytes, 0);
  scrape->body_bytes = (gsize) MAX (moment->body_bytes, 0);
  scrape->content_type = g_strdup (recorded->content_type);
  if (recorded->exposition != NULL)
    scrape->exposition = sy_exposition_ref (recorded->exposition);
  else
    scrape->error = g_error_copy (recorded->error);

  return scrape;
}

/* Takes the next answer out of the file. FALSE with @error: it cannot be read. */
static gboolean
read_next (SyReplaySource  *self,
           GError         **error)
{
  g_autoptr (GError) why = NULL;
  SyRecordedScrape recorded;

  g_clear_pointer (&self->next, sy_scrape_unref);
  self->due_us = G_MAXINT64;
  if (self->cursor == NULL)
    return TRUE;

  if (sy_recording_cursor_next (self->cursor, &recorded, &why))
    {
      self->next = new_scrape (&recorded, self->shift_us);
      self->due_us = self->next->monotonic_us + MAX (self->next->duration_us, 0);
      return TRUE;
    }

  g_clear_pointer (&self->cursor, sy_recording_cursor_free);
  if (why == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

static void
set_error (SyReplaySource *self,
           const GError   *error)
{
  g_clear_error (&self->status.error);
  if (error != NULL)
    self->status.error = g_error_copy (error);
}

/* What a source shows after @scrape. */
static void
count (SyReplaySource *self,
       const SyScrape *scrape)
{
  SySourceStatus *status = &self->status;
  guint n = 0;

  status->n_scrapes++;
  status->wire_bytes += scrape->wire_bytes;
  set_error (self, scrape->error);
  if (scrape->error != NULL)
    {
      status->state = SY_SOURCE_RETRYING;
      status->n_failures++;
      if (status->failing_since_us == 0)
        status->failing_since_us = scrape->wall_us;
      return;
    }

  sy_exposition_get_samples (scrape->exposition, &n);
  status->state = SY_SOURCE_LIVE;
  status->failing_since_us = 0;
  status->last_success_us = scrape->monotonic_us;
  status->n_samples = n;
  status->total_samples += n;
}

static void
end (SyReplaySource *self,
     const GError   *error)
{
  self->status.state = error != NULL ? SY_SOURCE_BLOCKED : SY_SOURCE_STOPPED;
  if (error != NULL)
    set_error (self, error);
}

static gboolean
timer_cb (gpointer user_data)
{
  g_autoptr (SyReplaySource) self = g_object_ref (user_data);
  SyScrapeSink *sink = sy_source_get_sink (SY_SOURCE (self));
  g_autoptr (SyScrape) scrape = g_steal_pointer (&self->next);
  g_autoptr (GError) error = NULL;

  if (scrape == NULL)
    return G_SOURCE_CONTINUE;

  sy_scrape_sink_deliver (sink, self->claim, scrape);
  count (self, scrape);

  if (!read_next (self, &error) || self->next == NULL)
    end (self, error);
  else
    sy_clock_timer_set_due (self->timer, self->due_us);
  publish (self);

  return G_SOURCE_CONTINUE;
}

static void
sy_replay_source_start (SySource *source)
{
  SyReplaySource *self = SY_REPLAY_SOURCE (source);

  if (self->next == NULL)
    return;

  if (self->timer == NULL)
    {
      self->timer = sy_clock_timer_new (sy_source_get_clock (source), G_MAXINT64);
      g_source_set_callback (self->timer, timer_cb, self, NULL);
      g_source_set_static_name (self->timer, "SyReplaySource");
      g_source_attach (self->timer, g_main_context_get_thread_default ());
    }

  self->claim = sy_scrape_sink_claim (sy_source_get_sink (source));
  self->status.state = SY_SOURCE_CONNECTING;
  publish (self);
  sy_clock_timer_set_due (self->timer, self->due_us);
}

static void
drop_timer (SyReplaySource *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
sy_replay_source_stop (SySource *source)
{
  SyReplaySource *self = SY_REPLAY_SOURCE (source);

  drop_timer (self);
  self->status.state = SY_SOURCE_STOPPED;
  publish (self);
}

/* What is recorded does not get better by asking again. */
static void
sy_replay_source_retry_now (SySource *source)
{
}

static void
sy_replay_source_dispose (GObject *object)
{
  drop_timer (SY_REPLAY_SOURCE (object));

  G_OBJECT_CLASS (sy_replay_source_parent_class)->dispose (object);
}

static void
sy_replay_source_finalize (GObject *object)
{
  SyReplaySource *self = SY_REPLAY_SOURCE (object);

  g_clear_pointer (&self->next, sy_scrape_unref);
  g_clear_pointer (&self->cursor, sy_recording_cursor_free);
  g_clear_pointer (&self->recording, sy_recording_unref);
  sy_source_status_clear (&self->status);

  G_OBJECT_CLASS (sy_replay_source_parent_class)->finalize (object);
}

static void
sy_replay_source_class_init (SyReplaySourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SySourceClass *source_class = SY_SOURCE_CLASS (klass);

  object_class->dispose = sy_replay_source_dispose;
  object_class->finalize = sy_replay_source_finalize;
  source_class->start = sy_replay_source_start;
  source_class->stop = sy_replay_source_stop;
  source_class->retry_now = sy_replay_source_retry_now;
}

static void
sy_replay_source_init (SyReplaySource *self)
{
  self->due_us = G_MAXINT64;
}

SySource *
sy_replay_source_new (SyRecording  *recording,
                      guint         index,
                      SyClock      *clock,
                      gint64        shift_us,
                      GError      **error)
{
  const SyRecordedTarget *target = sy_recording_get_target (recording, index);
  g_autoptr (SyUrl) url = sy_url_parse (target->url, error);
  g_autoptr (SyReplaySource) self = NULL;

  if (url == NULL)
    return NULL;

  self = g_object_new (SY_TYPE_REPLAY_SOURCE, "url", url, "clock", clock, NULL);
  self->recording = sy_recording_ref (recording);
  self->index = index;
  self->shift_us = shift_us;
  sy_source_set_interval (SY_SOURCE (self), target->interval_us);
  if (!sy_replay_source_seek (self, G_MININT64, error))
    return NULL;

  return SY_SOURCE (g_steal_pointer (&self));
}

gint64
sy_replay_source_get_due (SyReplaySource *self)
{
  return self->timer != NULL ? self->due_us : G_MAXINT64;
}

gboolean
sy_replay_source_seek (SyReplaySource  *self,
                       gint64           from_us,
                       GError         **error)
{
  const gint64 recorded_us = from_us == G_MININT64 ? from_us : from_us - self->shift_us;

  g_clear_pointer (&self->cursor, sy_recording_cursor_free);
  self->cursor = sy_recording_read (self->recording, self->index, recorded_us, error);
  if (self->cursor == NULL || !read_next (self, error))
    return FALSE;

  if (self->timer != NULL)
    sy_clock_timer_set_due (self->timer, self->due_us);
  return TRUE;
}
