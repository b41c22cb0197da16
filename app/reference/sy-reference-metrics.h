/* sy-reference-metrics.h: what a reference server counts about itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SY_REFERENCE_N_BOUNDS 25

/* Upper bounds of the buckets in seconds, the same in every histogram and every
 * reference server; OpenTelemetry's advised list, refined around usual SLOs. */
extern const double SY_REFERENCE_BOUNDS[SY_REFERENCE_N_BOUNDS];

/* Only sums, so that two of them can be added. @buckets are not cumulative;
 * what is above the last bound is in @count alone. */
typedef struct {
  guint64 count;
  double  sum;
  double  max;
  guint64 buckets[SY_REFERENCE_N_BOUNDS];
} SyReferenceHistogram;

void sy_reference_histogram_add        (SyReferenceHistogram *self, double seconds);

/* Fills @cumulative: observations <= each bound. */
void sy_reference_histogram_cumulate   (const SyReferenceHistogram *self,
                                        guint64                     cumulative[SY_REFERENCE_N_BOUNDS]);

typedef struct {
  const char          *route;  /* static, or interned */
  const char          *method; /* static */
  guint                status;
  SyReferenceHistogram durations;
} SyRequestSeries;

typedef enum {
  SY_WAIT_QUEUE, /* from arrival to the start of the handler */
  SY_WAIT_LOCK,  /* from asking for the global lock to holding it */
  SY_WAIT_LOOP,  /* a timer's lateness */
  SY_N_WAITS,
} SyReferenceWait;

typedef enum {
  SY_METHOD_GET,
  SY_METHOD_HEAD,
  SY_METHOD_POST,
  SY_N_METHODS,
} SyReferenceMethod;

typedef enum {
  SY_CONNECTION_HTTP,
  SY_CONNECTION_SSE,
  SY_CONNECTION_WS,
  SY_N_CONNECTIONS,
} SyReferenceConnection;

const char *sy_reference_method_name     (SyReferenceMethod method);
const char *sy_reference_connection_nick (SyReferenceConnection kind);

typedef struct {
  GArray              *requests; /* of SyRequestSeries, in order of first sight; owned */
  SyReferenceHistogram waits[SY_N_WAITS];
  guint                active[SY_N_METHODS];
  guint                connections[SY_N_CONNECTIONS];
  guint64              n_rejected;
  guint64              bytes_in;
  guint64              bytes_out;
  guint64              n_stream_events;
  guint64              n_stream_dropped;
} SyReferenceCounts;

void sy_reference_counts_clear (SyReferenceCounts *self);

/**
 * SyReferenceMetrics:
 *
 * Counters that any thread may add to, read as one consistent copy. The
 * duration series of the workload routes exist from the start, at zero, so
 * that a first scrape can tell "none yet" from "not measured". Reference-counted
 * atomically.
 */
typedef struct _SyReferenceMetrics SyReferenceMetrics;

SyReferenceMetrics *sy_reference_metrics_new   (void);
SyReferenceMetrics *sy_reference_metrics_ref   (SyReferenceMetrics *self);
void                sy_reference_metrics_unref (SyReferenceMetrics *self);

/* A request came in; it stays active until its end. */
void sy_reference_metrics_begin_request (SyReferenceMetrics *self, SyReferenceMethod method);

/* Its answer is on the wire (@status), or its client went away (@status 0:
 * then it is no longer active and counts nowhere else). @route must be static.
 * "" stands for a path without a route. */
void sy_reference_metrics_end_request   (SyReferenceMetrics *self,
                                         SyReferenceMethod   method,
                                         const char         *route,
                                         guint               status,
                                         double              seconds);

void sy_reference_metrics_observe       (SyReferenceMetrics *self, SyReferenceWait wait, double seconds);
void sy_reference_metrics_connect       (SyReferenceMetrics *self, SyReferenceConnection kind, int change);
void sy_reference_metrics_reject        (SyReferenceMetrics *self);
void sy_reference_metrics_add_bytes     (SyReferenceMetrics *self, gsize in, gsize out);
void sy_reference_metrics_add_events    (SyReferenceMetrics *self, guint sent, guint dropped);

/* @counts: (out caller-allocates); clear it. */
void sy_reference_metrics_read          (SyReferenceMetrics *self, SyReferenceCounts *counts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyReferenceMetrics, sy_reference_metrics_unref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyReferenceCounts, sy_reference_counts_clear)

G_END_DECLS
