/* sy-trap-pair.h: the traps that only the comparison of two targets shows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-buckets.h"
#include "sy-recogniser.h"

G_BEGIN_DECLS

/* What one process has added up since it started. NAN: not told. */
typedef struct {
  gint64 monotonic_us;  /* of the scrape */
  double start_time;    /* Unix seconds */
  double requests;
  double duration;      /* seconds, of all requests together */
  double cpu;           /* seconds */
} SyTotals;

/* One side of a comparison; everything borrowed. */
typedef struct {
  const SyMapping *mapping;   /* nullable */
  const SyBuckets *durations; /* nullable; bounds in seconds */
  SyTotals         totals[2]; /* of the last two scrapes, older first; monotonic_us 0: there is none */
} SyTrapSide;

/* Adds to @ret (a list of traps) what @a and @b show together. Pure. */
void     sy_trap_pair_scan      (const SyTrapSide *a, const SyTrapSide *b, GPtrArray *ret);

/* Whether both may be one process: their scrapes lie between each other in time
 * and so do their totals. Chance can do that: believe it when several pairs in a
 * row say so. */
gboolean sy_trap_pair_is_same   (const SyTrapSide *a, const SyTrapSide *b);

G_END_DECLS
