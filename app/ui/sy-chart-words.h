/* sy-chart-words.h: a chart in a sentence
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam.h"
#include "sy-measure.h"

G_BEGIN_DECLS

/* What a sentence about a line is made of. */
typedef struct {
  const SyMeasure *measure;  /* static */
  BeamSeries      *series;   /* borrowed */
  double           now;      /* NAN: unknown */
  const char      *currency; /* nullable */
  const char      *note;     /* nullable: how the number came about */
} SyChartWords;

/* "now 43 milliseconds, between 30 milliseconds and 52 milliseconds in the last
 * 4 min, one gap of 8 s; from histogram buckets", with what stands at the cursor
 * before it where @at_cursor is not NULL. NULL: nothing is in view. (transfer full) */
char *sy_chart_words_describe (const SyChartWords *self, BeamTimeAxis *time, const char *at_cursor);

/* "one gap of 8 s", "3 gaps of 20 s together"; NULL: none in view. (transfer full) */
char *sy_chart_words_gaps     (BeamSeries *series, BeamTimeAxis *time);

G_END_DECLS
