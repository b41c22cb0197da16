/* sy-url-host.h: one spelling for each host
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The canonical form of the host part of an authority (@text as typed, IPv6 in
 * brackets): lower-case punycode, dotted IPv4, or RFC 5952 IPv6 without
 * brackets, with its zone if it has one. Errors: SY_ERROR_INVALID.
 * Returns: (transfer full) (nullable) */
char     *sy_url_host_canonicalize (const char *text, GError **error);

/* For a canonical @host. */
gboolean  sy_url_host_is_loopback  (const char *host);

G_END_DECLS
