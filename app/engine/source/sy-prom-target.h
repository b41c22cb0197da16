/* sy-prom-target.h: a backend as a Prometheus server knows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-clock.h"
#include "sy-prom-query.h"
#include "sy-url.h"

G_BEGIN_DECLS

/* What a server knows of the backend, for choosing what to ask. Borrowed. */
typedef struct {
  const SyPromAnswer *series;     /* vector: each of its series, now */
  const SyPromAnswer *metadata;   /* nullable: not every store has any */
  gint64              spacing_us; /* between two samples of a series */
} SyPromDiscovery;

/* Called on a worker, after a restart of it possibly on another. Returns:
 * (transfer full) (element-type SyPromQuery), at least one, or NULL with an
 * error that says what is missing. */
typedef GPtrArray *(*SyPromPlanFunc) (const SyPromDiscovery *found, gpointer user_data, GError **error);

/* Whether the plan would be another now, though the server has the same series.
 * Called on a worker before each question about now. */
typedef gboolean (*SyPromStaleFunc) (gpointer user_data);

/**
 * SyPromTarget:
 *
 * Immutable once filled, reference-counted atomically.
 */
typedef struct {
  SyUrl          *server;       /* owned: everything before /api/v1 */
  char           *matchers;     /* owned: as sy_prom_selector_normalise() returns them */
  char           *tenant;       /* owned, nullable: X-Scope-OrgID */
  gint64          past_us;      /* how much of the past to read first; 0: none */
  SyPromPlanFunc  plan;
  SyPromStaleFunc is_stale;     /* nullable */
  gpointer        plan_data;
  GDestroyNotify  plan_destroy; /* nullable; on any thread, after the last call */
} SyPromTarget;

SyPromTarget *sy_prom_target_new   (SyUrl *server, const char *matchers, const char *tenant);
SyPromTarget *sy_prom_target_ref   (SyPromTarget *self);
void          sy_prom_target_unref (SyPromTarget *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyPromTarget, sy_prom_target_unref)

G_END_DECLS
