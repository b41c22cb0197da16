/* sy-source-private.h: what kinds of sources need of their parent
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-source.h"

G_BEGIN_DECLS

/**
 * SyScrapeSink:
 *
 * Where workers put their scrapes. Only the worker that claimed it last is
 * heard: one that was stopped or given up may come back late, and two must
 * never be in the owner's function at a time. Reference-counted atomically;
 * safe from any thread.
 */
typedef struct _SyScrapeSink SyScrapeSink;

SyScrapeSink *sy_scrape_sink_new     (SyScrapeFunc func, gpointer user_data, GDestroyNotify destroy);
SyScrapeSink *sy_scrape_sink_ref     (SyScrapeSink *self);
void          sy_scrape_sink_unref   (SyScrapeSink *self);

/* A claim to deliver with; earlier ones are void from now on. */
guint         sy_scrape_sink_claim   (SyScrapeSink *self);
void          sy_scrape_sink_deliver (SyScrapeSink *self, guint claim, const SyScrape *scrape);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyScrapeSink, sy_scrape_sink_unref)

/* What a source shows of itself; @error is owned by whoever holds the value. */
typedef struct {
  SySourceState state;
  GError       *error;
  gint64        failing_since_us; /* wall */
  gint64        next_try_us;
  gint64        last_success_us;
  guint64       n_scrapes;
  guint64       n_failures;
  guint64       wire_bytes;
  guint64       n_skipped;
  guint         n_samples;
  guint64       total_samples;
  gint64        worker_cpu_us;
  gint64        interval_us;     /* its own, 0: that which it was told */
  char         *warning;         /* owned likewise, nullable */
} SySourceStatus;

void          sy_source_status_copy  (const SySourceStatus *from, SySourceStatus *to);
void          sy_source_status_clear (SySourceStatus *status);

/* For subclasses, on the owner's thread. */
SyScrapeSink *sy_source_get_sink     (SySource *self); /* (transfer none) */
void          sy_source_set_status   (SySource *self, const SySourceStatus *status);

G_END_DECLS
