/* sy-prom-questions.h: a plan as questions to a Prometheus server
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-prom-query.h"
#include "sy-reading.h"
#include "sy-signal-plan.h"

G_BEGIN_DECLS

/**
 * SyPromQuestions:
 *
 * The same sums that are made of a scrape's series, made by the server over all
 * series that its labels select, of any number of processes: rates before
 * sums, buckets summed by `le`. The answers become readings by the same rules
 * as scrapes do, so percentiles come with the bounds of their buckets.
 * Immutable.
 *
 * Our own routes are left out as in scrapes. An in-flight gauge that counts the
 * scrape counts one for each process.
 */
typedef struct _SyPromQuestions SyPromQuestions;

/* Takes @plan, which was made from @exposition. @matchers are those of the
 * backend; rates are over @window_us. */
SyPromQuestions *sy_prom_questions_new         (SySignalPlan *plan, const SyExposition *exposition,
                                                const char *matchers, gint64 window_us);
void             sy_prom_questions_free        (SyPromQuestions *self);
SyMapping       *sy_prom_questions_get_mapping (const SyPromQuestions *self); /* (transfer none) */

/* (transfer full) (element-type SyPromQuery); empty when nothing was recognised. */
GPtrArray       *sy_prom_questions_dup_queries (const SyPromQuestions *self);

/* The present: fills @ret from a vector. */
void             sy_prom_questions_read        (const SyPromQuestions *self, const SyPromAnswer *answer,
                                                gint64 monotonic_us, gint64 wall_us, SyReading *ret);

/* The past: appends to @ret (element-type SyReading) what a matrix says, oldest
 * first; the point of time t is of @epoch_us + t. Where steps are missing, one
 * reading of gap SY_GAP_DOWN stands for them. */
void             sy_prom_questions_read_past   (const SyPromQuestions *self, const SyPromAnswer *answer,
                                                gint64 epoch_us, GArray *ret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyPromQuestions, sy_prom_questions_free)

G_END_DECLS
