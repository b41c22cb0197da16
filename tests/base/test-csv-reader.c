/* test-csv-reader.c
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-csv-reader.h"
#include "sy-error.h"

/* All rows as one text: cells by |, rows by /. "!" and the message at a fault. */
static char *
read_all (const char *text,
          gsize       length)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  SyCsvReader reader;
  GPtrArray *row;

  if (sy_csv_reader_init (&reader, text, length, &error))
    while ((row = sy_csv_reader_next (&reader, &error)) != NULL)
      {
        for (guint i = 0; i < row->len; i++)
          g_string_append_printf (all, "%s%s", i > 0 ? "|" : "", (char *) g_ptr_array_index (row, i));
        g_string_append_c (all, '/');
        g_ptr_array_unref (row);
      }

  if (error != NULL)
    g_string_append_printf (all, "!%s", error->message);

  return g_string_free (g_steal_pointer (&all), FALSE);
}

static void
test_cases (void)
{
  static const struct { const char *text, *rows; } cases[] = {
    { "", "" },
    { "a", "a/" },
    { "a,b\nc,d\n", "a|b/c|d/" },
    { "a,b\r\nc,d", "a|b/c|d/" },
    { ",\n", "|/" },
    { "\xef\xbb\xbf" "a\n", "a/" },
    { "# note\n\n\na\n# more\nb", "a/b/" },
    { "\"a,\"\"b\"\"\nc\",d\n", "a,\"b\"\nc|d/" },
    { "a\"b,c", "a\"b|c/" },
    { "\"\"", "/" },
    { "a\n\"b", "a/!2:1: a quote is not closed" },
    { "\"a\"b", "!1:1: text after a closing quote" },
    { "\"a\nb\"\n\"c", "a\nb/!3:1: a quote is not closed" },
    { "a\n\xff", "!2:1: this is not UTF-8 text" },
    { "a\rb", "a\rb/" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rows = read_all (cases[i].text, strlen (cases[i].text));

      g_assert_cmpstr (rows, ==, cases[i].rows);
    }
}

static void
test_limits (void)
{
  g_autofree char *wide = g_strnfill (SY_CSV_MAX_CELLS, ',');
  g_autofree char *fits = g_strnfill (SY_CSV_MAX_CELLS - 1, ',');
  g_autofree char *rows = read_all (wide, strlen (wide));
  g_autofree char *whole = read_all (fits, strlen (fits));
  g_autoptr (GError) error = NULL;
  SyCsvReader reader;

  g_assert_true (g_str_has_prefix (rows, "!1:1: more than"));
  g_assert_false (g_str_has_prefix (whole, "!"));
  g_assert_false (sy_csv_reader_init (&reader, "", (gsize) SY_CSV_MAX_BYTES + 1, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_BODY_TOO_LARGE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-reader/cases", test_cases);
  g_test_add_func ("/csv-reader/limits", test_limits);
  return g_test_run ();
}
