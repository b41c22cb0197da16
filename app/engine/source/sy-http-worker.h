/* sy-http-worker.h: the thread that polls one URL
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-http-source.h"
#include "sy-source-private.h"

G_BEGIN_DECLS

/* On the owner's context, at most ten times a second. */
typedef void (*SyHttpWorkerFunc) (const SySourceStatus *status, gpointer user_data);

typedef struct {
  SyUrl            *url;         /* borrowed for the call, as the rest */
  SyClock          *clock;
  SyScrapeSink     *sink;
  SyHttpLimits      limits;
  gint64            interval_us;
  SyHttpWorkerFunc  func;
  gpointer          user_data;
} SyHttpWorkerConfig;

/**
 * SyHttpWorker:
 *
 * A thread with its own main context, session and series table that asks, and
 * asks again, until it is stopped. All functions are the owner's; none of them
 * blocks but the wait. Reference-counted atomically: the thread holds one, so a
 * worker that does not come back can be let go.
 */
typedef struct _SyHttpWorker SyHttpWorker;

SyHttpWorker *sy_http_worker_start        (const SyHttpWorkerConfig *config);
SyHttpWorker *sy_http_worker_ref          (SyHttpWorker *self);
void          sy_http_worker_unref        (SyHttpWorker *self);

/* No status and no scrape after this; the thread ends when it can. */
void          sy_http_worker_stop         (SyHttpWorker *self);

/* Waits until the thread has ended; FALSE when that took longer. */
gboolean      sy_http_worker_wait         (SyHttpWorker *self, gint64 timeout_us);
void          sy_http_worker_retry_now    (SyHttpWorker *self);
void          sy_http_worker_set_interval (SyHttpWorker *self, gint64 interval_us);

/* For the supervisor: until when the request under way must be over (monotonic
 * us, 0: none is), and the two ways to end it from outside: politely, and by
 * shutting its socket down. */
gint64        sy_http_worker_get_deadline (SyHttpWorker *self);
void          sy_http_worker_cancel       (SyHttpWorker *self);
void          sy_http_worker_shut_down    (SyHttpWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyHttpWorker, sy_http_worker_unref)

G_END_DECLS
