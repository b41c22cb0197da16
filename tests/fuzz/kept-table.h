/* kept-table.h: what holds of every file that keeps a table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef GHashTable *(*KeptTableParse)  (const char *path, const char *text, gsize length, GError **error);
typedef char       *(*KeptTableFormat) (GHashTable *table);

/* Asserts of @size bytes at @data: what is refused says so in SY_ERROR, with its
 * name; what is accepted reads back the same after it was written. */
void kept_table_check (KeptTableParse parse, KeptTableFormat format, const guint8 *data, gsize size);

G_END_DECLS
