/* sy-event-feed.h: what a reference server streams as events
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-event-stream.h"
#include "sy-reference-sampler.h"

G_BEGIN_DECLS

/* Every interval a feed may have, s. */
#define SY_FEED_INTERVAL_MIN 0.1
#define SY_FEED_INTERVAL_MAX 60.0

/* /steelyard/v1/stream: a hello, then the samples after @last_event_id
 * ("BOOT-SEQ", nullable) as far as they are kept and of this boot, then a fresh
 * sample every @interval_ms (clamped). @sampler must outlive @stream. */
void     sy_event_feed_samples (SyEventStream      *stream,
                                SyReferenceSampler *sampler,
                                double              interval_ms,
                                const char         *last_event_id);

/* /stream/sse: @rate events/s (0.1…1000), numbered from 1, each with the checksum
 * of as many work steps and @n_bytes of padding. A late timer catches up. */
void     sy_event_feed_numbers (SyEventStream *stream,
                                double         rate,
                                gsize          n_bytes);

/* Reads "BOOT-SEQ". FALSE when it is not that, or not @boot. */
gboolean sy_event_feed_parse_id (const char *text, const char *boot, guint64 *seq);

G_END_DECLS
