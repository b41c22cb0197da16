/* sy-http-session.h: libsoup with what metrics do not need taken out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "sy-url.h"

G_BEGIN_DECLS

/* A session for one backend, for the thread-default context of this thread.
 * Never share it: a connection that was accepted for one purpose would be
 * reused for another. (transfer full) */
SoupSession *sy_http_session_new     (SyUrl *url);

/* A GET of @url that follows no redirect; @deadline_us (from now) is told to
 * the target. (transfer full) */
SoupMessage *sy_http_session_message (SyUrl *url, gint64 deadline_us);

G_END_DECLS
