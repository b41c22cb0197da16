/* sy-otlp-request.h: one push of OpenTelemetry metrics
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-otlp-point.h"

G_BEGIN_DECLS

/* Of a request's JSON, unpacked. */
#define SY_OTLP_MAX_BYTES (4 * 1024 * 1024)

/**
 * SyOtlpRequest:
 *
 * An ExportMetricsServiceRequest of OTLP 1.x in its JSON encoding: gauges, sums,
 * histograms, exponential histograms and summaries. Unknown members are skipped,
 * exemplars are not read, points that say "no value was recorded" are left out.
 * Immutable, reference-counted atomically. Names of attributes are written as
 * Prometheus writes labels (`http.route` is `http_route`); those of metrics stay.
 *
 * Points that are wrong in themselves are rejected one by one, as the protocol
 * wants it, and the rest is taken: sums and histograms of untold temporality,
 * deltas of a sum that may fall (they say nothing of its level), buckets that do
 * not fit their bounds, too many or too long labels.
 */
typedef struct _SyOtlpRequest SyOtlpRequest;

/* @limits may be NULL for the default. Errors: SY_ERROR_PARSE for what is not
 * JSON or not of the protocol's shape, SY_ERROR_SAMPLE_LIMIT for more points than
 * samples are allowed; their messages begin with "LINE:COLUMN: " and name the
 * path of the member ("resourceMetrics[0].scopeMetrics[1].metrics[3]"). */
SyOtlpRequest        *sy_otlp_request_parse         (GBytes                    *body,
                                                     const SyExpositionLimits  *limits,
                                                     GError                   **error);
SyOtlpRequest        *sy_otlp_request_ref           (SyOtlpRequest *self);
void                  sy_otlp_request_unref         (SyOtlpRequest *self);

const SyOtlpResource *sy_otlp_request_get_resources (const SyOtlpRequest *self, guint *n_resources);
guint                 sy_otlp_request_get_n_points  (const SyOtlpRequest *self); /* without the rejected */

/* @why (nullable): path and reason of the first. */
guint                 sy_otlp_request_get_n_rejected (const SyOtlpRequest *self, const char **why);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyOtlpRequest, sy_otlp_request_unref)

G_END_DECLS
