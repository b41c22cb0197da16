/* sy-bench-result.h: the figures of one benchmark, in a form that can be compared
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SY_BENCH_NO_GOAL, /* only for comparing two commits */
  SY_BENCH_AT_MOST,
  SY_BENCH_AT_LEAST,
} SyBenchBound;

typedef struct {
  const char  *name;  /* unique within the benchmark, and kept: results are compared by it */
  double       value; /* NAN: could not be measured, and @note says why */
  const char  *unit;  /* "ms", "x memchr", … */
  SyBenchBound bound;
  double       goal;  /* in @unit */
  const char  *peer;  /* nullable: what it was measured against in the same run */
  const char  *note;  /* nullable */
} SyBenchFigure;

/**
 * SyBenchResult:
 *
 * Beside what a benchmark prints for people, its figures go as JSON into
 * $STEELYARD_BENCH_RESULTS/NAME.json; table.py reads them. Without that variable
 * nothing is written.
 */
typedef struct _SyBenchResult SyBenchResult;

SyBenchResult *sy_bench_result_new    (const char *bench);
void           sy_bench_result_add    (SyBenchResult *self, const SyBenchFigure *figure);

/* Writes the file, and frees @self. A folder that cannot be written to ends the
 * program: a run without its results was for nothing. */
void           sy_bench_result_finish (SyBenchResult *self);

/* Processor time of this thread and of this process, in seconds. */
double         sy_bench_get_thread_seconds  (void);
double         sy_bench_get_process_seconds (void);

/* Sorts @values (at least one) and returns the one in the middle. */
double         sy_bench_get_median    (double *values, guint n);

G_END_DECLS
