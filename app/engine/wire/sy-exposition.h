/* sy-exposition.h: one scrape's text as families and samples
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-series-table.h"

G_BEGIN_DECLS

typedef enum {
  SY_FORMAT_AUTO,        /* decide by content type, then by the body */
  SY_FORMAT_PROMETHEUS,  /* text 0.0.4 and 1.0.0 */
  SY_FORMAT_OPENMETRICS, /* 1.0, also 0.0.1 */
  SY_FORMAT_JSON,        /* steelyard.snapshot/1 */
  SY_FORMAT_OTLP,        /* an ExportMetricsServiceRequest in JSON */
} SyFormat;

typedef enum {
  SY_METRIC_UNKNOWN, /* also "untyped" and no TYPE line */
  SY_METRIC_COUNTER,
  SY_METRIC_GAUGE,
  SY_METRIC_HISTOGRAM,
  SY_METRIC_GAUGE_HISTOGRAM,
  SY_METRIC_SUMMARY,
  SY_METRIC_INFO,
  SY_METRIC_STATESET,
} SyMetricType;

const char *sy_format_nick      (SyFormat format);   /* "prometheus", "openmetrics", … */
const char *sy_metric_type_nick (SyMetricType type); /* "counter", …, "unknown" */

typedef struct {
  const char  *name;  /* as the TYPE line says; for a family without one, the sample's */
  SyMetricType type;
  const char  *unit;  /* "" when not given; read from `# UNIT` in both formats */
  const char  *help;  /* unescaped, "" when not given */
  guint        line;  /* of its first line, from 1 */
  gboolean     declared; /* FALSE: only samples mention it, no TYPE, HELP or UNIT. The
                          * reference parser, and so `inspect`, makes a family of each of
                          * its samples in text format */
} SyFamily;

/* The name without the `_total` that text format leaves on a counter's family:
 * what OpenMetrics and the metadata API call it. Returns: (transfer full) */
char *sy_family_dup_canonical_name (const SyFamily *self);

typedef struct {
  const SySeries *labels_series; /* labels of the exemplar as a nameless series */
  double          value;
  double          timestamp;     /* seconds, NAN when absent */
} SyExemplar;

typedef struct {
  const SySeries *series;
  guint           family;    /* index into the families */
  guint           line;      /* from 1 */
  double          value;
  double          timestamp; /* seconds since 1970, NAN when absent */
  int             exemplar;  /* index, -1: none */
} SySample;

/* The name of @self as a sample of @family in OpenMetrics: a counter's value
 * ends in `_total` even where the text did not say so. Returns: (transfer full) */
char *sy_sample_dup_canonical_name (const SySample *self, const SyFamily *family);

/* Families are limited like samples, an exemplar's labels like a sample's. */
typedef struct {
  gsize max_line;        /* 64 KiB */
  guint max_samples;     /* 20 000 */
  guint max_labels;      /* 64 a sample */
  gsize max_name;        /* 1024 bytes */
  gsize max_value;       /* 2048 bytes of a label value */
} SyExpositionLimits;

extern const SyExpositionLimits SY_EXPOSITION_LIMITS_DEFAULT;

/**
 * SyExposition:
 *
 * The result of one parse: all of it or, on any error, none of it. Immutable,
 * reference-counted atomically; keeps its body and its series table alive.
 * A body with no sample is a valid, empty exposition.
 */
typedef struct _SyExposition SyExposition;

/* Which format a body is in, by @content_type (nullable) and its first and last
 * bytes; AUTO when neither says anything we read (HTML, say). */
SyFormat           sy_exposition_detect       (const char *content_type, GBytes *body);

/* Parses by the tolerant grammar that real scrapes need (the list of what it
 * lets pass is in sy-exposition-parser.c). @limits may be NULL for the default.
 * @table remembers names for the next time. Samples that are listed twice are
 * all kept; the linter reports them. SY_FORMAT_AUTO decides by the body.
 * Errors: SY_ERROR_PARSE, _SAMPLE_LIMIT, _LABEL_LIMIT, _CARDINALITY, _TRUNCATED
 * (no `# EOF`, or the last line stops half-way); all of their messages begin
 * with "LINE:COLUMN: ", counted from 1, columns in bytes. _FORMAT when AUTO
 * cannot decide. An empty body is not an error here. */
SyExposition      *sy_exposition_parse        (GBytes                   *body,
                                               SyFormat                  format,
                                               const SyExpositionLimits *limits,
                                               SySeriesTable            *table,
                                               GError                  **error);
SyExposition      *sy_exposition_ref          (SyExposition *self);
void               sy_exposition_unref        (SyExposition *self);

SyFormat           sy_exposition_get_format   (const SyExposition *self);
const SyFamily    *sy_exposition_get_families (const SyExposition *self, guint *n_families);
/* In the order of the body. */
const SySample    *sy_exposition_get_samples  (const SyExposition *self, guint *n_samples);
const SyExemplar  *sy_exposition_get_exemplar (const SyExposition *self, int index);
SySeriesTable     *sy_exposition_get_table    (const SyExposition *self); /* (transfer none) */

/* Whether the body ends as its format demands. Text format has nothing but a
 * final line feed to say so, and some exporters forget it: FALSE means "whole
 * only if the framing says so". */
gboolean           sy_exposition_ends_cleanly (const SyExposition *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyExposition, sy_exposition_unref)

G_END_DECLS
