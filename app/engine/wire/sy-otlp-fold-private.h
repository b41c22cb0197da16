/* sy-otlp-fold-private.h: what making an exposition needs of a fold
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-otlp-fold.h"
#include "sy-otlp-stream.h"

G_BEGIN_DECLS

typedef struct {
  char       *identity;    /* owned: all attributes */
  char       *instance;    /* owned: "" when there is nothing to say */
  SyLabel    *attributes;  /* owned with its strings */
  guint       n_attributes;
  gint64      start_ns;    /* the earliest of its cumulative streams; 0: not told */
  gint64      last_us;     /* monotonic: when it was last heard */
  gint64      last_ns;     /* what it last said the time was */
  gint64      interval_us; /* between its last pushes, by its clock; 0: not known */
  gboolean    has_pushed;  /* since the last exposition */
  gboolean    is_replaced; /* a later one under the same attributes, and not heard since */
  gboolean    is_parallel; /* was heard after it had been replaced, or has such a sibling */
  GPtrArray  *streams;     /* owned, element-type SyOtlpStream, in order of first sight */
  GHashTable *by_key;      /* owned, of streams (borrowed) by what tells them apart */
} SyOtlpProcess;

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
