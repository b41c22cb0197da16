/* kept-table.c: what holds of every file that keeps a table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "kept-table.h"

#include <string.h>

#include "sy-error.h"

void
kept_table_check (KeptTableParse   parse,
                  KeptTableFormat  format,
                  const guint8    *data,
                  gsize            size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) table = parse ("x.json", (const char *) data, size, &error);
  g_autoptr (GHashTable) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *second = NULL;

  g_assert_true ((table == NULL) == (error != NULL));
  if (table == NULL)
    {
      g_assert_true (error->domain == SY_ERROR);
      g_assert_true (g_str_has_prefix (error->message, "x.json: "));
      return;
    }

  text = format (table);
  again = parse ("x.json", text, strlen (text), &error);
  g_assert_no_error (error);
  second = format (again);
  g_assert_cmpstr (text, ==, second);
}
