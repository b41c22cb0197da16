/* sy-worker.h: the thread behind a source
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "sy-source-private.h"
#include "sy-worker-source.h"

G_BEGIN_DECLS

/**
 * SyWorker:
 *
 * A thread with its own main context, session and series table that asks, and
 * asks again, until it is stopped. How it asks is its kind. Reference-counted
 * atomically: the thread holds one, so a worker that does not come back can be
 * let go.
 */
typedef struct _SyWorker SyWorker;

/* What one kind of source does. All of it runs on the worker's thread. */
struct _SyWorkerKind {
  const char *thread_name;

  /* Begins a request or a connection. It ends by one sy_worker_end(), later. */
  void      (*ask)  (SyWorker *worker, gpointer job);
  void      (*free) (gpointer job);
  gboolean    is_stream; /* what began goes on until something goes wrong */
};

/* On the owner's context, at most ten times a second. */
typedef void (*SyWorkerFunc) (const SySourceStatus *status, gpointer user_data);

typedef struct {
  const SyWorkerKind *kind;
  gpointer            job;         /* (transfer full): the kind's own */
  SyUrl              *url;         /* borrowed for the call, as the rest */
  SyClock            *clock;
  SyScrapeSink       *sink;
  gint64              interval_us;
  SyAccess           *access;      /* nullable */
  SyWorkerFunc        func;
  gpointer            user_data;
} SyWorkerConfig;

/* For the owner. None of these blocks but the wait. */
SyWorker      *sy_worker_start        (const SyWorkerConfig *config);
SyWorker      *sy_worker_ref          (SyWorker *self);
void           sy_worker_unref        (SyWorker *self);

/* No status and no scrape after this; the thread ends when it can. */
void           sy_worker_stop         (SyWorker *self);

/* Waits until the thread has ended; FALSE when that took longer. */
gboolean       sy_worker_wait         (SyWorker *self, gint64 timeout_us);

/* Asks at once. A stream is connected anew, without a failure: it may be silent,
 * and would say for long that all is well. A poll under way is waited for. */
void           sy_worker_retry_now    (SyWorker *self);
void           sy_worker_set_interval (SyWorker *self, gint64 interval_us);

/* For the supervisor: until when the thread must show up (monotonic us, 0: it
 * waits for its tick), and the two ways to end what it does from outside:
 * politely, and by shutting its socket down. */
gint64         sy_worker_get_deadline (SyWorker *self);
void           sy_worker_cancel       (SyWorker *self);
void           sy_worker_shut_down    (SyWorker *self);

/* For the kind, on the worker's thread. (transfer none) */
SyUrl         *sy_worker_get_url      (SyWorker *self);
SyClock       *sy_worker_get_clock    (SyWorker *self);
SyAccess      *sy_worker_get_access   (SyWorker *self); /* nullable */
SoupSession   *sy_worker_get_session  (SyWorker *self);
SySeriesTable *sy_worker_get_table    (SyWorker *self); /* may change with each scrape */
gint64         sy_worker_get_interval (SyWorker *self);

/* A cancellable for what begins now, and by when it is over. (transfer none) */
GCancellable  *sy_worker_begin        (SyWorker *self, gint64 deadline_us);
void           sy_worker_set_deadline (SyWorker *self, gint64 deadline_us);
void           sy_worker_set_socket   (SyWorker *self, GSocket *socket);

/* What the peer warns of (nullable, safe to show), with the next scrape. */
void           sy_worker_set_warning  (SyWorker *self, const char *warning);

/* How often the peer speaks by itself (0: not known), with the next scrape. */
void           sy_worker_set_own_interval (SyWorker *self, gint64 interval_us);

/* One scrape of a connection that goes on. @n_skipped: messages since the last
 * that were not read, since more came than anybody can look at. */
void           sy_worker_deliver      (SyWorker *self, const SyScrape *scrape, guint n_skipped);

typedef enum {
  SY_WORKER_NEXT_TICK, /* it went well */
  SY_WORKER_BACK_OFF,
  SY_WORKER_BLOCKED,   /* asking again will not help until a person has done something */
} SyWorkerNext;

typedef struct {
  const SyScrape *scrape;         /* what it ended with */
  SyWorkerNext    next;
  gint64          wait_us;        /* what back-off begins from; 0: the interval */
  gint64          retry_after_us; /* not before; 0: the server asked for nothing */
  gboolean        was_healthy;    /* for so long that earlier failures are forgotten */
} SyWorkerEnd;

void           sy_worker_end          (SyWorker *self, const SyWorkerEnd *end);

/* Instead of an end: what was asked turned out to want another kind of asking,
 * which begins at once. @job: (transfer full) */
void           sy_worker_become       (SyWorker *self, const SyWorkerKind *kind, gpointer job);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyWorker, sy_worker_unref)

G_END_DECLS
