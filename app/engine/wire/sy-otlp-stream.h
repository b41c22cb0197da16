/* sy-otlp-stream.h: one series that somebody pushes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-otlp-request.h"

G_BEGIN_DECLS

/* Exponential histograms are kept at no more than eight buckets an octave: each
 * is 9 % wide, and the bounds stay where they are while the pusher's change. */
#define SY_OTLP_MAX_SCALE 3

/* On either side of 1; what is beyond is in the outermost bucket. */
#define SY_OTLP_OCTAVES 64

/**
 * SyOtlpStream:
 *
 * What a stream of data points has come to: the last cumulative point, or the
 * sum of all deltas. Owned by one process of a fold. Not thread-safe.
 */
typedef struct {
  char         *name;     /* owned, as the others */
  char         *unit;     /* "" when there is none that we can use */
  char         *help;
  SyLabel      *labels;   /* with scope and instance */
  guint         n_labels;
  SyOtlpKind    kind;
  SyMetricType  type;

  gboolean      has_point;
  gint64        start_ns; /* of the last point */
  gint64        time_ns;
  double        value;
  double        count;
  double        sum;
  GArray       *bounds;   /* of double: of buckets, or quantiles */
  GArray       *counts;   /* of double */
  int           scale;
  int           offset;   /* of an exponential histogram: index of the first bucket at @scale */
  double        below;

  GPtrArray    *series;       /* owned, element-type SySeries (borrowed of the fold's table): of its samples, in their
                               * order; empty: to be looked up again */
  guint         grid_version; /* of the bounds that they have */
} SyOtlpStream;

SyOtlpStream *sy_otlp_stream_new  (const SyOtlpMetric *metric, const SyOtlpPoint *point, const char *instance);
void          sy_otlp_stream_free (SyOtlpStream *self);

/* Takes the next point. FALSE: it was taken already, or a later one was. */
gboolean      sy_otlp_stream_take (SyOtlpStream *self, const SyOtlpMetric *metric, const SyOtlpPoint *point);

/* The counts of an exponential histogram at a lower @scale: @offset (out) is the
 * index of the first. Returns: (transfer full) */
GArray       *sy_otlp_stream_dup_counts (const SyOtlpStream *self, int scale, int *offset);

/* The upper bound of exponential bucket @index at @scale. Buckets end within
 * 2^-64 and 2^64, or at the next bound of a scale so coarse that it has none
 * there; infinite when that is beyond a double. */
double        sy_otlp_bucket_bound (int scale, int index);

G_END_DECLS
