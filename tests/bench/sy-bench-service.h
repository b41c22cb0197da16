/* sy-bench-service.h: a small service whose answers are recorded in the benchmarks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-record-entry.h"

G_BEGIN_DECLS

#define SY_BENCH_SERVICE_SERIES 50

/**
 * SyBenchService:
 *
 * 50 series, one answer a second: a duration histogram, counters and levels, under
 * the load of a day's course. Always the same.
 */
typedef struct _SyBenchService SyBenchService;

SyBenchService *sy_bench_service_new  (void);
void            sy_bench_service_free (SyBenchService *self);

/* The answer of the next second; its exposition is the caller's. */
void            sy_bench_service_next (SyBenchService *self, SyRecordEntry *ret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyBenchService, sy_bench_service_free)

G_END_DECLS
