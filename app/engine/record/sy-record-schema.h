/* sy-record-schema.h: the formats of a recording, from the first on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-record-db.h"

G_BEGIN_DECLS

/* What is written now. What is older is read as it is, and brought up to date
 * when something is added to it. */
#define SY_RECORD_FORMAT 2

/* From where @db is (0: an empty file) to SY_RECORD_FORMAT, each step in a
 * transaction of its own. */
gboolean sy_record_schema_upgrade (sqlite3 *db, GError **error);

/* Whether the tables are those of the format that the file says it has, word
 * for word, and nothing else. Errors: SY_ERROR_DAMAGED, _FORMAT. */
gboolean sy_record_schema_check   (sqlite3 *db, GError **error);

int      sy_record_schema_get     (sqlite3 *db); /* the format of @db */

G_END_DECLS
