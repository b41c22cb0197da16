/* sy-decision-calls.h: how anybody computes a report's numbers again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "sy-decision.h"

G_BEGIN_DECLS

/* A list of {"function", "inputs", "answers"}: the inputs as `steelyard-cli calc
 * FUNCTION` takes them, and for each answer of it the place in the report, as a
 * JSON pointer (RFC 6901), where the same bits stand. (transfer full) */
JsonArray *sy_decision_make_calls (const SyDecision *self);

/* The value at @pointer in @root; NULL: nothing there. (transfer none) */
JsonNode  *sy_json_at (JsonNode *root, const char *pointer);

G_END_DECLS
