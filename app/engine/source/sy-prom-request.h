/* sy-prom-request.h: requests of the Prometheus HTTP API
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "sy-access.h"
#include "sy-scrape.h"
#include "sy-url.h"

G_BEGIN_DECLS

/* @path below /api/v1/ of @server with the parameters @form (already encoded,
 * "" for none): in the address while that stays short, else in the body of a
 * POST. @deadline_us (from now) is told to the server. (transfer full) */
SoupMessage *sy_prom_request_new     (SyUrl *server, const char *path, const char *form, const char *tenant,
                                      const SyAccess *access, gint64 deadline_us);

/* Appends NAME=VALUE, encoded, and an & before it where one belongs. */
void         sy_prom_request_add     (GString *form, const char *name, const char *value);

/* A SyHttpReadFunc: fills the scrape's answer. */
gboolean     sy_prom_request_read    (GBytes *body, SyScrape *scrape, GError **error);

G_END_DECLS
