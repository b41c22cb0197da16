/* sy-request-guard.h: which requests a reference server looks at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define SY_REQUEST_MAX_BYTES (16 * 1024)
#define SY_STATUS_HEAD_TOO_LARGE 431 /* RFC 6585; libsoup has no name for it */

/**
 * A reference server is for the person at this machine. A page in a browser
 * can make that browser send requests here, so the Host header must name the
 * loopback (a name that was re-bound to 127.0.0.1 does not), methods that change
 * things exist only for workloads, and no answer carries a CORS header.
 */

/* Whether @host is this server's own: 127.0.0.1, localhost or [::1] with @port. */
gboolean sy_request_guard_host  (const char *host, guint port);

/* Looks at the head of @message. Returns: 0 to go on, or the status to refuse
 * it with; then @reason is a sentence for the client: (out) (transfer none) */
guint    sy_request_guard_head  (SoupServerMessage  *message,
                                 guint               port,
                                 const char        **reason);

/* Bytes of the head of a request or an answer as they are on the wire, with
 * its first line. */
gsize    sy_request_head_bytes  (SoupMessageHeaders *headers, const char *method, GUri *uri);

G_END_DECLS
