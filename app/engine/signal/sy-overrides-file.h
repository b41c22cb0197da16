/* sy-overrides-file.h: the file of what a person has decided
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-overrides.h"

G_BEGIN_DECLS

/* An empty table: address (utf8, owned) to SyOverrides (owned). Addresses are
 * those for eyes: without secrets. */
GHashTable *sy_overrides_table_new   (void);

/* A file that does not exist is empty. Errors: SY_ERROR_PARSE, SY_ERROR_INVALID;
 * the message begins with the path and says the place. */
GHashTable *sy_overrides_file_load   (const char *path, GError **error);
GHashTable *sy_overrides_file_parse  (const char *path, const char *text, gsize length, GError **error);

/* Makes the folder where it is missing. Errors: SY_ERROR_FAILED. */
gboolean    sy_overrides_file_save   (const char *path, GHashTable *table, GError **error);
char       *sy_overrides_file_format (GHashTable *table); /* (transfer full) */

G_END_DECLS
