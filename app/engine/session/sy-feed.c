/* sy-feed.c: carries readings from a source's worker to the owner's thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One timer of the owner's context is armed by the worker whenever something
 * waits, for a tenth of a second after the last delivery; so a poll every
 * second arrives at once, and a stream of a thousand events a second costs the
 * owner ten wake-ups.
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-feed.h"

#include "sy-error.h"
#include "sy-overrides.h"
#include "sy-signal-reader.h"
#include "sy-trap-watch.h"

#define DELIVERY_SPACING_US (SY_USEC_PER_SEC / 10)

/* Two clocks are not read at one instant, and a nap hides nothing. */
#define SHORTEST_SLEEP_US (2 * SY_USEC_PER_SEC)

struct _SyFeed
{
  gatomicrefcount ref_count;

  SyClock    *clock; /* (owned); safe from any thread */

  /* The worker's alone. */
  SySignalReader *reader;      /* (owned) */
  SyPromReader   *prom_reader; /* (owned) (nullable): reads the answers of a Prometheus server */
  SyTrapWatch    *traps;       /* (owned) */
  gboolean        is_missing;  /* the last scrape failed */
  gint64          answered_us; /* the end of the last scrape; G_MININT64 before the first */
  gint64          slept_us;    /* what the clock had slept by then, but for naps */

  /* The owner's alone. */
  GSource    *timer;      /* (owned) (nullable); re-armed by the worker under the lock */
  SyFeedFunc  func;
  gpointer    user_data;

  /* Shared, under the lock. */
  GMutex      lock;
  gboolean    closed;
  gboolean    armed;
  gboolean    dropped;
  GArray     *waiting;    /* (owned) (element-type SyFeedItem) */
  SyFeedState state;      /* its pointers are (owned) here */
  gint64      next_delivery_us;
  SyOverrides *overrides; /* (owned) (nullable) */
  gint64       rate_us;   /* that rates are over; 0: as the reader does */
  SyRecorder  *recorder;  /* (owned) (nullable) */
  guint        target;
};

static void
clear_item (gpointer data)
{
  g_free (((SyFeedItem *) data)->message);
}

static GArray *
new_items (void)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (SyFeedItem));

  g_array_set_clear_func (items, clear_item);
  return items;
}

static void
clear_state (SyFeedState *state)
{
  g_clear_pointer (&state->mapping, sy_mapping_unref);
  g_clear_pointer (&state->durations, sy_buckets_free);
  g_clear_pointer (&state->traps, g_ptr_array_unref);
  g_clear_pointer (&state->exposition, sy_exposition_unref);
  g_free ((char *) state->served_by);
  state->served_by = NULL;
}

static SyGap
gap_of_error (const GError *error)
{
  if (error->domain == SY_ERROR && (error->code == SY_ERROR_DEADLINE || error->code == SY_ERROR_SILENT))
    return SY_GAP_LATE;
  if (error->domain == SY_ERROR && error->code == SY_ERROR_OVERRUN)
    return SY_GAP_OVERRUN;
  if (error->domain == SY_ERROR && error->code == SY_ERROR_SUSPENDED)
    return SY_GAP_SUSPENDED;
  if (error->domain == SY_ERROR && error->code == SY_ERROR_FORMAT)
    return SY_GAP_FORMAT_CHANGED;

  return SY_GAP_DOWN;
}

static void
deliver (SyFeed *self)
{
  g_autoptr (GArray) items = NULL;
  SyFeedState state;

  g_mutex_lock (&self->lock);
  items = self->waiting;
  self->waiting = new_items ();
  state = self->state;
  self->state = (SyFeedState) { .format = state.format, .n_processes = state.n_processes };
  self->armed = FALSE;
  self->next_delivery_us = sy_clock_get_monotonic (self->clock) + DELIVERY_SPACING_US;

  if (self->dropped && items->len > 0)
    {
      g_array_index (items, SyFeedItem, 0).reading.gap = SY_GAP_OVERRUN;
      self->dropped = FALSE;
    }
  g_mutex_unlock (&self->lock);

  if (items->len > 0)
    self->func (items, &state, self->user_data);

  clear_state (&state);
}

static gboolean
timer_cb (gpointer user_data)
{
  g_autoptr (SyFeed) self = sy_feed_ref (user_data);

  deliver (self);
  return G_SOURCE_CONTINUE;
}

SyFeed *
sy_feed_new (SyRecogniser *recogniser,
             SyClock      *clock,
             SyFeedFunc    func,
             gpointer      user_data)
{
  SyFeed *self = g_new0 (SyFeed, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->clock = g_object_ref (clock);
  self->reader = sy_signal_reader_new (recogniser);
  self->traps = sy_trap_watch_new ();
  self->func = func;
  self->user_data = user_data;
  self->waiting = new_items ();
  self->next_delivery_us = G_MININT64;
  self->slept_us = sy_clock_get_slept (clock);
  self->answered_us = G_MININT64;

  self->timer = sy_clock_timer_new (clock, G_MAXINT64);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_set_static_name (self->timer, "SyFeed delivery");
  g_source_attach (self->timer, g_main_context_get_thread_default ());

  return self;
}

SyFeed *
sy_feed_ref (SyFeed *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sy_feed_unref (SyFeed *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  sy_signal_reader_free (self->reader);
  sy_trap_watch_free (self->traps);
  g_clear_pointer (&self->overrides, sy_overrides_unref);
  g_clear_pointer (&self->prom_reader, sy_prom_reader_unref);
  g_clear_object (&self->recorder);
  clear_state (&self->state);
  g_array_unref (self->waiting);
  g_source_unref (self->timer);
  g_object_unref (self->clock);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Called with the lock held. */
static void
enqueue (SyFeed           *self,
         const SyFeedItem *item)
{
  if (self->waiting->len == SY_FEED_MAX_WAITING)
    {
      g_array_remove_index (self->waiting, 0);
      self->dropped = TRUE;
    }

  g_array_append_vals (self->waiting, item, 1);

  if (!self->armed)
    {
      self->armed = TRUE;
      sy_clock_timer_set_due (self->timer, MAX (self->next_delivery_us, sy_clock_get_monotonic (self->clock)));
    }
}

/* What the reader knows after a scrape that it could read; pointers are owned. */
static void
fill_state (SyFeed          *self,
            const SyScrape  *scrape,
            const SyReading *reading,
            SyFeedState     *state)
{
  SyMapping *mapping = sy_signal_reader_get_mapping (self->reader);
  const SyBuckets *durations = sy_signal_reader_get_durations (self->reader);

  sy_trap_watch_add (self->traps, mapping, scrape->exposition, reading, sy_signal_reader_get_n_processes (self->reader));
  sy_signal_reader_get_totals (self->reader, &state->totals);
  state->mapping = sy_mapping_ref (mapping);
  state->durations = durations != NULL ? sy_buckets_copy (durations) : NULL;
  state->traps = g_ptr_array_ref (sy_trap_watch_get (self->traps));
  state->exposition = sy_exposition_ref (scrape->exposition);
  state->format = sy_exposition_get_format (scrape->exposition);
  state->served_by = g_strdup (scrape->served_by);
}

/* What the owner asks for, before a scrape is read. */
static void
follow_owner (SyFeed *self)
{
  g_autoptr (SyOverrides) overrides = NULL;
  gint64 rate_us;

  g_mutex_lock (&self->lock);
  if (self->overrides != NULL)
    overrides = sy_overrides_ref (self->overrides);
  rate_us = self->rate_us;
  g_mutex_unlock (&self->lock);

  sy_signal_reader_set_overrides (self->reader, overrides);
  if (rate_us > 0)
    sy_signal_reader_set_window (self->reader, rate_us);
}

/* Before it is read, whatever reading makes of it. */
static void
record (SyFeed         *self,
        const SyScrape *scrape)
{
  g_autoptr (SyRecorder) recorder = NULL;
  SyRecordEntry entry = {
    .moment = {
      .monotonic_us = scrape->monotonic_us,
      .wall_us = scrape->wall_us,
      .duration_us = scrape->duration_us,
      .answered_us = scrape->answered_us,
      .wire_bytes = (gint64) scrape->wire_bytes,
      .body_bytes = (gint64) scrape->body_bytes,
    },
    .exposition = scrape->exposition,
    .content_type = scrape->content_type,
    .error = scrape->error,
  };

  g_mutex_lock (&self->lock);
  if (self->recorder != NULL)
    recorder = g_object_ref (self->recorder);
  entry.target = self->target;
  g_mutex_unlock (&self->lock);

  if (recorder != NULL)
    sy_recorder_add (recorder, &entry);
}

/* A failure says nothing about what the target is: what was known stays.
 * @state is consumed; so are @n_items of @items. */
static void
hand_over (SyFeed           *self,
           SyFeedState      *state,
           gboolean          is_known,
           const SyFeedItem *items,
           guint             n_items)
{
  g_mutex_lock (&self->lock);

  if (self->closed)
    {
      for (guint i = 0; i < n_items; i++)
        clear_item ((gpointer) &items[i]);
      clear_state (state);
    }
  else
    {
      if (is_known)
        {
          clear_state (&self->state);
          self->state = *state;
        }
      self->state.n_processes = state->n_processes;
      for (guint i = 0; i < n_items; i++)
        enqueue (self, &items[i]);
    }

  g_mutex_unlock (&self->lock);
}

/* What a Prometheus server said: one reading, or those of the past. */
static void
take_answer (SyFeed         *self,
             const SyScrape *scrape)
{
  g_autoptr (GArray) readings = g_array_new (FALSE, FALSE, sizeof (SyReading));
  g_autofree SyFeedItem *items = NULL;
  SyFeedState state = { .format = SY_FORMAT_PROMETHEUS, .n_processes = 1 };

  if (self->prom_reader == NULL || !sy_prom_reader_read (self->prom_reader, scrape, readings, &state.mapping))
    return;

  /* What is misread in scrapes is the server's to have avoided. */
  state.traps = g_ptr_array_ref (sy_trap_watch_get (self->traps));
  items = g_new0 (SyFeedItem, readings->len);
  for (guint i = 0; i < readings->len; i++)
    {
      items[i].reading = g_array_index (readings, SyReading, i);
      if (items[i].reading.gap == SY_GAP_DOWN)
        items[i].message = g_strdup ("the Prometheus server has no samples of this time");
    }

  hand_over (self, &state, TRUE, items, readings->len);
}

static void
take_exposition (SyFeed         *self,
                 const SyScrape *scrape)
{
  SyFeedItem item = { 0 };
  SyFeedState state = { 0 };

  follow_owner (self);
  sy_signal_reader_read (self->reader, scrape->exposition, scrape->answered_us, scrape->wall_us, &item.reading);
  fill_state (self, scrape, &item.reading, &state);
  state.n_processes = sy_signal_reader_get_n_processes (self->reader);

  hand_over (self, &state, TRUE, &item, 1);
}

static void
take_error (SyFeed         *self,
            const SyScrape *scrape)
{
  SyFeedItem item = { 0 };
  SyFeedState state = { 0 };

  sy_signal_reader_miss (self->reader, gap_of_error (scrape->error), scrape->monotonic_us, scrape->wall_us, &item.reading);
  item.message = g_strdup (scrape->error->message);
  state.n_processes = self->prom_reader != NULL ? 1 : sy_signal_reader_get_n_processes (self->reader);

  hand_over (self, &state, FALSE, &item, 1);
}

void
sy_feed_set_prom_reader (SyFeed       *self,
                         SyPromReader *reader)
{
  self->prom_reader = sy_prom_reader_ref (reader);
}

static void
take (SyFeed         *self,
      const SyScrape *scrape)
{
  const gboolean was_missing = self->is_missing;

  self->is_missing = scrape->error != NULL;
  if (scrape->answer == NULL)
    record (self, scrape);

  if (scrape->answer != NULL)
    take_answer (self, scrape);
  else if (scrape->exposition != NULL)
    take_exposition (self, scrape);
  /* What a Prometheus server was not asked in time it can still tell later:
   * only where the gap begins is history already. */
  else if (self->prom_reader == NULL || !was_missing)
    take_error (self, scrape);
}

/* From the last answer until @scrape; a Prometheus server tells of that time itself. */
static void
take_sleep (SyFeed         *self,
            const SyScrape *scrape)
{
  const gint64 slept_us = sy_clock_get_slept (self->clock);
  g_autoptr (SyScrape) gap = NULL;

  if (slept_us - self->slept_us < SHORTEST_SLEEP_US)
    return;

  self->slept_us = slept_us;
  if (self->prom_reader != NULL || self->answered_us == G_MININT64 || scrape->monotonic_us <= self->answered_us)
    return;

  gap = sy_scrape_new ();
  gap->monotonic_us = gap->answered_us = self->answered_us + 1;
  gap->wall_us = scrape->wall_us - (scrape->monotonic_us - gap->monotonic_us);
  gap->error = g_error_new_literal (SY_ERROR, SY_ERROR_SUSPENDED, "this machine was asleep");
  take (self, gap);
}

void
sy_feed_scrape (const SyScrape *scrape,
                gpointer        feed)
{
  SyFeed *self = feed;

  take_sleep (self, scrape);
  take (self, scrape);
  self->answered_us = scrape->monotonic_us + MAX (scrape->duration_us, 0);
}

void
sy_feed_set_overrides (SyFeed      *self,
                       SyOverrides *overrides)
{
  if (self->prom_reader != NULL)
    sy_prom_reader_set_overrides (self->prom_reader, overrides);

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->overrides, sy_overrides_unref);
  self->overrides = overrides != NULL ? sy_overrides_ref (overrides) : NULL;
  g_mutex_unlock (&self->lock);
}

void
sy_feed_set_rate_window (SyFeed *self,
                         gint64  window_us)
{
  g_mutex_lock (&self->lock);
  self->rate_us = window_us;
  g_mutex_unlock (&self->lock);
}

void
sy_feed_set_recorder (SyFeed     *self,
                      SyRecorder *recorder,
                      guint       target)
{
  g_mutex_lock (&self->lock);
  g_set_object (&self->recorder, recorder);
  self->target = target;
  g_mutex_unlock (&self->lock);
}

guint
sy_feed_get_n_waiting (SyFeed *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->waiting->len;
  g_mutex_unlock (&self->lock);

  return n;
}

void
sy_feed_close (SyFeed *self)
{
  g_mutex_lock (&self->lock);
  self->closed = TRUE;
  g_mutex_unlock (&self->lock);

  g_source_destroy (self->timer);
}
