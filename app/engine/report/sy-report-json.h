/* sy-report-json.h: a decision as JSON that may be sent
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "sy-report-veil.h"

G_BEGIN_DECLS

/* @decision as one line of JSON: its texts as @veil shows them, its numbers to the
 * bit, and none of its members but those that a steelyard.decision/1 has.
 * (transfer full) */
char *sy_report_to_json (JsonObject *decision, const SyReportVeil *veil);

G_END_DECLS
