/* sy-prom-answer.h: one answer of the Prometheus HTTP API
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SY_PROM_NONE,       /* data of a shape that is none of these, or no data */
  SY_PROM_VECTOR,     /* /query: each series has at most one point */
  SY_PROM_MATRIX,     /* /query of a range, /query_range */
  SY_PROM_SCALAR,     /* one series without labels */
  SY_PROM_STRING,     /* one name */
  SY_PROM_SERIES,     /* /series: label sets without points */
  SY_PROM_NAMES,      /* /labels, /label/NAME/values */
  SY_PROM_METADATA,   /* /metadata */
  SY_PROM_BUILD_INFO, /* /status/buildinfo */
} SyPromKind;

typedef struct {
  double time;  /* seconds since 1970, by the server's clock */
  double value; /* NaN and infinities are what the server said */
} SyPromPoint;

typedef struct {
  char       **labels;   /* owned: name, value, name, value, …, NULL */
  SyPromPoint *points;   /* owned, ascending in time */
  guint        n_points;
} SyPromSeries;

/* Texts are owned by the answer. */
typedef struct {
  const char *metric; /* the family's name, as the target declared it */
  const char *type;   /* "counter", "gauge", …; "unknown" */
  const char *unit;
  const char *help;
} SyPromMetadata;

/**
 * SyPromAnswer:
 *
 * What `/api/v1/…` of Prometheus, Thanos, Mimir, Cortex or VictoriaMetrics
 * said (prometheus.io/docs/prometheus/latest/querying/api). Immutable,
 * reference-counted atomically. Native histograms have no values here: they
 * are left out and a warning says so.
 */
typedef struct _SyPromAnswer SyPromAnswer;

/* Reads @body whole or not at all. Errors: SY_ERROR_QUERY (the server refused or
 * could not do it: its own words; also when it sent a part of the data along),
 * SY_ERROR_PARSE (no JSON, or beyond the guard's limits), SY_ERROR_FORMAT (JSON,
 * but no such answer: the message says where), SY_ERROR_SAMPLE_LIMIT (more than
 * 500 000 points). */
SyPromAnswer         *sy_prom_answer_parse        (GBytes *body, GError **error);
SyPromAnswer         *sy_prom_answer_ref          (SyPromAnswer *self);
void                  sy_prom_answer_unref        (SyPromAnswer *self);
SyPromKind            sy_prom_answer_get_kind     (const SyPromAnswer *self);
const SyPromSeries   *sy_prom_answer_get_series   (const SyPromAnswer *self, guint *n_series);
const SyPromMetadata *sy_prom_answer_get_metadata (const SyPromAnswer *self, guint *n_metadata);
const char * const   *sy_prom_answer_get_names    (const SyPromAnswer *self); /* NULL-terminated */
const char           *sy_prom_answer_get_version  (const SyPromAnswer *self); /* nullable: not a build info */
const char           *sy_prom_answer_get_revision (const SyPromAnswer *self); /* nullable */

/* Warnings and infos of the server, and ours. NULL-terminated; text from outside. */
const char * const   *sy_prom_answer_get_warnings (const SyPromAnswer *self);

/* The value of @label, or NULL. */
const char           *sy_prom_series_get_label    (const SyPromSeries *self, const char *label);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyPromAnswer, sy_prom_answer_unref)

G_END_DECLS
