/* test-json-writer.c: documents that are JSON and read back the same
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "sy-json.h"
#include "sy-random.h"

/* The finished document, which is valid. */
static char *
finish (SyJsonWriter *writer)
{
  char *text = sy_json_writer_finish (writer);
  g_autoptr (GError) error = NULL;

  sy_json_check (text, strlen (text), NULL, &error);
  g_assert_no_error (error);

  return text;
}

static char *
write_double (double value)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();

  sy_json_writer_double (writer, value);

  return finish (writer);
}

static char *
write_string (const char *value)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();

  sy_json_writer_string (writer, value);

  return finish (writer);
}

static void
test_structure (void)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();
  g_autofree char *text = NULL;

  sy_json_writer_begin_object (writer);
  sy_json_writer_member_string (writer, "schema", "x/1");
  sy_json_writer_key (writer, "list");
  sy_json_writer_begin_array (writer);
  sy_json_writer_int (writer, G_MININT64);
  sy_json_writer_begin_object (writer);
  sy_json_writer_end_object (writer);
  sy_json_writer_begin_array (writer);
  sy_json_writer_end_array (writer);
  sy_json_writer_bool (writer, TRUE);
  sy_json_writer_null (writer);
  sy_json_writer_end_array (writer);
  sy_json_writer_member_double (writer, "d", 0.25);
  sy_json_writer_member_int (writer, "i", G_MAXINT64);
  sy_json_writer_member_bool (writer, "b", FALSE);
  sy_json_writer_member_null (writer, "n");
  sy_json_writer_member_string (writer, "s", NULL);
  sy_json_writer_end_object (writer);
  text = finish (writer);

  g_assert_cmpstr (text, ==,
                   "{\"schema\":\"x/1\",\"list\":[-9223372036854775808,{},[],true,null],"
                   "\"d\":0.25,\"i\":9223372036854775807,\"b\":false,\"n\":null,\"s\":null}");
}

static void
test_is_reset_by_finish (void)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();

  for (gint64 i = 0; i < 3; i++)
    {
      g_autofree char *expected = g_strdup_printf ("[%" G_GINT64_FORMAT "]", i);
      g_autofree char *text = NULL;

      sy_json_writer_begin_array (writer);
      sy_json_writer_int (writer, i);
      sy_json_writer_end_array (writer);
      text = finish (writer);
      g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_doubles (void)
{
  static const struct { double value; const char *text; } doubles[] = {
    { 0.0, "0" },
    { -0.0, "-0.0" },
    { 1.0, "1" },
    { -12.0, "-12" },
    { 0.1, "0.1" },
    { 0.30000000000000004, "0.30000000000000004" },
    { 1.0 / 3.0, "0.3333333333333333" },
    { 100000.0, "100000" },
    { 1e15, "1000000000000000" },
    { 9007199254740991.0, "9007199254740991" },
    { 9007199254740992.0, "9007199254740992" },
    { 1e20, "1e+20" },
    { 18446744073709551616.0, "1.8446744073709552e+19" },
    { 1e300, "1e+300" },
    { 1e-7, "1e-07" },
    { DBL_MAX, "1.7976931348623157e+308" },
    { DBL_MIN, "2.2250738585072014e-308" },
    { 0x1p-1074, "5e-324" },
    { (double) NAN, "\"NaN\"" },
    { (double) INFINITY, "\"+Inf\"" },
    { -(double) INFINITY, "\"-Inf\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (doubles); i++)
    {
      g_autofree char *text = write_double (doubles[i].value);

      g_assert_cmpstr (text, ==, doubles[i].text);
    }
}

/* Any bits read back as the same bits. */
static void
test_doubles_round_trip (void)
{
  SyRandom random;

  sy_random_init (&random, 1, 1);
  for (guint i = 0; i < 20000; i++)
    {
      guint64 bits = sy_random_next (&random);
      g_autofree char *text = NULL;
      double value, back;

      memcpy (&value, &bits, sizeof value);
      if (!isfinite (value))
        continue;

      text = write_double (value);
      back = g_ascii_strtod (text, NULL);
      g_assert_cmpmem (&back, sizeof back, &value, sizeof value);
    }
}

static void
test_strings (void)
{
  static const struct { const char *value; const char *text; } strings[] = {
    { "", "\"\"" },
    { "a\"b\\c/d", "\"a\\\"b\\\\c/d\"" },
    { "\n\r\t\b\f\001\037\177", "\"\\n\\r\\t\\u0008\\u000c\\u0001\\u001f\\u007f\"" },
    { "é😀", "\"é😀\"" },
    { "\302\233", "\"\\u009b\"" },
    { "\342\200\256", "\"\\u202e\"" },
    { "\342\200\250", "\"\\u2028\"" },
    { "\363\240\201\201", "\"\\udb40\\udc41\"" },
    { "a\377b\342\202", "\"a\357\277\275b\357\277\275\357\277\275\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      g_autofree char *text = write_string (strings[i].value);

      g_assert_cmpstr (text, ==, strings[i].text);
    }
}

static void
test_keys_are_escaped (void)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();
  g_autofree char *text = NULL;

  sy_json_writer_begin_object (writer);
  sy_json_writer_member_int (writer, "a\"\n\377", 1);
  sy_json_writer_end_object (writer);
  text = finish (writer);

  g_assert_cmpstr (text, ==, "{\"a\\\"\\n\357\277\275\":1}");
}

static void
expect_critical (void)
{
  g_test_expect_message ("sy-base", G_LOG_LEVEL_CRITICAL, "*assertion*failed*");
}

/* A caller's mistake is said and leaves the document valid. */
static void
test_mistakes (void)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();
  g_autofree char *text = NULL;

  sy_json_writer_begin_object (writer);
  expect_critical ();
  sy_json_writer_int (writer, 1);
  expect_critical ();
  sy_json_writer_end_array (writer);
  sy_json_writer_key (writer, "a");
  expect_critical ();
  sy_json_writer_key (writer, "b");
  expect_critical ();
  sy_json_writer_end_object (writer);
  expect_critical ();
  g_assert_null (sy_json_writer_finish (writer));
  sy_json_writer_int (writer, 1);
  sy_json_writer_end_object (writer);
  expect_critical ();
  sy_json_writer_int (writer, 2);
  g_test_assert_expected_messages ();

  text = finish (writer);
  g_assert_cmpstr (text, ==, "{\"a\":1}");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-writer/structure", test_structure);
  g_test_add_func ("/json-writer/is-reset-by-finish", test_is_reset_by_finish);
  g_test_add_func ("/json-writer/doubles", test_doubles);
  g_test_add_func ("/json-writer/doubles-round-trip", test_doubles_round_trip);
  g_test_add_func ("/json-writer/strings", test_strings);
  g_test_add_func ("/json-writer/keys-are-escaped", test_keys_are_escaped);
  g_test_add_func ("/json-writer/mistakes", test_mistakes);

  return g_test_run ();
}
