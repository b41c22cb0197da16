/* test-cost-input.c: amounts and inputs as people read and type them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <locale.h>
#include <math.h>

#include "sy-assumption-parameter.h"
#include "sy-cost-input.h"
#include "sy-error.h"
#include "sy-format.h"
#include "sy-money.h"

#define NB "\u00a0"

static void
test_money (void)
{
  static const struct { double amount; const char *text; const char *sign; } cases[] = {
    { 0, "$0.00", "$0.00" }, { 1195.11, "$1195", "+$1195" }, { 9999, "$9999", "+$9999" },
    { 9999.7, "$10.0" NB "k", "+$10.0" NB "k" }, { 79552.19, "$79.6" NB "k", "+$79.6" NB "k" },
    { -37739, "−$37.7" NB "k", "−$37.7" NB "k" }, { 999600, "$1.00" NB "M", "+$1.00" NB "M" },
    { 618560.2, "$619" NB "k", "+$619" NB "k" }, { 1.81e6, "$1.81" NB "M", "+$1.81" NB "M" },
    { 2.5e9, "$2.50" NB "bn", "+$2.50" NB "bn" },
    { NAN, "–", "–" }, { INFINITY, "–", "–" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sy_money_format (cases[i].amount, "USD");
      g_autofree char *sign = sy_money_format_signed (cases[i].amount, "USD");

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpstr (sign, ==, cases[i].sign);
    }
}

static void
test_money_interval (void)
{
  g_autofree char *wide = sy_money_format_interval (1117.2, 1290.4, "USD");
  g_autofree char *narrow = sy_money_format_interval (1117.2, 1117.4, "CHF");
  g_autofree char *across = sy_money_format_interval (-37739, 189923, "EUR");

  g_assert_cmpstr (wide, ==, "$1117 to $1290");
  g_assert_cmpstr (narrow, ==, "CHF" NB "1117");
  g_assert_cmpstr (across, ==, "−€37.7" NB "k to €190" NB "k");
}

static void
test_money_tick (void)
{
  static const struct { double amount, step; const char *text; } cases[] = {
    { 0, 5e5, "$0" }, { 5e5, 5e5, "$500" NB "k" }, { 1.5e6, 5e5, "$1.5" NB "M" }, { 2e6, 1e6, "$2" NB "M" },
    { -2e4, 1e4, "−$20" NB "k" }, { 1500, 500, "$1.5" NB "k" }, { 250, 50, "$250" }, { 0.2, 0.1, "$0.2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sy_money_format_tick (cases[i].amount, cases[i].step, "USD");

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Every parameter of ownership has a row, no row is of nothing, and the default and
 * the plausible range may be typed. */
static void
test_table (void)
{
  guint n, n_rows;
  const SyOwnershipParameter *parameters = sy_ownership_parameters (&n);
  const SyCostInput *inputs;

  for (guint i = 0; i < n; i++)
    g_assert_nonnull (sy_cost_input_find (parameters[i].name));

  inputs = sy_cost_inputs (&n_rows);
  for (guint i = 0; i < n_rows; i++)
    {
      const SyOwnershipParameter *parameter = sy_assumption_parameter_find (inputs[i].name);

      g_assert_nonnull (parameter);
      g_assert_cmpfloat (parameter->low, >=, inputs[i].minimum);
      g_assert_cmpfloat (parameter->high, <=, inputs[i].maximum);
      g_assert_false (parameter->value < inputs[i].minimum || parameter->value > inputs[i].maximum);
    }

  g_assert_true (sy_cost_input_find ("A.salary") == sy_cost_input_find ("salary"));
  g_assert_null (sy_cost_input_find ("A.discount"));
}

static void
test_format (void)
{
  static const struct { const char *name; double value; const char *text; } cases[] = {
    { "salary", 95000, "95000" NB "USD a year" }, { "utilisation", 0.7, "70" NB "%" }, { "discount", 0.035, "3.5" NB "%" },
    { "node_price", 0.0816, "0.0816" NB "USD an hour" }, { "peak_rps", NAN, "–" }, { "burden", 1.4265, "1.4265" NB "times" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sy_cost_input_format (sy_cost_input_find (cases[i].name), cases[i].value, "USD");

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* What is shown in an entry is read back as the same number. */
static void
test_round_trip (void)
{
  static const double values[] = { 0.7, 0.1 + 0.2, 0.123456, 0.9, 1 };
  const SyCostInput *input = sy_cost_input_find ("utilisation");

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = sy_cost_input_to_entry (input, values[i]);
      g_autoptr (GError) error = NULL;
      double back;

      g_assert_true (sy_cost_input_parse (input, text, &back, &error));
      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (back, values[i], 1e-8);
    }
}

static void
test_parse (void)
{
  static const struct { const char *name; const char *text; double value; } good[] = {
    { "salary", "95000", 95000 }, { "salary", " 95 000 ", 95000 }, { "salary", "95000.50", 95000.5 },
    { "utilisation", "70", 0.7 }, { "utilisation", "70 %", 0.7 }, { "traffic_growth", "−10", -0.1 }, { "salary", ".5", 0.5 },
    { "salary", "95\u00a0000", 95000 }, { "discount", "0", 0 },
  };
  static const struct { const char *name; const char *text; } bad[] = {
    { "salary", "lots" }, { "salary", "1e5" }, { "salary", "-1" }, { "salary", "inf" }, { "salary", "nan" }, { "salary", "0x10" },
    { "salary", "1.2.3" }, { "salary", "." }, { "salary", "5 %" }, { "utilisation", "101" }, { "burden", "0.5" },
    { "salary", "\xff" }, { "salary", "999999999999999999999999" }, { "team", "0" }, { "salary", "1,5" },
  };
  double value = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (sy_cost_input_parse (sy_cost_input_find (good[i].name), good[i].text, &value, &error));
      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (value, good[i].value, 1e-9);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (sy_cost_input_parse (sy_cost_input_find (bad[i].name), bad[i].text, &value, &error));
      g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
    }

  g_assert_true (sy_cost_input_parse (sy_cost_input_find ("salary"), "  ", &value, NULL));
  g_assert_true (isnan (value));
}

/* Of a person who has chosen how numbers are written: the same is read. */
static void
test_parse_styles (void)
{
  static const struct {
    SyNumberStyle style;
    const char   *text;
  } good[] = {
    { SY_NUMBERS_COMMA, "95,000.5" }, { SY_NUMBERS_SPACE, "95\u202f000.5" }, { SY_NUMBERS_SPACE, "95 000.5" },
    { SY_NUMBERS_LANGUAGE, "95000.5" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      double value = NAN;
      g_autoptr (GError) error = NULL;

      sy_format_set_numbers (good[i].style);
      g_test_message ("%s", good[i].text);
      g_assert_true (sy_cost_input_parse (sy_cost_input_find ("salary"), good[i].text, &value, &error));
      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (value, 95000.5, 1e-9);
    }

  sy_format_set_numbers (SY_NUMBERS_LANGUAGE);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/money", test_money);
  g_test_add_func ("/ui/money/interval", test_money_interval);
  g_test_add_func ("/ui/money/tick", test_money_tick);
  g_test_add_func ("/ui/cost-input/table", test_table);
  g_test_add_func ("/ui/cost-input/format", test_format);
  g_test_add_func ("/ui/cost-input/round-trip", test_round_trip);
  g_test_add_func ("/ui/cost-input/parse", test_parse);
  g_test_add_func ("/ui/cost-input/parse-styles", test_parse_styles);

  return g_test_run ();
}
