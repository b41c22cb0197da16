/* sy-series-table-private.h: what the parser needs of the table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-arena.h"
#include "sy-layout.h"
#include "sy-series-table.h"

G_BEGIN_DECLS

/* A piece of a quoted or bare word in the body. */
typedef struct {
  const char *text;    /* borrowed from the body, without quotes */
  guint32     length;
  gboolean    escaped; /* holds at least one backslash */
} SySpan;

typedef struct {
  SySpan name;
  SySpan value;
} SyLabelSpan;

/* One series as it was spelled. */
typedef struct {
  SySpan             key;      /* from the first byte to the last, braces included */
  SySpan             name;     /* length 0 for the labels of an exemplar */
  const SyLabelSpan *labels;   /* borrowed */
  guint              n_labels;
} SySeriesSpan;

/* Writes @span without its escapes and a terminating NUL at @target, which has
 * span->length + 1 bytes and may be where @span is. \n, \\ and \" are undone, other backslashes stay.
 * Returns: the byte behind the NUL. */
char           *sy_span_unescape        (const SySpan *span, char *target);

/* Makes a series in @arena. The name is @shared_name when that spells the same. */
SySeries       *sy_series_new           (SyArena *arena, const SySeriesSpan *span, const char *shared_name);

/* The series spelled by @span, made when it is new; NULL when the table is full. */
const SySeries *sy_series_table_intern  (SySeriesTable *self, const SySeriesSpan *span);
guint           sy_series_table_get_max (const SySeriesTable *self);

/* Where the last scrape listed @series: an index for sy_layout_get_step(),
 * possibly out of date. For the parsing thread. */
guint           sy_series_get_position  (const SySeries *series);
void            sy_series_set_position  (const SySeries *series, guint position);

/* The start of process @boot: what was said first about it, which is @start for
 * another boot than last time. */
double          sy_series_table_remember_start (SySeriesTable *self, const char *boot, double start);

/* How the last scrape was laid out; NULL before the first. (transfer none) */
const SyLayout *sy_series_table_get_layout  (const SySeriesTable *self);
void            sy_series_table_take_layout (SySeriesTable *self, SyLayout *layout);

G_END_DECLS
