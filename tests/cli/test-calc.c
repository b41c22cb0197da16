/* test-calc.c: the surface of steelyard-cli calc; the functions have tests of their own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

static int
run (const char  *name,
     const char  *input,
     char       **ret_out,
     char       **ret_err)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                              &error, g_getenv ("STEELYARD_CLI"), "calc", name, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, ret_out, ret_err, &error);
  g_assert_no_error (error);
  return g_subprocess_get_exit_status (process);
}

static void
test_answers (void)
{
  static const struct {
    const char *name;
    const char *input;
    const char *output;
  } cases[] = {
    { "little_N", "{\"X_rps\":250,\"R_s\":0.04}", "{\"N\":10}\n" },
    { "service_demand", "{\"U\":0.5,\"cpus\":2,\"X_rps\":0}", "{\"D_s\":\"NaN\",\"X_max\":\"NaN\"}\n" },
    { "usl_concurrency_at_throughput", "{\"model\":{\"gamma\":100,\"alpha\":0.1,\"beta\":0.01},\"X_rps\":1e4}",
      "{\"N\":null,\"X_roundtrip\":null}\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;

      g_assert_cmpint (run (cases[i].name, cases[i].input, &out, &err), ==, 0);
      g_assert_cmpstr (out, ==, cases[i].output);
      g_assert_cmpstr (err, ==, "");
    }
}

/* What is wrong is said in one line that names it, and nothing is printed. */
static void
test_refusals (void)
{
  static const struct {
    const char *name;
    const char *input;
    int         status;
    const char *message;
  } cases[] = {
    { "no-such\x1b[31m", "{}", 2, "no function" },
    { "little_N", "{\"X_rps\":250}", 1, "R_s: is missing" },
    { "little_N", "{\"X_rps\":\"many\",\"R_s\":1}", 1, "X_rps: must be a number" },
    { "little_N", "[1]", 1, "object" },
    { "little_N", "{", 1, "1:2" },
    { "little_N", "", 1, "1:1" },
    { "ols_slope", "{\"x\":[1,1],\"y\":[2,3]}", 1, "two different" },
    { "ols_slope", "{\"x\":[1,2],\"y\":[2]}", 1, "y: must be a list of 2" },
    { "erlang_c", "{\"servers\":1.5,\"offered_erlang\":1}", 1, "whole" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;

      g_assert_cmpint (run (cases[i].name, cases[i].input, &out, &err), ==, cases[i].status);
      g_assert_cmpstr (out, ==, "");
      g_assert_true (g_str_has_prefix (err, "steelyard-cli: calc: "));
      g_assert_nonnull (strstr (err, cases[i].message));
      g_assert_null (strchr (err, '\x1b'));
      g_assert_true (strchr (err, '\n') == err + strlen (err) - 1);
    }
}

static void
test_list (void)
{
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  g_assert_cmpint (run ("--list", "", &out, &err), ==, 0);
  g_assert_nonnull (strstr (out, "\n    {\"X_rps\":250,\"R_s\":0.04}\n"));
  g_assert_nonnull (strstr (out, "usl_fit "));
  g_assert_nonnull (strstr (out, "holm "));
}

/* What --list shows, given back, is answered: a name in one line, inputs below it. */
static void
test_examples (void)
{
  static const char *const names[] = { "little_N", "smaa_sample", "tco", "topsis (min-max)", "usl_fit" };
  g_autofree char *list = NULL;
  g_autofree char *nothing = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_cmpint (run ("--list", "", &list, &nothing), ==, 0);
  lines = g_strsplit (list, "\n", -1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;
      g_autofree char *start = g_strconcat (names[i], " ", NULL);
      guint at = 0;

      while (lines[at] != NULL && !(g_str_has_prefix (lines[at], start) && g_str_has_prefix (lines[at + 1], "    {")))
        at++;
      g_assert_nonnull (lines[at]);
      g_assert_cmpint (run (names[i], lines[at + 1], &out, &err), ==, 0);
      g_assert_true (g_str_has_prefix (out, "{\""));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calc/answers", test_answers);
  g_test_add_func ("/calc/refusals", test_refusals);
  g_test_add_func ("/calc/list", test_list);
  g_test_add_func ("/calc/examples", test_examples);
  return g_test_run ();
}
