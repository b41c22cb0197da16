/* sy-report-source.h: a decision as a file says it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "sy-report-veil.h"

G_BEGIN_DECLS

/* The readers take what is not there, and what is of another type, as absent:
 * NULL, NAN. @object may be NULL. */
JsonObject *sy_report_object   (JsonObject *object, const char *name);
JsonArray  *sy_report_array    (JsonObject *object, const char *name);
JsonObject *sy_report_element  (JsonArray *array, guint i);
guint       sy_report_length   (JsonArray *array);
double      sy_report_value    (JsonObject *object, const char *name);
double      sy_report_item     (JsonArray *array, guint i);

/* The raw text, not for showing. (transfer none) (nullable) */
const char *sy_report_word     (JsonObject *object, const char *name);

/* The text as a report may show it. (transfer full) (nullable) */
char       *sy_report_dup_text (const SyReportVeil *veil, JsonObject *object, const char *name);

/* A moment as people write it, in UTC by a @format of g_date_time_format (); what is no
 * moment of ISO 8601 as sy_report_dup_text () has it. (transfer full) (nullable) */
char       *sy_report_dup_moment (const SyReportVeil *veil, JsonObject *object, const char *name, const char *format);

/* "0.092", "618560", "unbounded", "not known": four digits, or the whole number;
 * the same in every locale, so that a report is the same. (transfer full) */
char       *sy_report_number   (double value);

/* "301 k", "1.2 M": three digits at most, where there is little room. (transfer full) */
char       *sy_report_short    (double value);

/* "0.549 to 0.705" of an array of two numbers. (transfer full) (nullable) */
char       *sy_report_interval (JsonArray *array);

G_END_DECLS
