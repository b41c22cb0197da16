/* sy-feed.h: carries readings from a source's worker to the owner's thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-clock.h"
#include "sy-prom-reader.h"
#include "sy-reading.h"
#include "sy-recorder.h"
#include "sy-scrape.h"
#include "sy-trap-pair.h"

G_BEGIN_DECLS

typedef struct {
  SyReading  reading;
  char      *message; /* owned, nullable: why there is a gap, in words */
} SyFeedItem;

/* What the worker knows of the target as a whole after its last scrape. */
typedef struct {
  SyMapping *mapping;     /* borrowed, nullable: take a reference to keep it */
  SyBuckets *durations;   /* borrowed, nullable */
  GPtrArray *traps;       /* borrowed, nullable, element-type SyTrap: never changed, take a reference */
  SyTotals   totals;
  SyExposition *exposition; /* borrowed, nullable: the last one, take a reference to keep it */
  const char *served_by;  /* borrowed, nullable: what the last answer says of that, "gunicorn" */
  SyFormat   format;
  guint      n_processes;
} SyFeedState;

/* On the owner's context, at most ten times a second. @items (element-type
 * SyFeedItem) is at least one item, oldest first, valid during the call. */
typedef void (*SyFeedFunc) (const GArray *items, const SyFeedState *state, gpointer user_data);

/* Readings that wait at most. */
#define SY_FEED_MAX_WAITING 4096

/**
 * SyFeed:
 *
 * Reads each scrape where it arrives (on the worker: extracting signals from a
 * large target is no work for the GTK thread) and delivers the small results
 * in batches to the thread-default context that it was made in.
 *
 * Bounded: while nobody collects, the oldest readings beyond 4 096 are dropped
 * and the first that is delivered next says so by an OVERRUN gap.
 * Reference-counted atomically; one reference is the worker's.
 */
typedef struct _SyFeed SyFeed;

SyFeed *sy_feed_new    (SyRecogniser *recogniser, SyClock *clock, SyFeedFunc func, gpointer user_data);
SyFeed *sy_feed_ref    (SyFeed *self);
void    sy_feed_unref  (SyFeed *self);

/* What a person has decided (nullable), from the next scrape on. Owner's thread. */
void    sy_feed_set_overrides (SyFeed *self, SyOverrides *overrides);

/* Rates of scrapes are over @window_us from the next scrape on; a Prometheus server's
 * have their own. */
void    sy_feed_set_rate_window (SyFeed *self, gint64 window_us);

/* Scrapes that hold answers of a Prometheus server are read by @reader. Before
 * the first scrape. */
void    sy_feed_set_prom_reader (SyFeed *self, SyPromReader *reader);
/* Every answer from the next one on is recorded too, as @target; NULL: no more. */
void    sy_feed_set_recorder  (SyFeed *self, SyRecorder *recorder, guint target);

/* A SyScrapeFunc with the feed as user data. Worker only. */
void    sy_feed_scrape (const SyScrape *scrape, gpointer feed);

/* Readings that were handed over and not delivered yet. Any thread. */
guint   sy_feed_get_n_waiting (SyFeed *self);

/* No call of the function after this. Owner's thread only. */
void    sy_feed_close  (SyFeed *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyFeed, sy_feed_unref)

G_END_DECLS
