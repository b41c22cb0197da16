/* sy-http-session.h: libsoup with what metrics do not need taken out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "sy-access.h"

G_BEGIN_DECLS

/* A session for one backend and one @access (nullable) to it, for the
 * thread-default context of this thread. Never share it: a connection that was
 * accepted for one purpose would be reused for another. (transfer full) */
SoupSession *sy_http_session_new     (SyUrl *url, const SyAccess *access);

/* A GET of @url that follows no redirect; @deadline_us (from now) is told to
 * the target. The credential of @access (nullable) goes along when it is for
 * @url's origin. (transfer full) */
SoupMessage *sy_http_session_message (SyUrl *url, const SyAccess *access, gint64 deadline_us);

/* Whether a credential went along with @message. */
gboolean     sy_http_session_has_credential (SoupMessage *message);

G_END_DECLS
