/* sy-sse-source.h: listens to server-sent events
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-stream-limits.h"
#include "sy-worker-source.h"

G_BEGIN_DECLS

#define SY_TYPE_SSE_SOURCE (sy_sse_source_get_type ())
G_DECLARE_FINAL_TYPE (SySseSource, sy_sse_source, SY, SSE_SOURCE, SyWorkerSource)

/**
 * SySseSource:
 *
 * Events that are snapshots or expositions are scrapes; others are signs of
 * life. The connection is made again after it ended (Last-Event-ID, the
 * server's `retry` between 0.5 s and 60 s as the begin of back-off), was silent
 * for long, or sent more than anybody can read. An answer of 204 asks not to be
 * connected again: that, a redirect and what needs a credential block the
 * source until a person retries.
 */
SySource *sy_sse_source_new        (SyUrl *url, SyClock *clock);
void      sy_sse_source_set_limits (SySseSource *self, const SyStreamLimits *limits); /* before start */

G_END_DECLS
