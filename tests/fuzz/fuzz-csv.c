/* fuzz-csv.c: any text is rows of cells within the limits, or refused with a place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "sy-csv-reader.h"
#include "sy-error.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  SyCsvReader reader;
  GPtrArray *row;
  size_t total = 0;
  guint last_line = 0;

  if (sy_csv_reader_init (&reader, (const char *) data, size, &error))
    while ((row = sy_csv_reader_next (&reader, &error)) != NULL)
      {
        g_assert_cmpuint (row->len, >, 0);
        g_assert_cmpuint (row->len, <=, SY_CSV_MAX_CELLS);
        g_assert_cmpuint (reader.line, >, last_line);
        last_line = reader.line;

        for (guint i = 0; i < row->len; i++)
          total += strlen (g_ptr_array_index (row, i));
        g_ptr_array_unref (row);
      }

  g_assert_cmpuint (total, <=, size);
  if (error != NULL)
    g_assert_cmpint (error->domain, ==, SY_ERROR);

  return 0;
}
