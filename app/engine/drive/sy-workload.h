/* sy-workload.h: what users of a backend ask of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SY_WORKLOAD_MAX_CLASSES 8
#define SY_WORKLOAD_MAX_BODY (64 * 1024)

/* A drawn duration is cut off at this many times its median. */
#define SY_DRAW_MAX_MEDIANS 20

typedef enum {
  SY_ARRIVAL_POISSON,  /* independent users: the gaps are exponential */
  SY_ARRIVAL_PERIODIC, /* devices: a fixed gap, each arrival moved by up to ± jitter of it */
  SY_ARRIVAL_ONOFF,    /* Poisson at `rate`, then at `off rate`, in turn */
} SyArrivalKind;

/* How often requests arrive. The rate is that of the profile; a run may have
 * another, and then the phases keep their proportion to it. */
typedef struct {
  SyArrivalKind kind;
  double        rate;       /* requests/s outside a burst, of the on phase */
  double        jitter;     /* share of the gap, 0 … 0.5; periodic only */
  double        seconds[2]; /* of the two phases in turn; 0, 0: one endless phase */
  double        factor[2];  /* of the rate in each phase */
} SyArrivalPattern;

typedef enum {
  SY_DRAW_FIXED,
  SY_DRAW_LOGNORMAL,
} SyDrawKind;

typedef struct {
  SyDrawKind kind;
  double     median; /* seconds */
  double     sigma;  /* of the logarithm; lognormal only */
} SyDraw;

typedef struct {
  char    *name;
  double   weight;     /* share of the requests: weight / sum of weights */
  char    *method;     /* "GET" or "POST" */
  char    *path;       /* with {io_ms} and {cpu_ms} for what was drawn */
  SyDraw   io;         /* wait for others */
  SyDraw   cpu;        /* computing, interpreted: under a global lock where there is one */
  double   native;     /* seconds of native computing the path asks for, about; for the demand only */
  guint    body_bytes; /* sent */
} SyWorkloadClass;

/* NAN: not asked for. */
typedef struct {
  double p95;         /* seconds of response time */
  double p99;
  double p999;
  double error_share; /* 0 … 1 */
} SyWorkloadSlo;

/**
 * SyWorkload:
 *
 * A workload profile, read from JSON (data/workloads/README.md has the schema).
 * Immutable, reference-counted atomically; the fields may be read.
 */
typedef struct {
  char             *id;
  char             *name;
  char             *use_case;
  SyArrivalPattern  arrival;
  SyWorkloadClass  *classes;
  guint             n_classes;
  SyWorkloadSlo     slo;
} SyWorkload;

/* What a profile asks at a rate, on paper. */
typedef struct {
  double rate;            /* requests/s, in the busier phase */
  double cpu_cores;       /* computing asked of each backend */
  double concurrency;     /* requests in service at a time, by Little's law */
  double connections;     /* that suffice 99.9 % of the time */
  double generator_cores; /* for one backend; measured, see the source */
} SyWorkloadDemand;

/* @name_or_file: a profile of the data folder ("mobile-api"), or a file (it has
 * a slash or ends with .json). Errors: SY_ERROR_INVALID and SY_ERROR_PARSE,
 * with the place in the document. */
SyWorkload *sy_workload_load      (const char *name_or_file, GError **error);

/* As above, from @length bytes of JSON. */
SyWorkload *sy_workload_parse     (const char *json, gsize length, GError **error);

SyWorkload *sy_workload_ref       (SyWorkload *self);
void        sy_workload_unref     (SyWorkload *self);

/* @rate: NAN for that of the profile. */
void        sy_workload_demand    (const SyWorkload *self, double rate, SyWorkloadDemand *demand);

/* The strictest of the response times asked for, seconds; NAN: none. */
double      sy_workload_get_limit (const SyWorkload *self);

/* The mean of what is drawn, cut off as it is; seconds. */
double      sy_draw_mean          (const SyDraw *draw);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyWorkload, sy_workload_unref)

G_END_DECLS
