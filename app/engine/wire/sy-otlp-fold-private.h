/* sy-otlp-fold-private.h: what making an exposition needs of a fold
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-otlp-fold.h"
#include "sy-otlp-process.h"

G_BEGIN_DECLS

/* The buckets that all exponential histograms of one name share. */
typedef struct {
  int   scale;
  int   first;   /* index of the first bucket */
  int   end;     /* behind the last; there may be none */
  guint version; /* another whenever the others change */
} SyOtlpGrid;

/* @processes: of SyOtlpProcess, those that are shown. @grids: of SyOtlpGrid by
 * name; grows. Errors as sy_otlp_fold_render(). (transfer full) */
SyExposition *sy_otlp_render (const GPtrArray          *processes,
                              double                    start_time,
                              GHashTable               *grids,
                              const SyExpositionLimits *limits,
                              SySeriesTable            *table,
                              GError                  **error);

G_END_DECLS
