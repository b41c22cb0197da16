/* sy-otlp-address.h: the address of a backend that pushes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-url.h"

G_BEGIN_DECLS

/**
 * SyOtlpAddress:
 *
 * `otlp://127.0.0.1:4318/SERVICE`: Steelyard listens at this port of the
 * loopback, and the backend is what pushes there with that service.name. Without
 * SERVICE it is whatever pushes, as long as it is one service. `?instance=ID` is
 * one process of it, by service.instance.id; without a port it is 4318. Kept and
 * shown as where the backend pushes to: `http://127.0.0.1:4318/v1/metrics?service=SERVICE`,
 * which is understood, too.
 */
typedef struct {
  SyUrl *url;      /* owned: where the backend pushes to, with who is meant */
  char  *service;  /* owned, nullable: any */
  char  *instance; /* owned, nullable: all of it together */
} SyOtlpAddress;

/* Whether @address is meant as one. */
gboolean       sy_otlp_address_is        (const char *address);

/* Errors: SY_ERROR_INVALID. (transfer full) */
SyOtlpAddress *sy_otlp_address_parse     (const char *address, GError **error);
void           sy_otlp_address_free      (SyOtlpAddress *self);

/* A name for people: the service, or the port. (transfer full) */
char          *sy_otlp_address_dup_name  (const SyOtlpAddress *self);

/* What the backend's environment needs, one NAME=VALUE a line. (transfer full) */
char         **sy_otlp_address_dup_lines (const SyOtlpAddress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyOtlpAddress, sy_otlp_address_free)

G_END_DECLS
