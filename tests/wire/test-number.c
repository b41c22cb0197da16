/* test-number.c: decimal text to double, bit for bit
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "sy-number.h"

static void
assert_reads (const char *text,
              double      want)
{
  double value = -7.0;

  g_assert_true (sy_number_parse_all (text, strlen (text), &value));
  if (isnan (want))
    g_assert_true (isnan (value));
  else
    g_assert_cmpmem (&value, sizeof value, &want, sizeof want);
}

static void
assert_refused (const char *text)
{
  double value = -7.0;

  g_assert_false (sy_number_parse_all (text, strlen (text), &value));
  g_assert_cmpfloat (value, ==, -7.0);
}

static void
test_legal (void)
{
  static const struct {
    const char *text;
    double      value;
  } cases[] = {
    { "0", 0.0 }, { "-0", -0.0 }, { "-0.0", -0.0 }, { "+1", 1.0 }, { "1.", 1.0 }, { ".5", 0.5 }, { "-.5", -0.5 },
    { "000.5e1", 5.0 }, { "1e22", 1e22 }, { "1e23", 1e23 }, { "1e-22", 1e-22 }, { "1e-23", 1e-23 },
    { "9007199254740992", 9007199254740992.0 }, { "9007199254740993", 9007199254740992.0 },
    { "9007199254740993.0000000001", 9007199254740994.0 }, { "9007199254740995", 9007199254740996.0 },
    { "9223372036854775808", 9223372036854775808.0 }, { "18446744073709551615", 18446744073709551616.0 },
    { "1.7954235879465094e+09", 1.7954235879465094e+09 }, { "0.021383540000000003", 0.021383540000000003 },
    { "5e-324", 5e-324 }, { "2e-324", 0.0 }, { "1e-400", 0.0 }, { "-1e-400", -0.0 },
    { "1.7976931348623157e308", 1.7976931348623157e308 }, { "2.2250738585072011e-308", 2.2250738585072011e-308 },
    { "1e00000000000000000000001", 10.0 }, { "0e999999999999", 0.0 },
    { "inf", INFINITY }, { "+Inf", INFINITY }, { "-INFINITY", -INFINITY }, { "nan", NAN }, { "NaN", NAN }, { "NAN", NAN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_reads (cases[i].text, cases[i].value);
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    "", "+", "-", ".", "+.", "e1", "1e", "1e+", "1e-", "1_0", "_1", "1_", "0x10", "0X1p3", "0b1", "0o7", "1,5",
    "nan(1)", "+nan", "-NaN", "in", "infin", "infinit", "1e309", "-1e309", "1e999999999999", " 1", "1 ", "1\t",
    "--1", "+-1", "1.2.3", "1e1.5", "1e1e1", "\331\241", "1f", "1d", "½", "#", "{",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i]);
}

static void
test_long_mantissa (void)
{
  g_autofree char *ones = g_strnfill (400, '1');
  g_autofree char *fraction = g_strconcat ("0.", ones, NULL);
  g_autofree char *zeros = g_strnfill (200000, '0');
  g_autofree char *tiny = g_strconcat ("0.", zeros, "1e200001", NULL);
  g_autofree char *huge = g_strconcat ("1", zeros, "e-200000", NULL);

  assert_refused (ones);
  assert_reads (fraction, g_ascii_strtod (fraction, NULL));
  assert_reads (tiny, 1.0);
  assert_reads (huge, 1.0);
}

/* Stops at the first byte that is no part of the number, or at the end. */
static void
test_stop (void)
{
  const char *text = "12.5e3x";
  double value;

  g_assert_true (sy_number_parse (text, text + 7, &value) == text + 6);
  g_assert_cmpfloat (value, ==, 12500.0);
  g_assert_true (sy_number_parse (text, text + 4, &value) == text + 4);
  g_assert_cmpfloat (value, ==, 12.5);
  g_assert_null (sy_number_parse (text, text + 5, &value));
}

/* Every way through the conversion agrees with strtod: shortest spellings of
 * random doubles, random digit strings around the borders of the fast ways. */
static void
test_agrees_with_strtod (void)
{
  for (guint i = 0; i < 300000; i++)
    {
      guint64 bits = (guint64) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();
      g_autofree char *digits = NULL;
      char text[64];
      double value;

      memcpy (&value, &bits, sizeof value);
      if (isfinite (value))
        assert_reads (g_ascii_dtostr (text, sizeof text, value), value);

      digits = g_strdup_printf ("%" G_GUINT64_FORMAT, bits >> g_test_rand_int_range (0, 63));
      g_snprintf (text, sizeof text, "%s%s.%se%d", i % 2 ? "-" : "", digits, i % 3 ? "" : "5",
                  g_test_rand_int_range (-40, 40));
      assert_reads (text, g_ascii_strtod (text, NULL));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/number/legal", test_legal);
  g_test_add_func ("/wire/number/refused", test_refused);
  g_test_add_func ("/wire/number/long-mantissa", test_long_mantissa);
  g_test_add_func ("/wire/number/stop", test_stop);
  g_test_add_func ("/wire/number/agrees-with-strtod", test_agrees_with_strtod);
  return g_test_run ();
}
