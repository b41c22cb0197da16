/* sy-probe.h: what an address says before it is added
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-session.h"

G_BEGIN_DECLS

/* One address that was asked. */
typedef struct {
  char   *redacted;    /* owned; for eyes */
  gint64  duration_us;
  GError *error;       /* owned, nullable: it answered with metrics; SY_ERROR */
} SyProbeTry;

/**
 * SyProbe:
 *
 * The result of asking at an address: there, and where it says nothing that can
 * be read at the places where metrics usually are, one after the other, within
 * one deadline; for a backend that pushes, of listening until its first push, for
 * a little longer than a minute, which is what SDKs let pass between two. A plain value that its receiver owns. When @error is set none of
 * them could be read, the counts are 0 and there is no mapping.
 */
typedef struct {
  char      *address;    /* owned; the one that answered, to give to sy_session_add(): never to be shown */
  char      *redacted;   /* owned; for eyes */
  char      *format;     /* owned, nullable: "prometheus", "openmetrics", "json" */
  guint      n_families;
  guint      n_samples;
  gint64     duration_us;
  gboolean   is_plain_remote;   /* http to another machine: anybody on the way can read it */
  gboolean   is_prometheus_api; /* a Prometheus server, or one that speaks its API */
  SyMapping *mapping;    /* owned, nullable */
  char      *served_by;  /* owned, nullable: what the answer itself says of that, "gunicorn" */
  char     **lines;      /* owned, nullable: what the environment of a backend that pushes needs, NAME=VALUE each */
  GPtrArray *tries;      /* owned, element-type SyProbeTry: in the order they were made */
  GError    *error;      /* owned, nullable, SY_ERROR: of the address that was typed */
} SyProbe;

void     sy_probe_free             (SyProbe *self);

/* Asks with GET only: many exporters refuse HEAD. Errors of _finish:
 * SY_ERROR_INVALID for what is no address, SY_ERROR_CANCELLED. */
void     sy_session_probe_async    (SySession *self, const char *address, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
SyProbe *sy_session_probe_finish   (SySession *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyProbe, sy_probe_free)

G_END_DECLS
