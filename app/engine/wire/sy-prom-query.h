/* sy-prom-query.h: questions in PromQL
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-prom-answer.h"

G_BEGIN_DECLS

/* The label that tells the parts of a joined question apart. */
#define SY_PROM_ID_LABEL "steelyard_id"

/* The most points of a series that a Prometheus server answers with. */
#define SY_PROM_MAX_POINTS 11000

typedef struct {
  char *id;    /* owned: of letters, digits, dots and underscores */
  char *query; /* owned: an expression that gives an instant vector */
} SyPromQuery;

SyPromQuery *sy_prom_query_new          (const char *id, char *query); /* @query: (transfer full) */
void         sy_prom_query_free         (SyPromQuery *self);

/* All @queries (element-type SyPromQuery, at least one) as one: each series of
 * the answer has the id of its part as SY_PROM_ID_LABEL. So one moment, one
 * request and one deadline hold for all of them. (transfer full) */
char        *sy_prom_query_join         (const GPtrArray *queries);

/* Checks what a person wrote to select series, `{job="api",instance=~"web.*"}`
 * (the braces may be missing; quotes are " or '), and returns the matchers as
 * they stand between braces. Errors: SY_ERROR_INVALID, what to write instead.
 * (transfer full) */
char        *sy_prom_selector_normalise (const char *text, GError **error);

/* The selector, with braces, that finds @series and no other. (transfer full) */
char        *sy_prom_selector_of_series (const SyPromSeries *series);

/* Appends @value in quotes, as a PromQL string. */
void         sy_prom_append_quoted      (GString *query, const char *value);

/* The step of a range question over @span_us that gives about @max_points
 * points, at least @interval_us and never more than the server answers with. */
gint64       sy_prom_choose_step        (gint64 span_us, gint64 interval_us, guint max_points);

G_END_DECLS
