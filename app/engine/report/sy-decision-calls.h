/* sy-decision-calls.h: how anybody computes a report's numbers again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "sy-decision.h"
#include "sy-json-writer.h"

G_BEGIN_DECLS

/* A list of {"function", "inputs", "answers"}: the inputs as `steelyard-cli calc
 * FUNCTION` takes them, and for each answer of it the place in the report, as a
 * JSON pointer (RFC 6901), where the same bits stand. (transfer full) */
JsonArray *sy_decision_make_calls (const SyDecision *self);

/* The same of what was measured alone: the interval of @log_ratios, of which the first
 * piece of evidence and the effect of the measured verdict have the answers. Fewer
 * values than SY_SEQUENCE_MIN have none; without any there is no call.
 * (transfer full) */
JsonArray *sy_sequence_make_calls (const double *log_ratios, guint n, double alpha);

/* The member "reproduce": @calls, and the SHA-256 of them as one line of JSON. */
void       sy_calls_write_json    (JsonArray *calls, SyJsonWriter *w);

/* The value at @pointer in @root; NULL: nothing there. (transfer none) */
JsonNode  *sy_json_at (JsonNode *root, const char *pointer);

G_END_DECLS
