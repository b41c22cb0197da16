/* sy-first-scrape.h: one answer of an address, however it speaks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-http-source.h"
#include "sy-source.h"

G_BEGIN_DECLS

/* For `inspect`, the add dialog and probes: asks an http address as
 * sy_http_ask_async() does; where the answer is a stream of events, or the
 * address is a WebSocket's, listens until the first message with metrics, or
 * the first failure. One deadline for each of the two. */
void      sy_first_scrape_async  (const SyHttpQuestion *question, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);

/* The same of a @source that is not started yet, and is stopped and let go
 * afterwards: its first scrape, good or bad, or that nothing came in @allowed_us.
 * Its access is left as it is. */
void      sy_first_scrape_listen_async (SySource *source, gint64 allowed_us, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);

/* As sy_http_fetch_finish(); @body is the message. */
SyScrape *sy_first_scrape_finish (GAsyncResult *result, GBytes **body, GError **error);

G_END_DECLS
