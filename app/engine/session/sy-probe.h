/* sy-probe.h: what an address says before it is added
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-session.h"

G_BEGIN_DECLS

/**
 * SyProbe:
 *
 * The result of asking an address once; where only a host was typed, its
 * /metrics. A plain value that its receiver owns. When @error is set the
 * address could not be read, the counts are 0 and there is no mapping.
 */
typedef struct {
  char      *address;    /* owned; the one that answered, to give to sy_session_add(): never to be shown */
  char      *redacted;   /* owned; for eyes */
  char      *format;     /* owned, nullable: "prometheus", "openmetrics", "json" */
  guint      n_families;
  guint      n_samples;
  gint64     duration_us;
  gboolean   is_plain_remote; /* http to another machine: anybody on the way can read it */
  SyMapping *mapping;    /* owned, nullable */
  GError    *error;      /* owned, nullable, SY_ERROR */
} SyProbe;

void     sy_probe_free             (SyProbe *self);

/* Errors of _finish: SY_ERROR_INVALID for what is no address, SY_ERROR_CANCELLED. */
void     sy_session_probe_async    (SySession *self, const char *address, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
SyProbe *sy_session_probe_finish   (SySession *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyProbe, sy_probe_free)

G_END_DECLS
