/* sy-json-node.h: a tree of json-glib through our writer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "sy-json-writer.h"

G_BEGIN_DECLS

/* Writes a tree of ours: json-glib's own generator writes 1e20 as "1e+20.0" and
 * infinities as what is not JSON. Recurses: never for a tree from outside that
 * has not passed sy_json_check(). */
void sy_json_write_node   (SyJsonWriter *writer, JsonNode *node);
void sy_json_write_object (SyJsonWriter *writer, JsonObject *object);

G_END_DECLS
