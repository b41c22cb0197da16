/* sy-demo-control.h: the demo as the window sees it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-demo.h"

G_BEGIN_DECLS

#define SY_TYPE_DEMO_CONTROL (sy_demo_control_get_type ())
G_DECLARE_FINAL_TYPE (SyDemoControl, sy_demo_control, SY, DEMO_CONTROL, GObject)

typedef enum {
  SY_DEMO_IDLE,
  SY_DEMO_STARTING,
  SY_DEMO_RUNNING,
} SyDemoPhase;

/**
 * SyDemoControl:
 *
 * Starts, replaces and stops the one demo of a window. Signal "changed": the
 * phase is new. Signal "failed" (string): it could not start, or one of its
 * programs has ended by itself; the text is safe to show. Signal "loaded": one of
 * its loads has ended as planned.
 */
SyDemoControl *sy_demo_control_new       (SySession *session);
SyDemoPhase    sy_demo_control_get_phase (SyDemoControl *self);

/* The kind that runs or is being started. */
SyDemoKind     sy_demo_control_get_kind  (SyDemoControl *self);

/* Stops what runs, if anything, and starts @kind. */
void           sy_demo_control_start     (SyDemoControl *self, SyDemoKind kind);

/* Ends the servers and takes them out of the session; also ends a start. */
void           sy_demo_control_stop      (SyDemoControl *self);

/* FALSE ends the demo's load while another one has the servers to itself. */
void           sy_demo_control_set_loading (SyDemoControl *self, gboolean loading);

/* @backend is one of the servers that the demo loads. */
gboolean       sy_demo_control_loads     (SyDemoControl *self, SyBackend *backend);

/* What runs: NULL unless the phase is RUNNING. (transfer none) (nullable) */
SyDemo        *sy_demo_control_get_demo  (SyDemoControl *self);

/* Which servers @kind runs, translated, static: "two models in C". */
const char    *sy_demo_kind_get_title    (SyDemoKind kind);

G_END_DECLS
