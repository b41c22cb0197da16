/* sy-otlp-point.h: metrics of OpenTelemetry as they are pushed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-exposition.h"

G_BEGIN_DECLS

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

G_END_DECLS
