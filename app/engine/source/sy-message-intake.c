/* sy-message-intake.c: messages of a stream, read as scrapes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-message-intake.h"

#include "sy-error.h"
#include "sy-http-error.h"
#include "sy-stream-message.h"

/* At the beginning of a connection: what a ring of the past holds comes in less. */
#define FIRST_SLOT_US (SY_USEC_PER_SEC / 4)

/* After a message that says nothing: it is no use to look at all of them. */
#define BAD_SLOT_US SY_USEC_PER_SEC

#define HEALTHY_US (60 * SY_USEC_PER_SEC)

const SyStreamLimits SY_STREAM_LIMITS_DEFAULT = {
  .head_us = 10 * SY_USEC_PER_SEC,
  .silence_us = 45 * SY_USEC_PER_SEC,
  .ping_us = 20 * SY_USEC_PER_SEC,
  .slot_us = 20 * SY_USEC_PER_MSEC,
  .max_messages = 200,
  .max_bytes = 20 * 1000 * 1000,
  .flood_seconds = 10,
  .max_message = 1024 * 1024,
  .exposition = {
    .max_line = 64 * 1024,
    .max_samples = 20000,
    .max_labels = 64,
    .max_name = 1024,
    .max_value = 2048,
  },
};

struct _SyMessageIntake
{
  SyWorker       *worker; /* (borrowed): it outlives this */
  SyClock        *clock;  /* (borrowed): the worker's */
  SyStreamLimits  limits;

  GSource        *timer;  /* (owned): when the slot ends */
  GString        *waiting; /* (owned): the last message of this slot */
  gboolean        has_waiting;
  gint64          arrived_us;     /* of the one that waits; monotonic */
  gint64          arrived_wall_us;
  gint64          next_slot_us;
  guint           n_skipped;      /* since the last that was read */
  gsize           wire_bytes;     /* likewise */

  gint64          connected_us;
  gint64          second_us;      /* begin of the second that is being counted */
  gsize           bytes_in_second;
  guint           messages_in_second;
  guint           n_flooded;      /* such seconds in a row */
  gboolean        said_bye;
};

static SyScrape *
new_scrape (SyMessageIntake *self,
            gint64           monotonic_us,
            gint64           wall_us)
{
  SyScrape *scrape = sy_scrape_new ();

  scrape->monotonic_us = monotonic_us;
  scrape->wall_us = wall_us;
  scrape->answered_us = monotonic_us;
  scrape->wire_bytes = self->wire_bytes;
  self->wire_bytes = 0;
  return scrape;
}

static SyExposition *
parse (SyMessageIntake  *self,
       GBytes           *body,
       GError          **error)
{
  SyUrl *url = sy_worker_get_url (self->worker);
  const SyFormat format = sy_exposition_detect (NULL, body);
  SyExposition *exposition;

  if (format == SY_FORMAT_AUTO)
    {
      g_propagate_error (error, sy_http_error_format (url, "a message", body));
      return NULL;
    }

  exposition = sy_exposition_parse (body, format, &self->limits.exposition, sy_worker_get_table (self->worker), error);
  if (exposition == NULL && error != NULL && g_error_matches (*error, SY_ERROR, SY_ERROR_FORMAT))
    g_prefix_error (error, "%s: ", sy_url_get_redacted (url));
  return exposition;
}

static void
read_waiting (SyMessageIntake *self)
{
  g_autoptr (SyScrape) scrape = new_scrape (self, self->arrived_us, self->arrived_wall_us);
  const guint n_skipped = self->n_skipped;

  self->has_waiting = FALSE;
  self->n_skipped = 0;

  /* Servers echo requests. */
  sy_access_mask (sy_worker_get_access (self->worker), self->waiting->str, self->waiting->len);
  scrape->body = g_bytes_new (self->waiting->str, self->waiting->len);
  scrape->body_bytes = self->waiting->len;
  scrape->exposition = parse (self, scrape->body, &scrape->error);
  scrape->duration_us = sy_clock_get_monotonic (self->clock) - scrape->monotonic_us;
  self->next_slot_us = sy_clock_get_monotonic (self->clock)
                       + (scrape->error != NULL ? BAD_SLOT_US : self->limits.slot_us);

  sy_worker_deliver (self->worker, scrape, n_skipped);
}

static gboolean
slot_cb (gpointer user_data)
{
  SyMessageIntake *self = user_data;

  sy_clock_timer_set_due (self->timer, G_MAXINT64);
  if (self->has_waiting)
    read_waiting (self);

  return G_SOURCE_CONTINUE;
}

void
sy_message_intake_begin (SyMessageIntake *self)
{
  const gint64 now_us = sy_clock_get_monotonic (self->clock);

  self->has_waiting = FALSE;
  self->said_bye = FALSE;
  self->connected_us = now_us;
  self->second_us = now_us;
  self->bytes_in_second = 0;
  self->messages_in_second = 0;
  self->n_flooded = 0;
  self->next_slot_us = now_us + FIRST_SLOT_US;
}

gboolean
sy_message_intake_count (SyMessageIntake  *self,
                         gsize             wire_bytes,
                         GError          **error)
{
  const gint64 now_us = sy_clock_get_monotonic (self->clock);

  self->wire_bytes += wire_bytes;
  self->bytes_in_second += wire_bytes;
  if (now_us - self->second_us < SY_USEC_PER_SEC)
    return TRUE;

  if (self->bytes_in_second > self->limits.max_bytes || self->messages_in_second > self->limits.max_messages)
    self->n_flooded++;
  else
    self->n_flooded = 0;
  self->second_us = now_us;
  self->bytes_in_second = 0;
  self->messages_in_second = 0;

  if (self->n_flooded < self->limits.flood_seconds)
    return TRUE;

  g_set_error (error, SY_ERROR, SY_ERROR_FLOOD,
               "more than %u messages or %" G_GSIZE_FORMAT " bytes a second for %u s: ask for a longer interval",
               self->limits.max_messages, self->limits.max_bytes, self->limits.flood_seconds);
  return FALSE;
}

void
sy_message_intake_push (SyMessageIntake *self,
                        const char      *name,
                        const char      *data,
                        gsize            length)
{
  const SyStreamMessageKind kind = sy_stream_message_classify (name, data, length);
  gint64 now_us;

  self->messages_in_second++;
  if (kind == SY_STREAM_MESSAGE_BYE)
    self->said_bye = TRUE;
  if (kind != SY_STREAM_MESSAGE_METRICS || length == 0)
    return;

  if (self->has_waiting)
    self->n_skipped++;

  g_string_truncate (self->waiting, 0);
  g_string_append_len (self->waiting, data, (gssize) length);
  now_us = sy_clock_get_monotonic (self->clock);
  self->arrived_us = now_us;
  self->arrived_wall_us = sy_clock_get_wall (self->clock);

  if (now_us >= self->next_slot_us)
    read_waiting (self);
  else if (!self->has_waiting)
    {
      self->has_waiting = TRUE;
      sy_clock_timer_set_due (self->timer, self->next_slot_us);
    }
}

SyScrape *
sy_message_intake_end (SyMessageIntake *self,
                       GError          *error)
{
  SyScrape *scrape;

  sy_clock_timer_set_due (self->timer, G_MAXINT64);
  if (self->has_waiting)
    read_waiting (self);

  scrape = new_scrape (self, sy_clock_get_monotonic (self->clock), sy_clock_get_wall (self->clock));
  if (self->said_bye && (g_error_matches (error, SY_ERROR, SY_ERROR_TRUNCATED)
                         || g_error_matches (error, SY_ERROR, SY_ERROR_RESET)))
    {
      scrape->error = g_error_new (SY_ERROR, error->code, "%s: the server said goodbye: it was stopped or restarts",
                                   sy_url_get_redacted (sy_worker_get_url (self->worker)));
      g_error_free (error);
    }
  else
    {
      scrape->error = error;
    }

  return scrape;
}

gboolean
sy_message_intake_is_healthy (SyMessageIntake *self)
{
  return sy_clock_get_monotonic (self->clock) - self->connected_us >= HEALTHY_US;
}

SyMessageIntake *
sy_message_intake_new (SyWorker             *worker,
                       const SyStreamLimits *limits)
{
  SyMessageIntake *self = g_new0 (SyMessageIntake, 1);

  self->worker = worker;
  self->clock = sy_worker_get_clock (worker);
  self->limits = *limits;
  self->waiting = g_string_new (NULL);

  self->timer = sy_clock_timer_new (self->clock, G_MAXINT64);
  g_source_set_callback (self->timer, slot_cb, self, NULL);
  g_source_set_static_name (self->timer, "SyMessageIntake slot");
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  return self;
}

void
sy_message_intake_free (SyMessageIntake *self)
{
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  g_string_free (self->waiting, TRUE);
  g_free (self);
}
