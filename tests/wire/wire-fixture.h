/* wire-fixture.h: what the tests of this room share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "sy-exposition.h"

G_BEGIN_DECLS

/* A path below the data folder, or NULL after the test was skipped because
 * STEELYARD_DATA does not say where that is. Returns: (transfer full) */
char         *wire_data_path    (const char *path);

/* A file that must exist. */
GBytes       *wire_read         (const char *path);
JsonNode     *wire_read_json    (const char *path);

/* The names in the folder @path that end in @suffix, sorted. */
GPtrArray    *wire_list         (const char *path, const char *suffix);

GBytes       *wire_bytes        (const char *text);

/* Must succeed, with a table of its own unless one is given. */
SyExposition *wire_parse        (const char *text, SyFormat format, SySeriesTable *table);

/* The exposition's samples, one a line: "name{label="value"} value [timestamp]
 * family/type", for comparing by eye. */
char         *wire_dump         (const SyExposition *exposition);

G_END_DECLS
