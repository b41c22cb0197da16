/* sy-http-source.h: polls a URL
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-worker-source.h"

G_BEGIN_DECLS

#define SY_TYPE_HTTP_SOURCE (sy_http_source_get_type ())
G_DECLARE_FINAL_TYPE (SyHttpSource, sy_http_source, SY, HTTP_SOURCE, SyWorkerSource)

typedef struct {
  gint64             deadline_us;     /* whole scrape, from queueing; 0: min (0.9 interval, 10 s), at least 1 s */
  gsize              max_wire_bytes;  /* 8 MiB */
  gsize              max_body_bytes;  /* 32 MiB decoded */
  SyExpositionLimits exposition;
} SyHttpLimits;

extern const SyHttpLimits SY_HTTP_LIMITS_DEFAULT;

SySource *sy_http_source_new        (SyUrl *url, SyClock *clock, gint64 interval_us);
void      sy_http_source_set_limits (SyHttpSource *self, const SyHttpLimits *limits); /* before start */

typedef struct {
  SyUrl              *url;    /* borrowed for the call, as the rest */
  SyClock            *clock;
  const SyHttpLimits *limits; /* nullable: the usual ones */
  SyAccess           *access; /* nullable; must be for the url's origin */
} SyHttpQuestion;

/* One answer, for `inspect`, the add dialog and probes: same manners, same
 * limits, on a worker of its own. The scrape holds the error of the backend;
 * the GError of _finish is ours (cancelled). */
void      sy_http_fetch_async       (SyUrl *url, SyClock *clock, const SyHttpLimits *limits,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* As above, with a credential or a trust of one's own. */
void      sy_http_ask_async         (const SyHttpQuestion *question, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);

/* @body (out, optional, nullable, transfer full): the decoded bytes, also when
 * they could not be parsed. */
SyScrape *sy_http_fetch_finish      (GAsyncResult *result, GBytes **body, GError **error);

G_END_DECLS
