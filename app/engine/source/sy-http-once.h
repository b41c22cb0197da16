/* sy-http-once.h: one request of any kind on a worker of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-http-fetch.h"

G_BEGIN_DECLS

/* As sy_http_ask_async(); @message (nullable), which the caller must not touch
 * again, is asked instead of a GET, and @read (nullable) reads the body. End
 * with sy_http_fetch_finish(). */
void sy_http_once_async (const SyHttpQuestion *question, SoupMessage *message, SyHttpReadFunc read,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
