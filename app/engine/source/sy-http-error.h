/* sy-http-error.h: what went wrong, where, and what to do, in a sentence
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "sy-error.h"
#include "sy-url.h"

G_BEGIN_DECLS

/* Translates what GIO, TLS or libsoup say of a request to @url. (transfer full) */
GError   *sy_http_error_translate (const GError *error, SyUrl *url);

/* Why an answer's head is not one that we read: its status, its lengths, its
 * encoding. FALSE sets @error. @max_bytes is the most a body may announce. */
gboolean  sy_http_error_check_head (SoupMessage *message, SyUrl *url, gsize max_bytes, GError **error);

/* Where a 3xx answer of @url points to; NULL, with what is wrong, when it points
 * nowhere we would go. (transfer full) */
SyUrl    *sy_http_error_redirect_target (SoupMessage *message, SyUrl *url, GError **error);

/* For a body that is none of the formats. (transfer full) */
GError   *sy_http_error_format    (SyUrl *url, const char *content_type, GBytes *body);

G_END_DECLS
