/* sy-otlp-request.h: one push of OpenTelemetry metrics
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-exposition.h"

G_BEGIN_DECLS

/* Of a request's JSON, unpacked. */
#define SY_OTLP_MAX_BYTES (4 * 1024 * 1024)

typedef enum {
  SY_OTLP_NONE, /* a metric without data that we know */
  SY_OTLP_GAUGE,
  SY_OTLP_SUM,
  SY_OTLP_HISTOGRAM,
  SY_OTLP_EXPONENTIAL,
  SY_OTLP_SUMMARY,
} SyOtlpKind;

/* The numbers of the protocol. */
typedef enum {
  SY_OTLP_UNTOLD = 0,
  SY_OTLP_DELTA = 1,
  SY_OTLP_CUMULATIVE = 2,
} SyOtlpTemporality;

/* Everything in it lives as long as its request. */
typedef struct {
  const SyLabel *labels;   /* by name; no name twice, no empty value */
  guint          n_labels;
  gint64         start_ns; /* of Unix time, since when it counts; 0: not told */
  gint64         time_ns;  /* of Unix time; 0: not told */
  double         value;    /* of a gauge or a sum */
  double         count;    /* of the others */
  double         sum;      /* NAN: not told */
  const double  *bounds;   /* ascending upper bounds of a histogram; quantiles of a summary */
  guint          n_bounds;
  const double  *counts;   /* of a histogram: one more than bounds, or none; of an exponential one:
                            * positive buckets from @offset on; values of a summary's quantiles */
  guint          n_counts;
  int            scale;    /* of an exponential histogram: bucket i ends at 2^((i + 1) / 2^scale) */
  int            offset;
  double         below;    /* what it counted at zero and below */
} SyOtlpPoint;

typedef struct {
  const char         *name;
  const char         *unit;          /* "" when not told, as the others */
  const char         *help;
  const char         *scope;         /* the instrumentation's name */
  const char         *scope_version;
  SyOtlpKind          kind;
  SyOtlpTemporality   temporality;   /* UNTOLD for gauges and summaries */
  gboolean            is_monotonic;  /* of a sum */
  const SyOtlpPoint  *points;
  guint               n_points;
} SyOtlpMetric;

/* Who pushes: mostly one process. */
typedef struct {
  const SyLabel      *attributes;    /* as the labels of a point; long values are cut */
  guint               n_attributes;
  const char         *service;       /* service.name; "" when not told */
  const char         *instance;      /* service.instance.id, else host and process, "" when not told */
  const SyOtlpMetric *metrics;
  guint               n_metrics;
} SyOtlpResource;

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
