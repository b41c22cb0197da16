/* test-format.c: numbers as people read them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <locale.h>
#include <math.h>

#include "sy-format.h"
#include "sy-measure.h"

#define NB "\u00a0"

typedef struct {
  double      value;
  const char *text;
} Case;

static void
check_cases (const Case  *cases,
             gsize        n,
             char       *(*format) (double))
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = format (cases[i].value);

      g_test_message ("%.17g", cases[i].value);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_number (void)
{
  static const Case cases[] = {
    { 0, "0" }, { -0.0, "0" }, { 1, "1" }, { 8.2, "8.2" }, { 8.249, "8.2" }, { 0.25, "0.25" }, { 99.96, "100" },
    { 334, "334" }, { 334.4, "334" }, { 1204, "1204" }, { 0.001234, "0.0012" }, { -3.5, "-3.5" },
    { NAN, "–" }, { INFINITY, "–" },
  };

  check_cases (cases, G_N_ELEMENTS (cases), sy_format_number);
}

static void
test_rate (void)
{
  static const Case cases[] = {
    { 0, "0/s" }, { 201.4, "201/s" }, { 1203.6, "1204/s" }, { 8.44, "8.44/s" }, { 0.5, "0.500/s" }, { 99.96, "100/s" },
    { NAN, "–" },
  };

  check_cases (cases, G_N_ELEMENTS (cases), sy_format_rate);
}

static void
test_duration (void)
{
  static const Case cases[] = {
    { 0, "0" NB "ms" }, { 0.00000035, "0.35" NB "µs" }, { 0.00035, "350" NB "µs" }, { 0.0009996, "1.0" NB "ms" },
    { 0.0043, "4.3" NB "ms" }, { 0.043, "43" NB "ms" }, { 0.0996, "99.6" NB "ms" }, { 0.221, "221" NB "ms" },
    { 0.9996, "1.00" NB "s" }, { 1.25, "1.25" NB "s" }, { 12.4, "12" NB "s" },
    { 60, "60" NB "s" }, { 185, "3" NB "min" NB "5" NB "s" }, { 240, "4" NB "min" }, { 3600, "1" NB "h" }, { 7800, "2" NB "h" NB "10" NB "min" },
    { NAN, "–" }, { INFINITY, "–" },
  };

  check_cases (cases, G_N_ELEMENTS (cases), sy_format_duration);
}

static void
test_quantile (void)
{
  const SyQuantile known = { 0.040, 0.043, 0.050 };
  const SyQuantile beyond = { 10, 10, INFINITY };
  const SyQuantile none = SY_QUANTILE_NONE;
  g_autofree char *known_text = sy_format_quantile (&known);
  g_autofree char *beyond_text = sy_format_quantile (&beyond);
  g_autofree char *none_text = sy_format_quantile (&none);

  g_assert_cmpstr (known_text, ==, "43" NB "ms");
  g_assert_cmpstr (beyond_text, ==, ">" NB "10" NB "s");
  g_assert_cmpstr (none_text, ==, "–");
}

static void
test_percent (void)
{
  static const Case cases[] = {
    { 0, "0" NB "%" }, { 0.0041, "0.41" NB "%" }, { 0.00004, "0.004" NB "%" }, { 0.124, "12" NB "%" },
    { 0.0995, "10" NB "%" }, { 1, "100" NB "%" }, { NAN, "–" },
  };

  check_cases (cases, G_N_ELEMENTS (cases), sy_format_percent);
}

static void
test_cores_and_bytes (void)
{
  static const Case cores[] = { { 0.618, "0.62" NB "cores" }, { 12.34, "12.3" NB "cores" }, { NAN, "–" } };
  static const Case bytes[] = { { NAN, "–" }, { -1, "–" } };
  g_autofree char *measured = sy_format_bytes (41201664);
  g_autofree char *sold = sy_format_memory_size (8.0 * 1024 * 1024 * 1024);

  check_cases (cores, G_N_ELEMENTS (cores), sy_format_cores);
  check_cases (bytes, G_N_ELEMENTS (bytes), sy_format_bytes);
  g_assert_cmpstr (measured, ==, "41.2" NB "MB");
  g_assert_cmpstr (sold, ==, "8.0" NB "GiB");
}

static void
test_money (void)
{
  static const struct { double amount; const char *currency; const char *text; } cases[] = {
    { 0, "USD", "$0.00" }, { 0.38, "USD", "$0.38" }, { 0.0168, "USD", "$0.017" }, { 0.000471, "USD", "$0.00047" },
    { 0.9996, "USD", "$1.00" }, { 12.5, "EUR", "€12.50" }, { 99.7, "USD", "$100" }, { 337.2, "USD", "$337" },
    { 12, "CHF", "CHF" NB "12.00" }, { NAN, "USD", "–" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sy_format_money (cases[i].amount, cases[i].currency);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_age (void)
{
  static const struct { gint64 seconds; const char *text; } cases[] = {
    { -1, "0" NB "s" }, { 7, "7" NB "s" }, { 119, "119" NB "s" }, { 120, "2" NB "min" }, { 7199, "119" NB "min" },
    { 7200, "2" NB "h" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sy_format_age (cases[i].seconds * G_USEC_PER_SEC);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* All labels of one axis: one unit, and as many digits as the step needs. */
static void
check_ticks (SyRow        row,
             double       step,
             const char  *expected)
{
  const SyMeasure *measure = sy_measure_for_reading (row, NULL);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *text = sy_measure_format (measure, step * i, step, SY_TEXT_TICK, "USD");

      g_string_append_printf (all, "%s%s", i > 0 ? "|" : "", text);
    }

  g_assert_cmpstr (all->str, ==, expected);
}

static void
test_ticks (void)
{
  check_ticks (SY_ROW_IN_FLIGHT, 100, "0|100|200|300");
  check_ticks (SY_ROW_THROUGHPUT, 0.5, "0.0|0.5|1.0|1.5");
  check_ticks (SY_ROW_SATURATION, 0.005, "0" NB "ms|5" NB "ms|10" NB "ms|15" NB "ms");
  check_ticks (SY_ROW_SATURATION, 0.5, "0" NB "ms|500" NB "ms|1000" NB "ms|1500" NB "ms");
  check_ticks (SY_ROW_ERRORS, 0.002, "0.0" NB "%|0.2" NB "%|0.4" NB "%|0.6" NB "%");
  check_ticks (SY_ROW_CPU, 0.2, "0.0|0.2|0.4|0.6");
  check_ticks (SY_ROW_MEMORY, 50e6, "0" NB "MB|50" NB "MB|100" NB "MB|150" NB "MB");
  check_ticks (SY_ROW_COST, 0.25, "$0.00|$0.25|$0.50|$0.75");
  check_ticks (SY_ROW_COST, 0.002, "$0.000|$0.002|$0.004|$0.006");
}

static void
test_log_ticks (void)
{
  static const struct { double value; const char *text; } cases[] = {
    { 0.0005, "500" NB "µs" }, { 0.001, "1" NB "ms" }, { 0.02, "20" NB "ms" }, { 0.5, "500" NB "ms" }, { 1, "1" NB "s" },
    { 20, "20" NB "s" },
  };
  const SyMeasure *latency = sy_measure_for_reading (SY_ROW_LATENCY, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sy_measure_format (latency, cases[i].value, 0, SY_TEXT_TICK, NULL);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_spoken (void)
{
  const SyMeasure *latency = sy_measure_for_reading (SY_ROW_LATENCY, NULL);
  const SyMeasure *throughput = sy_measure_for_reading (SY_ROW_THROUGHPUT, NULL);
  g_autofree char *milliseconds = sy_measure_format (latency, 0.043, 0, SY_TEXT_SPOKEN, NULL);
  g_autofree char *seconds = sy_measure_format (latency, 1.5, 0, SY_TEXT_SPOKEN, NULL);
  g_autofree char *rate = sy_measure_format (throughput, 201, 0, SY_TEXT_SPOKEN, NULL);

  g_assert_cmpstr (milliseconds, ==, "43 milliseconds");
  g_assert_cmpstr (seconds, ==, "1.5 seconds");
  g_assert_cmpstr (rate, ==, "201 requests per second");
}

static void
test_saturation_measure (void)
{
  SyReading reading;

  sy_reading_init (&reading);
  reading.workers_busy = 3;
  g_assert_cmpint (sy_measure_for_reading (SY_ROW_SATURATION, &reading)->strong, ==, SY_QUANTITY_WORKERS_BUSY);

  /* Lag says more, where there is any. */
  reading.loop_lag = 0.002;
  g_assert_cmpint (sy_measure_for_reading (SY_ROW_SATURATION, &reading)->strong, ==, SY_QUANTITY_LOOP_LAG);
}

/* Whatever the locale; what is written is read, too. */
static void
test_styles (void)
{
  static const struct {
    double      value;
    int         decimals;
    const char *comma;
    const char *space;
  } cases[] = {
    { 0, 0, "0", "0" }, { 999, 0, "999", "999" }, { -999.4, 1, "-999.4", "-999.4" }, { 1000, 0, "1,000", "1\u202f000" },
    { -1234567.5, 2, "-1,234,567.50", "-1\u202f234\u202f567.50" }, { 0.25, 2, "0.25", "0.25" }, { NAN, 2, "–", "–" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *comma = NULL;
      g_autofree char *space = NULL;

      sy_format_set_numbers (SY_NUMBERS_COMMA);
      comma = sy_format_decimals (cases[i].value, cases[i].decimals);
      sy_format_set_numbers (SY_NUMBERS_SPACE);
      space = sy_format_decimals (cases[i].value, cases[i].decimals);
      g_assert_cmpstr (comma, ==, cases[i].comma);
      g_assert_cmpstr (space, ==, cases[i].space);
    }

  sy_format_set_numbers (SY_NUMBERS_LANGUAGE);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/format/number", test_number);
  g_test_add_func ("/ui/format/rate", test_rate);
  g_test_add_func ("/ui/format/duration", test_duration);
  g_test_add_func ("/ui/format/quantile", test_quantile);
  g_test_add_func ("/ui/format/percent", test_percent);
  g_test_add_func ("/ui/format/cores-and-bytes", test_cores_and_bytes);
  g_test_add_func ("/ui/format/money", test_money);
  g_test_add_func ("/ui/format/age", test_age);
  g_test_add_func ("/ui/format/styles", test_styles);
  g_test_add_func ("/ui/measure/ticks", test_ticks);
  g_test_add_func ("/ui/measure/log-ticks", test_log_ticks);
  g_test_add_func ("/ui/measure/spoken", test_spoken);
  g_test_add_func ("/ui/measure/saturation", test_saturation_measure);

  return g_test_run ();
}
