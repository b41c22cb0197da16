/* sy-probe-view.h: what was found at an address
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-probe.h"

G_BEGIN_DECLS

#define SY_TYPE_PROBE_VIEW (sy_probe_view_get_type ())
G_DECLARE_FINAL_TYPE (SyProbeView, sy_probe_view, SY, PROBE_VIEW, AdwBin)

/**
 * SyProbeView:
 *
 * Boxed lists: who answered (exporter, runtime, framework, format), each signal
 * of the Live page with the metric that gives it, or the word that it is missing
 * and what adds it, and the addresses that were asked. For a backend that pushes,
 * what its environment needs. Empty before the first probe.
 */

/* While the first push is waited for. @lines: NAME=VALUE each, NULL-terminated. */
void sy_probe_view_set_waiting (SyProbeView *self, const char *const *lines);

/* Shows @probe; when it failed, only what was asked. */
void sy_probe_view_set_probe (SyProbeView *self, const SyProbe *probe);

G_END_DECLS
