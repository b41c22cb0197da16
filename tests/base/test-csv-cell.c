/* test-csv-cell.c: cells that survive RFC 4180 and do not calculate
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-text.h"

#define N(literal) literal, sizeof literal - 1

static const struct
{
  const char *name;
  const char *bytes;
  gsize       length;
  const char *cell;
} cases[] = {
  { "plain", N ("http_requests_total"), "http_requests_total" },
  { "empty", N (""), "" },
  { "comma", N ("a,b"), "\"a,b\"" },
  { "quote", N ("a\"b"), "\"a\"\"b\"" },
  { "only-quotes", N ("\"\""), "\"\"\"\"\"\"" },
  { "line-feed", N ("a\nb"), "\"a\nb\"" },
  { "carriage-return-line-feed", N ("a\r\nb"), "\"a\nb\"" },
  { "carriage-return", N ("a\rb"), "\"a\nb\"" },
  { "outer-spaces", N (" a "), "\" a \"" },
  { "inner-sign", N ("a=b-c+d@e"), "a=b-c+d@e" },
  { "equals", N ("=1+1"), "'=1+1" },
  { "plus", N ("+1"), "'+1" },
  { "minus", N ("-1"), "'-1" },
  { "minus-sign", N ("\342\210\222" "1"), "'\342\210\222" "1" },
  { "at", N ("@SUM(A1)"), "'@SUM(A1)" },
  { "tab", N ("\t=1"), "\"'\t'=1\"" },
  { "return-first", N ("\r=1"), "\"\n'=1\"" },
  { "behind-spaces", N ("  =1"), "'  =1" },
  { "behind-no-break-space", N ("\302\240=1"), "'\302\240=1" },
  { "behind-quotes", N ("\"=1"), "\"'\"\"=1\"" },
  { "behind-apostrophe", N ("'=1"), "''=1" },
  { "full-width-equals", N ("\357\274\235" "1"), "'\357\274\235" "1" },
  { "full-width-plus", N ("\357\274\213" "1"), "'\357\274\213" "1" },
  { "full-width-minus", N ("\357\274\215" "1"), "'\357\274\215" "1" },
  { "full-width-at", N ("\357\274\240" "1"), "'\357\274\240" "1" },
  { "later-line", N ("a\n=1"), "\"a\n'=1\"" },
  { "behind-semicolon", N ("a;=1"), "\"a;'=1\"" },
  { "behind-inner-tab", N ("a\t=1"), "\"a\t'=1\"" },
  { "classic", N ("=HYPERLINK(\"http://x\",\"y\")"), "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"" },
  { "nul", N ("a\0=b"), "a\\x00=b" },
  { "escape", N ("\033[2J"), "\\x1b[2J" },
  { "hidden-then-equals", N ("\342\200\213=1"), "<U+200B>=1" },
  { "not-utf-8", N ("\377,"), "\"\\xff,\"" },
};

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *cell = sy_csv_cell (cases[i].bytes, (gssize) cases[i].length);

  g_assert_cmpstr (cell, ==, cases[i].cell);
}

static void
test_lengths (void)
{
  g_autofree char *terminated = sy_csv_cell ("a,b", -1);
  g_autofree char *cut = sy_csv_cell ("a,b", 1);
  g_autofree char *null = sy_csv_cell (NULL, 0);

  g_assert_cmpstr (terminated, ==, "\"a,b\"");
  g_assert_cmpstr (cut, ==, "a");
  g_assert_cmpstr (null, ==, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/csv-cell/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/csv-cell/lengths", test_lengths);

  return g_test_run ();
}
