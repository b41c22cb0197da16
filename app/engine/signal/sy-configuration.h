/* sy-configuration.h: how a backend runs, as far as it says so
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-recogniser.h"

G_BEGIN_DECLS

typedef enum {
  SY_GLOBAL_LOCK_UNKNOWN,
  SY_GLOBAL_LOCK_ON,
  SY_GLOBAL_LOCK_OFF, /* a build that has none, or one that runs without */
} SyGlobalLock;

/**
 * SyConfiguration:
 *
 * What a deployment is called by: the same language runs in many ways, and what
 * is compared is one of them. Text from outside; NULL, NAN and UNKNOWN are what
 * the backend does not say.
 */
typedef struct {
  char        *runtime;   /* owned, nullable: "Node.js", "CPython" */
  char        *version;   /* owned, nullable: "20.20.2" */
  char        *framework; /* owned, nullable: "express" */
  char        *model;     /* owned, nullable: "event-loop" */
  double       processes;
  double       threads;   /* that run handlers, in each process */
  SyGlobalLock global_lock;
} SyConfiguration;

/* Fills @self from what was recognised and from the metrics that tell versions:
 * `nodejs_version_info`, `python_info`, `go_info`, `jvm_runtime_info`, `jvm_info`,
 * `target_info` (process.runtime.* of OpenTelemetry), `steelyard_server_info`. Both
 * may be NULL. */
void sy_configuration_read  (SyConfiguration *self, const SyMapping *mapping, const SyExposition *exposition);
void sy_configuration_clear (SyConfiguration *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyConfiguration, sy_configuration_clear)

G_END_DECLS
