/* sy-measure.h: what a row of the Live page shows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "sy-history.h"

G_BEGIN_DECLS

/* The rows in their order on the page. */
typedef enum {
  SY_ROW_IN_FLIGHT,
  SY_ROW_LATENCY,
  SY_ROW_THROUGHPUT,
  SY_ROW_ERRORS,
  SY_ROW_SATURATION,
  SY_ROW_CPU,
  SY_ROW_MEMORY,
  SY_ROW_COST,
  SY_N_ROWS
} SyRow;

const char *sy_row_get_id    (SyRow row); /* stable: "in-flight", "latency", … */
const char *sy_row_get_title (SyRow row); /* translated */

typedef enum {
  SY_UNIT_COUNT,
  SY_UNIT_REQUESTS_PER_SECOND,
  SY_UNIT_SECONDS,
  SY_UNIT_RATIO,
  SY_UNIT_CORES,
  SY_UNIT_BYTES,
  SY_UNIT_MONEY_PER_MILLION,
} SyUnit;

/* Where a number will stand. */
typedef enum {
  SY_TEXT_TICK,    /* a label of the axis: short, as precise as the step */
  SY_TEXT_READOUT, /* beside the line: short, about three digits */
  SY_TEXT_SPOKEN,  /* in a sentence: the unit as a word */
} SyTextUse;

/**
 * SyMeasure:
 *
 * One quantity (or a band between two) with its unit and scale. A row has one
 * measure, but saturation: that is event-loop lag for one backend and busy
 * workers for another, and lines of different units never share an axis.
 */
typedef struct {
  SyRow       row;
  const char *title;        /* untranslated; use sy_measure_get_title() */
  SyQuantity  strong;
  SyQuantity  light;        /* SY_N_QUANTITIES: none; else the lower edge of a band */
  const char *strong_label; /* before the value in a read-out, nullable: "p99" */
  const char *light_label;
  SyUnit      unit;
  gboolean    logarithmic;  /* its axis */
  double      minimum_span; /* of the axis, so that noise does not look like news */
} SyMeasure;

/* The measure of @row for a backend that has said @reading (nullable).
 * Returns: (transfer none), static */
const SyMeasure *sy_measure_for_reading (SyRow row, const SyReading *reading);
const char      *sy_measure_get_title   (const SyMeasure *self);

/* The measure that shows @quantity; NULL: no row does. (transfer none), static */
const SyMeasure *sy_measure_for_quantity (SyQuantity quantity);

/* A value for an axis, a label or a sentence. @step: distance of the ticks, 0
 * on a logarithmic axis. @currency: ISO 4217, for money only. Returns:
 * (transfer full) */
char            *sy_measure_format      (const SyMeasure *self, double value, double step,
                                         SyTextUse use, const char *currency);

/* The base unit for files that programs read: "s", "B", "requests/s"; "" for a
 * plain number. Static, never translated. */
const char      *sy_measure_get_unit_symbol (const SyMeasure *self);

/* How the number came about, in words for people ("from a gauge"). Returns:
 * translated, static; NULL when there is nothing to say. */
const char      *sy_how_describe        (SyHow how);

/* Why there is a gap, in two words. NULL for what is no gap to people. */
const char      *sy_gap_describe        (SyGap gap);

G_END_DECLS
