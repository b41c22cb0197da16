/* test-watch-replay.c: steelyard-cli watch with a recording
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* What the oldest recording holds: one backend, 700 answers a second apart. */
#define SECONDS 699

static int
run (const char *const  *arguments,
     char              **ret_out,
     char              **ret_err)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (argv, (gpointer) g_getenv ("STEELYARD_CLI"));
  g_ptr_array_add (argv, (gpointer) "watch");
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) (strcmp (arguments[i], "FIRST") == 0 ? g_getenv ("STEELYARD_FIRST_RECORDING") : arguments[i]));
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, ret_out, ret_err, &error);
  g_assert_no_error (error);
  return g_subprocess_get_exit_status (process);
}

/* A row an interval, with the times of the day it was recorded. */
static void
test_rows (void)
{
  static const struct {
    const char *arguments[8];
    guint       n;
  } cases[] = {
    { { "--json", "FIRST" }, SECONDS },
    { { "--json", "--for", "20s", "FIRST" }, 20 },
    { { "--json", "--for", "20s", "--interval", "3s", "FIRST" }, 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;
      g_auto (GStrv) lines = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (GError) error = NULL;
      JsonObject *last;
      double seconds;

      g_assert_cmpint (run (cases[i].arguments, &out, &err), ==, 0);
      g_assert_cmpstr (err, ==, "");
      lines = g_strsplit (g_strchomp (out), "\n", -1);
      g_assert_cmpuint (g_strv_length (lines), ==, cases[i].n);

      node = json_from_string (lines[cases[i].n - 1], &error);
      g_assert_no_error (error);
      last = json_node_get_object (node);
      seconds = json_object_get_double_member (last, "t") - 1795000000;
      g_assert_cmpfloat_with_epsilon (seconds, i == 0 ? SECONDS : 20, 0.1);
      g_assert_cmpfloat_with_epsilon (json_object_get_double_member (last, "throughput"), 17.3, 0.5);
    }
}

static void
test_refusals (void)
{
  static const struct {
    const char *arguments[4];
    int         status;
    const char *message;
  } cases[] = {
    { { "FIRST", "127.0.0.1:1" }, 2, "one recording at a time" },
    { { "FIRST", "FIRST" }, 2, "one recording at a time" },
    { { "no-such.steelyard" }, 1, "no-such.steelyard" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;

      g_assert_cmpint (run (cases[i].arguments, &out, &err), ==, cases[i].status);
      g_assert_cmpstr (out, ==, "");
      g_assert_nonnull (strstr (err, cases[i].message));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/watch-replay/rows", test_rows);
  g_test_add_func ("/watch-replay/refusals", test_refusals);
  return g_test_run ();
}
