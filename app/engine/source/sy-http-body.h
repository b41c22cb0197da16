/* sy-http-body.h: what an answer holds
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-http-fetch.h"

G_BEGIN_DECLS

/* The body of an answer as it came, to its end; all borrowed. */
typedef struct {
  const SyHttpJob  *job;
  SoupMessage      *message;
  const GByteArray *wire;
  const char       *content_type; /* nullable */
} SyHttpBody;

/* Unpacked, and without what it echoes of our credential. Errors: SY_ERROR_TRUNCATED
 * (less came than was announced), and those of sy_gunzip(). (transfer full) */
GBytes       *sy_http_body_decode (const SyHttpBody *self, GError **error);

/* Of @body, which that returned. An answer is whole when its framing says so
 * (Content-Length reached), or when the format does: libsoup 3.2 takes a chunked body
 * that breaks off for whole. Text that has neither and ends at the end of a line may
 * be cut there: then @ret_is_surely_whole is FALSE. Errors: SY_ERROR_FORMAT,
 * _TRUNCATED, and those of sy_exposition_parse(). (transfer full) */
SyExposition *sy_http_body_parse  (const SyHttpBody *self, GBytes *body, gboolean *ret_is_surely_whole, GError **error);

G_END_DECLS
