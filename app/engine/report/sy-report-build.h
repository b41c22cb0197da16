/* sy-report-build.h: what a report of a decision says
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "sy-report.h"
#include "sy-report-veil.h"

G_BEGIN_DECLS

/* Reads a steelyard.decision/1 object, from anywhere. @addresses: those of the two
 * may be shown (never what is secret in them); without, no text of the report
 * names a host.
 * Errors: SY_ERROR_PARSE: not JSON; SY_ERROR_INVALID: not a decision, or of a
 * version that we do not know. */
SyReport *sy_report_build (const char *json, gsize length, gboolean addresses, GError **error);

/* A decision with lists of at most 5000 members, whose grammar and schema are checked; errors as above. (transfer full) */
JsonParser   *sy_report_parse     (const char *json, gsize length, GError **error);
SyReportVeil *sy_report_make_veil (JsonObject *decision, gboolean addresses);

/* The chapters that stand in a file of their own: evidence; cost, with what it
 * assumes; and priorities. Each adds its heading and its figures. */
void      sy_report_add_evidence   (SyReport *self, JsonObject *decision, const SyReportVeil *veil);
void      sy_report_add_cost       (SyReport *self, JsonObject *decision, const SyReportVeil *veil);
void      sy_report_add_priorities (SyReport *self, JsonObject *decision, const SyReportVeil *veil);

G_END_DECLS
