/* sy-history.h: everything one backend has said, by quantity
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "sy-column.h"
#include "sy-reading.h"

G_BEGIN_DECLS

typedef enum {
  SY_QUANTITY_IN_FLIGHT,
  SY_QUANTITY_P50,           /* estimates; the bounds are beside them */
  SY_QUANTITY_P50_LOWER,
  SY_QUANTITY_P50_UPPER,
  SY_QUANTITY_P99,
  SY_QUANTITY_P99_LOWER,
  SY_QUANTITY_P99_UPPER,
  SY_QUANTITY_LATENCY_MEAN,
  SY_QUANTITY_THROUGHPUT,
  SY_QUANTITY_ERRORS,
  SY_QUANTITY_ERROR_RATIO,
  SY_QUANTITY_LOOP_LAG,
  SY_QUANTITY_LOOP_UTILISATION,
  SY_QUANTITY_WORKERS_BUSY,
  SY_QUANTITY_QUEUE,
  SY_QUANTITY_CPU,
  SY_QUANTITY_RSS,
  SY_QUANTITY_COST_PER_HOUR,    /* filled by the session */
  SY_QUANTITY_COST_PER_MILLION, /* filled by the session */
  SY_N_QUANTITIES
} SyQuantity;

/* A stretch without values (@to_us is G_MAXINT64 while it lasts), or an event
 * (@from_us == @to_us: a restart). */
typedef struct {
  gint64 from_us;
  gint64 to_us;
  SyGap  gap;
  char  *message; /* owned, nullable: the error in words */
} SyGapSpan;

/* What comes after @from_us up to and with @to_us. */
typedef struct {
  gint64 from_us;
  gint64 to_us;
} SyTimeRange;

#define SY_TYPE_HISTORY (sy_history_get_type ())
G_DECLARE_FINAL_TYPE (SyHistory, sy_history, SY, HISTORY, GObject)

/**
 * SyHistory:
 *
 * The readings of one backend in columns, and its gaps. Lives on one thread
 * (the GTK thread). Signal "changed" after each append; "excluded-changed": other
 * ranges are excluded than before. A reading that is not
 * later than the last is ignored. Where another process begins to answer, all
 * columns get one more sample, NAN, one microsecond earlier: lines break there.
 */
SyHistory       *sy_history_new         (guint max_samples);

/* Appends @reading; @cost_per_hour and @cost_per_million are NAN when unknown;
 * @message (nullable) says why there is a gap. */
void             sy_history_append      (SyHistory *self, const SyReading *reading, double cost_per_hour,
                                         double cost_per_million, const char *message);
SyTimes         *sy_history_get_times   (SyHistory *self);                     /* (transfer none) */
const SyColumn  *sy_history_get_column  (SyHistory *self, SyQuantity quantity); /* (transfer none) */

/* Mean of the finite samples of the closed range; NAN without any. Of levels: each
 * sample weighs the same. */
double           sy_history_get_mean    (SyHistory *self, SyQuantity quantity, gint64 from_us, gint64 to_us);

/* How much a rate comes to from the first sample in the closed range to the last:
 * each times the seconds since the sample before it. NAN without any. */
double           sy_history_get_total   (SyHistory *self, SyQuantity quantity, gint64 from_us, gint64 to_us);

/* All gaps that are remembered, oldest first. (element-type SyGapSpan) (transfer none): valid until the next append */
const GPtrArray *sy_history_get_gaps    (SyHistory *self);

/* Nothing that was measured in these ranges counts, and all else does: a person
 * says so. They may overlap; what is read stays as it is. */
void             sy_history_set_excluded   (SyHistory *self, const SyTimeRange *ranges, guint n);

/* How many excluded ranges reach into what lies after @from_us up to @to_us. */
guint            sy_history_count_excluded (SyHistory *self, gint64 from_us, gint64 to_us);

/* The last reading, or NULL. (transfer none) */
const SyReading *sy_history_get_last    (SyHistory *self);

G_END_DECLS
