/* sy-url.h: addresses of backends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyUrl:
 *
 * A checked http, https, ws or wss address. Immutable, reference-counted atomically.
 * Refused, with what is wrong and what to write instead: other schemes, user
 * information (credentials have their own place), empty or malformed hosts,
 * control characters, blanks, backslashes, port 0, unusual spellings of an IPv4
 * address (127.1, 0x7f000001, 2130706433, ::ffff:127.0.0.1: the message says the
 * usual one), 0.0.0.0 and [::], more than 4096 bytes. Fragments are dropped;
 * what RFC 3986 does not allow in a path or query is percent-encoded.
 */
typedef struct _SyUrl SyUrl;

/* Parses what a person typed: a scheme may be missing (http is meant), so may
 * the path. Errors: SY_ERROR_INVALID. */
SyUrl       *sy_url_parse        (const char *text, GError **error);
SyUrl       *sy_url_ref          (SyUrl *self);
void         sy_url_unref        (SyUrl *self);

/* A copy of @self with another absolute path (and no query). */
SyUrl       *sy_url_with_path    (const SyUrl *self, const char *path);

/* What @reference (RFC 3986), found at @self, means. Errors as sy_url_parse(). */
SyUrl       *sy_url_resolve      (const SyUrl *self, const char *reference, GError **error);

const char  *sy_url_get_string   (const SyUrl *self); /* the whole, secrets included: only for the request itself */
const char  *sy_url_get_redacted (const SyUrl *self); /* for eyes, files and logs: secret query values are "•••" */
const char  *sy_url_get_origin   (const SyUrl *self); /* scheme://host:port, port always present */
const char  *sy_url_get_host     (const SyUrl *self); /* punycode, without brackets */
int          sy_url_get_port     (const SyUrl *self);
const char  *sy_url_get_path     (const SyUrl *self); /* "" when none was given */
gboolean     sy_url_is_https     (const SyUrl *self); /* or wss: nobody on the way can read it */
gboolean     sy_url_is_web_socket (const SyUrl *self); /* ws or wss */

/* TRUE for localhost, 127.0.0.0/8 and ::1, by name and number only. */
gboolean     sy_url_is_loopback  (const SyUrl *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyUrl, sy_url_unref)

G_END_DECLS
