/* sy-source.h: a live connection to one backend
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-access.h"
#include "sy-clock.h"
#include "sy-scrape.h"
#include "sy-url.h"

G_BEGIN_DECLS

typedef enum {
  SY_SOURCE_STOPPED,
  SY_SOURCE_CONNECTING, /* nothing received yet */
  SY_SOURCE_LIVE,       /* the last scrape was good */
  SY_SOURCE_RETRYING,   /* the last scrape failed; next-try says when */
  SY_SOURCE_BLOCKED,    /* will not get better by itself (401, 403, TLS): waits for a person */
  SY_SOURCE_STUCK,      /* its thread does not answer */
} SySourceState;

GType       sy_source_state_get_type (void);
#define SY_TYPE_SOURCE_STATE (sy_source_state_get_type ())
const char *sy_source_state_nick (SySourceState state); /* "stopped", "connecting", "live", … */

/* Called on the source's worker thread, once for every scrape, good or bad, in
 * order and never two at a time. */
typedef void (*SyScrapeFunc) (const SyScrape *scrape, gpointer user_data);

#define SY_TYPE_SOURCE (sy_source_get_type ())
G_DECLARE_DERIVABLE_TYPE (SySource, sy_source, SY, SOURCE, GObject)

/**
 * SySource:
 *
 * An object that asks or listens for ever and reports through properties, all
 * of which are read and notified on the thread that made it (the GTK thread);
 * the network and the parser live on a worker thread of its own.
 *
 * Properties (read-only unless said): state, error (GError, nullable: why the
 * last scrape failed), failing-since (wall us, 0: not failing), next-try
 * (monotonic us, 0: none), last-success (monotonic us, 0: never), n-scrapes,
 * n-failures, n-skipped (messages of a stream that came faster than anybody can
 * look and were left unread), wire-bytes, n-samples (of the last scrape),
 * total-samples (of all), worker-cpu-us (what the worker has cost), interval-us
 * (read-write; of what pushes, its own as soon as it is known), access (read-write).
 * What a sample costs is worker-cpu-us by total-samples.
 *
 * Life: made stopped; start; stop; may start again. Dispose stops and joins
 * within two seconds whatever the peer does.
 */
struct _SySourceClass {
  GObjectClass parent_class;

  void (*start)      (SySource *self);
  void (*stop)       (SySource *self);
  void (*retry_now)  (SySource *self);

  gpointer padding[8];
};

/* @func must be set before the first start. @destroy runs on any thread, after
 * the last call. */
void           sy_source_set_scrape_func (SySource *self, SyScrapeFunc func, gpointer user_data, GDestroyNotify destroy);
void           sy_source_start           (SySource *self);
void           sy_source_stop            (SySource *self);

/* Forgets back-off and blocked state and asks at once; a stream is connected
 * anew, so not for one that is well. */
void           sy_source_retry_now       (SySource *self);

SyUrl         *sy_source_get_url         (SySource *self); /* (transfer none) */
SyClock       *sy_source_get_clock       (SySource *self); /* (transfer none) */
SySourceState  sy_source_get_state       (SySource *self);
const GError  *sy_source_get_error       (SySource *self); /* nullable */
gint64         sy_source_get_failing_since (SySource *self);
gint64         sy_source_get_next_try    (SySource *self);
gint64         sy_source_get_last_success (SySource *self);
guint64        sy_source_get_n_scrapes   (SySource *self);
guint64        sy_source_get_n_failures  (SySource *self);
guint64        sy_source_get_wire_bytes  (SySource *self);
guint          sy_source_get_n_samples   (SySource *self);
guint64        sy_source_get_n_skipped   (SySource *self);
guint64        sy_source_get_total_samples (SySource *self);
gint64         sy_source_get_worker_cpu  (SySource *self); /* us of one core, since the start */
const char    *sy_source_get_warning    (SySource *self); /* nullable: what the peer warns of though its answer was good; safe to show */
gint64         sy_source_get_interval    (SySource *self);
void           sy_source_set_interval    (SySource *self, gint64 interval_us); /* 100 ms … 1 h */

/* After this long, in microseconds, what was answered says nothing of now: half an
 * interval late, and a second more. */
gint64         sy_source_get_stale_time  (SySource *self);

/* How the server is asked and known; of another origin than the source's it
 * has no effect. A running source connects anew. NULL: no credential, the
 * system's authorities. */
SyAccess      *sy_source_get_access      (SySource *self); /* (transfer none) (nullable) */
void           sy_source_set_access      (SySource *self, SyAccess *access);

G_END_DECLS
