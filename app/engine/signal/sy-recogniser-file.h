/* sy-recogniser-file.h: the rules of one file of data/recognisers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-exposition.h"
#include "sy-name-pattern.h"
#include "sy-recogniser.h"

G_BEGIN_DECLS

/* Keeps (or with @except drops) the series whose label has one of the values. A
 * series without the label has the value "". */
typedef struct {
  char      *label;    /* owned */
  GPtrArray *values;   /* owned, element-type SyNamePattern */
  gboolean   except;
} SyLabelFilter;

typedef enum {
  SY_AGGREGATE_SUM,
  SY_AGGREGATE_MAX,
} SyAggregate;

/* A metric that is easily misread. Texts are in English, for people; NULL when
 * they are those of the code. */
typedef struct {
  char *code;    /* owned: "eventloop-floor" */
  char *message; /* owned, nullable: what it seems to be and what it is */
  char *fix;     /* owned, nullable: what to use instead */
} SyTrapText;

/* "This metric, if it is of this type, plays this role." */
typedef struct {
  char          *role;            /* owned */
  SyNamePattern *metric;          /* owned */
  guint          types;           /* bits 1 << SyMetricType */
  char          *unit;            /* owned, nullable: must be found in the target */
  GPtrArray     *filters;         /* owned, element-type SyLabelFilter */
  SyAggregate    aggregate;       /* over the series that are left */
  double         floor;           /* subtracted from the value, which stays >= 0 */
  gboolean       counts_scrape;   /* our own scrape is one of them: subtract it */
  gboolean       excludes_errors; /* a count of successes: errors come on top */
  gboolean       display_only;    /* true of something else than the process: no reading uses it */
  GPtrArray     *traps;           /* owned, element-type SyTrapText */
} SyRule;

/* In flight as started minus finished. */
typedef struct {
  SyNamePattern *started;  /* owned */
  SyNamePattern *finished; /* owned */
  gboolean       counts_scrape;
} SyDifferenceRule;

/* A metric that must never be mapped, by whatever rule. */
typedef struct {
  SyNamePattern *metric; /* owned */
  GPtrArray     *traps;  /* owned, element-type SyTrapText */
} SyIgnoreRule;

/* "There is such a metric." All that is given must hold. */
typedef struct {
  SyNamePattern *metric;  /* owned */
  guint          types;   /* bits; 0: any */
  SyNamePattern *help;    /* owned, nullable */
  GPtrArray     *filters; /* owned, element-type SyLabelFilter: of one series */
} SyCondition;

/**
 * SyRecogniserFile:
 *
 * Immutable once loaded. Lists are never NULL. The schema is described in
 * data/recognisers/README.md.
 */
typedef struct {
  char      *path;           /* owned */
  char      *exporter;       /* owned, nullable */
  char      *runtime;        /* owned, nullable */
  char      *framework;      /* owned, nullable */
  int        priority;       /* higher wins */
  gboolean   is_unconfirmed; /* no answer of a running one has been compared */
  gboolean   is_fallback;    /* only for roles that no other file has filled */
  GPtrArray *all;            /* owned, element-type SyCondition */
  GPtrArray *any;            /* owned, element-type SyCondition */
  GPtrArray *none;           /* owned, element-type SyCondition */
  GPtrArray *rules;          /* owned, element-type SyRule */
  GPtrArray *differences;    /* owned, element-type SyDifferenceRule */
  GPtrArray *ignores;        /* owned, element-type SyIgnoreRule */
  GPtrArray *advice;         /* owned, element-type SyAdvice: what adds signals that are missing */
  GPtrArray *route_labels;   /* owned, element-type utf8: labels that name a route */
  GPtrArray *own_routes;     /* owned, element-type SyNamePattern: routes that are not the service's work */
  GPtrArray *status_labels;  /* owned, element-type utf8: labels that hold a status or its class */
} SyRecogniserFile;

/* Errors: SY_ERROR_PARSE, SY_ERROR_INVALID; the message begins with the path
 * and, within the document, the place: "a.json: signals[3].type: …". */
SyRecogniserFile *sy_recogniser_file_load  (const char *path, GError **error);

/* The same of a text; @path is for messages only. */
SyRecogniserFile *sy_recogniser_file_parse (const char *path, const char *text, gsize length, GError **error);
void              sy_recogniser_file_free  (SyRecogniserFile *self);

/* Whether the series passes all @filters (element-type SyLabelFilter). */
gboolean          sy_label_filters_match   (const GPtrArray *filters, const SySeries *series);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyRecogniserFile, sy_recogniser_file_free)

G_END_DECLS
