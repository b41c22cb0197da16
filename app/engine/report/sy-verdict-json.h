/* sy-verdict-json.h: the parts of a verdict in steelyard.decision/1
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-json-writer.h"
#include "sy-verdict.h"

G_BEGIN_DECLS

/* As a member of what is open. */
void sy_effect_write_json (const SyEffect *self, const char *key, SyJsonWriter *w);

/* As the next value of what is open. */
void sy_gate_write_json   (const SyGate *self, SyJsonWriter *w);

G_END_DECLS
