/* sy-assumption-parameter.h: every number that a decision can be asked with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-ownership-case.h"

G_BEGIN_DECLS

/* The inputs of ownership (sy_ownership_parameters()), and these:
 * slo_threshold, slo_share, budget, mvp_deadline, horizon, zones, spare,
 * min_nodes, autoscale (0 or 1), and for each side overload. @name as in
 * sy_ownership_parameter_find(). (transfer none) (nullable) */
const SyOwnershipParameter *sy_assumption_parameter_find    (const char *name);

/* Whether @value can be, however unlikely: finite, not below 0 where that means
 * nothing, not above 1 for a share. */
gboolean                    sy_assumption_parameter_allows  (const SyOwnershipParameter *self, double value);

G_END_DECLS
