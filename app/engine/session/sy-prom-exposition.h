/* sy-prom-exposition.h: what a Prometheus server knows, as if it were scraped
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-exposition.h"
#include "sy-prom-answer.h"

G_BEGIN_DECLS

/* @series (a vector of the present) as an exposition, so that the recogniser
 * sees the same names and types as in a scrape. Types are those of @metadata
 * (nullable), else of the labels `le` and `quantile`; and where the server has
 * no metadata at all, of the suffix: `_total` is a counter, the rest gauges.
 * Errors: those of sy_exposition_parse(). (transfer full) */
SyExposition *sy_prom_exposition_new (const SyPromAnswer *series, const SyPromAnswer *metadata, GError **error);

G_END_DECLS
