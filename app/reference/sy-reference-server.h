/* sy-reference-server.h: a small server that does real work and says so
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  SY_REFERENCE_EVENT_LOOP,
  SY_REFERENCE_THREADS,
} SyReferenceKind;

typedef struct {
  SyReferenceKind kind;
  guint           port;               /* 0 picks a free one */
  guint           n_workers;          /* threads: 1 … SY_REFERENCE_MAX_WORKERS */
  guint           max_queued;         /* threads: requests that wait for a worker, >= 1 */
  gint64          switch_interval_us; /* threads: of the global lock, >= 1 */
} SyReferenceOptions;

#define SY_REFERENCE_MAX_WORKERS 512

/* An event loop on a free port; for threads 32 workers, 1024 queued, 5 ms. */
extern const SyReferenceOptions SY_REFERENCE_OPTIONS_DEFAULT;

#define SY_TYPE_REFERENCE_SERVER (sy_reference_server_get_type ())
G_DECLARE_FINAL_TYPE (SyReferenceServer, sy_reference_server, SY, REFERENCE_SERVER, GObject)

/**
 * SyReferenceServer:
 *
 * Listens on 127.0.0.1 from the moment it is made until it is shut down. It
 * answers /plain and /do/… by its concurrency model, and /healthz, /metrics
 * and /steelyard/… itself, ahead of all work in line. Duration and active
 * requests are counted for the former only, from the first byte read to the
 * last byte written: who observes a server is no part of its load.
 *
 * Belongs to one thread and its default main context, which must run.
 */

/* Calibrates work first (≈ 60 ms). Errors: SY_ERROR_FAILED. */
SyReferenceServer *sy_reference_server_new       (const SyReferenceOptions *options, GError **error);

guint              sy_reference_server_get_port  (SyReferenceServer *self);

/* Says goodbye to streams, closes everything. Called by dispose too. */
void               sy_reference_server_shut_down (SyReferenceServer *self);

G_END_DECLS
