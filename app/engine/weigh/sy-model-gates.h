/* sy-model-gates.h: may this model, price or weight be used?
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-gate.h"
#include "sy-usl.h"

G_BEGIN_DECLS

#define SY_MAX_INCONSISTENCY 0.10
#define SY_MIN_MEASURED_SHARE 0.5
#define SY_MAX_PEAK_ERROR 0.10

/* R-EXTRAP: @load against SY_USL_EXTRAPOLATION times @max_measured. Refuses. */
SyGate *sy_gate_extrapolation (double load, double max_measured);

/* R-FIT: at least SY_USL_MIN_LOADS different loads, a peak inside, and an error
 * of the peak of at most SY_MAX_PEAK_ERROR of it. Refuses. */
SyGate *sy_gate_fit           (const SyUslFit *fit, guint n_loads);

/* R-PRICE-STALE: a notice; what rests on it is indicative. @what names the price,
 * which was read on @observed; it says since when that is too long ago. */
SyGate *sy_gate_price_age     (const char *what, const char *observed, gint64 wall_us);

/* R-FX: a price in @from, wanted in @to (ISO 4217). Refuses without a rate. */
SyGate *sy_gate_currency      (const char *from, const char *to, gboolean has_rate);

/* R-UNIT: @unit NULL or empty refuses. */
SyGate *sy_gate_unit          (const char *what, const char *unit);

/* R-DOUBLE: a factor among the costs and the scores as well refuses. Both lists
 * end with NULL. */
SyGate *sy_gate_double        (const char *const *monetised, const char *const *scored);

/* R-CR: Saaty's consistency ratio of pairwise comparisons. Refuses. */
SyGate *sy_gate_consistency   (double ratio);

/* R-NOWEIGHTS: a notice; only what holds for any weights is said. */
SyGate *sy_gate_weights       (guint n_stated);

/* N-JUDGED: a notice. @share of the weight rests on measurements. */
SyGate *sy_gate_judged        (double share);

G_END_DECLS
