/* sy-prom-address.h: the address of a backend that a Prometheus server watches
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-url.h"

G_BEGIN_DECLS

/**
 * SyPromAddress:
 *
 * `prometheus+http://HOST:PORT/PREFIX?match={job="api"}`: the server, whatever
 * comes before its /api/v1 (Mimir: /prometheus; VictoriaMetrics:
 * /select/0/prometheus), and the labels of the backend's series. `org=TENANT`
 * is sent as X-Scope-OrgID. `prometheus+` may be left out, `match` says it.
 */
typedef struct {
  SyUrl *url;      /* owned: the whole, without prometheus+ */
  SyUrl *server;   /* owned: without the query */
  char  *matchers; /* owned: normalised */
  char  *tenant;   /* owned, nullable */
} SyPromAddress;

/* Whether @address is meant as one. */
gboolean       sy_prom_address_is    (const char *address);

/* Whether it says which series are meant. */
gboolean       sy_prom_address_has_selector (const char *address);

/* Errors: SY_ERROR_INVALID. (transfer full) */
SyPromAddress *sy_prom_address_parse (const char *address, GError **error);

/* The server that an address of any of its pages (or a bare host) names. Errors:
 * SY_ERROR_INVALID. (transfer full) */
SyUrl         *sy_prom_address_parse_server (const char *address, GError **error);

/* The tenant that the same kind of address names with `org`; NULL when none.
 * Errors: SY_ERROR_INVALID, when no header could carry it. */
gboolean       sy_prom_address_parse_tenant (const char *address, char **tenant, GError **error);
void           sy_prom_address_free  (SyPromAddress *self);

/* The address for the series with @matchers at @server. (transfer full) */
char          *sy_prom_address_build (SyUrl *server, const char *matchers, const char *tenant);

/* A name for people: the values of job and instance, else the matchers. (transfer full) */
char          *sy_prom_address_dup_name (const SyPromAddress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyPromAddress, sy_prom_address_free)

G_END_DECLS
