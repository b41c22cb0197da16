/* sy-snapshot-shape.h: whether what is read of a snapshot is of the right type
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* FALSE with SY_ERROR_PARSE, whose message names the place ("gauges.active"),
 * when something that is read is there and of another type, null included. */
gboolean sy_snapshot_check_shape (JsonNode *root, GError **error);

G_END_DECLS
