/* sy-event-feed.c: what a reference server streams as events
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-event-feed.h"

#include <string.h>

#include "sy-work.h"

typedef struct {
  SyEventStream      *stream;  /* borrowed: its timer owns us */
  SyReferenceSampler *sampler; /* borrowed */
} SampleFeed;

typedef struct {
  SyEventStream *stream; /* borrowed: its timer owns us */
  double         rate;
  char          *pad;    /* owned */
  gint64         begin_us;
  guint64        n_sent;
  guint32        checksum;
} NumberFeed;

gboolean
sy_event_feed_parse_id (const char *text,
                        const char *boot,
                        guint64    *seq)
{
  gsize n_boot = strlen (boot);

  return text != NULL
         && strncmp (text, boot, n_boot) == 0 && text[n_boot] == '-'
         && g_ascii_string_to_unsigned (text + n_boot + 1, 10, 0, G_MAXINT64, seq, NULL);
}

static char *
make_id (const SyReferenceSampler *sampler,
         guint64                   seq)
{
  return g_strdup_printf ("%s-%" G_GUINT64_FORMAT, sy_reference_sampler_get_identity (sampler)->boot, seq);
}

static gboolean
send_sample_cb (gpointer user_data)
{
  SampleFeed *feed = user_data;
  guint64 seq;
  g_autofree char *json = sy_reference_sampler_snapshot (feed->sampler, NULL, &seq);
  g_autofree char *id = make_id (feed->sampler, seq);

  sy_event_stream_send (feed->stream, "sample", id, json);

  return G_SOURCE_CONTINUE;
}

typedef struct {
  const SyReferenceSampler *sampler;
  GString                  *text;
} Replay;

static void
replay_cb (guint64     seq,
           const char *json,
           gpointer    user_data)
{
  Replay *replay = user_data;
  g_autofree char *id = make_id (replay->sampler, seq);

  g_string_append_printf (replay->text, "event: sample\nid: %s\ndata: %s\n\n", id, json);
}

/* The hello carries the number the client has, so that a client that loses the
 * connection while it is being caught up asks for the same again. The samples
 * go as one piece: they must not push themselves out of the queue. */
static void
send_past (SyEventStream      *stream,
           SyReferenceSampler *sampler,
           double              interval,
           const char         *last_event_id)
{
  const SyReferenceIdentity *identity = sy_reference_sampler_get_identity (sampler);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *hello = sy_reference_hello_to_json (identity, interval, SY_REFERENCE_HISTORY, NULL);
  g_autofree char *id = NULL;
  guint64 after;

  if (!sy_event_feed_parse_id (last_event_id, identity->boot, &after))
    after = sy_reference_sampler_get_seq (sampler);

  id = make_id (sampler, after);
  g_string_append_printf (text, "retry: 2000\n\nevent: hello\nid: %s\ndata: %s\n\n", id, hello);
  sy_reference_sampler_replay (sampler, after, replay_cb, &(Replay) { sampler, text });
  sy_event_stream_send_raw (stream, text->str);
}

void
sy_event_feed_samples (SyEventStream      *stream,
                       SyReferenceSampler *sampler,
                       double              interval_ms,
                       const char         *last_event_id)
{
  double interval = CLAMP (interval_ms / 1000, SY_FEED_INTERVAL_MIN, SY_FEED_INTERVAL_MAX);
  SampleFeed *feed = g_new0 (SampleFeed, 1);

  *feed = (SampleFeed) { .stream = stream, .sampler = sampler };
  send_past (stream, sampler, interval, last_event_id);
  sy_event_stream_every (stream, (guint) (interval * 1000 + 0.5), send_sample_cb, feed, g_free);
}

static void
number_feed_free (gpointer data)
{
  NumberFeed *feed = data;

  g_free (feed->pad);
  g_free (feed);
}

static gboolean
send_numbers_cb (gpointer user_data)
{
  NumberFeed *feed = user_data;
  double n_due = (double) (g_get_monotonic_time () - feed->begin_us) * 1e-6 * feed->rate;

  while ((double) feed->n_sent < n_due)
    {
      g_autofree char *json = NULL;
      g_autofree char *id = NULL;
      char now[G_ASCII_DTOSTR_BUF_SIZE];

      feed->checksum = sy_work_run (feed->checksum, feed->n_sent, 1);
      feed->n_sent++;

      g_ascii_formatd (now, sizeof now, "%.6f", (double) g_get_real_time () * 1e-6);
      id = g_strdup_printf ("%" G_GUINT64_FORMAT, feed->n_sent);
      json = g_strdup_printf ("{\"n\":%s,\"t\":%s,\"checksum\":\"%08x\",\"pad\":\"%s\"}",
                              id, now, feed->checksum, feed->pad);
      sy_event_stream_send (feed->stream, NULL, id, json);
    }

  return G_SOURCE_CONTINUE;
}

void
sy_event_feed_numbers (SyEventStream *stream,
                       double         rate,
                       gsize          n_bytes)
{
  NumberFeed *feed = g_new0 (NumberFeed, 1);

  feed->stream = stream;
  feed->rate = rate;
  feed->pad = g_strnfill (n_bytes, '.');
  feed->begin_us = g_get_monotonic_time ();
  feed->checksum = SY_WORK_CHECKSUM_START;
  sy_event_stream_every (stream, (guint) MAX (1, 1000 / rate), send_numbers_cb, feed, number_feed_free);
}
