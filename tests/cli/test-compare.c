/* test-compare.c: the surface of steelyard-cli compare; real servers are in ../systems
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sy-calc.h"
#include "sy-decision-calls.h"

static int
run (const char *const *arguments,
     char             **ret_out,
     char             **ret_err)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  const char *first = g_getenv ("STEELYARD_FIRST_RECORDING");
  g_autofree char *first_z = g_strconcat (first, "#z", NULL);

  g_ptr_array_add (argv, (gpointer) g_getenv ("STEELYARD_CLI"));
  g_ptr_array_add (argv, (gpointer) "compare");
  for (guint i = 0; arguments[i] != NULL; i++)
    if (strcmp (arguments[i], "FIRST") == 0)
      g_ptr_array_add (argv, (gpointer) first);
    else
      g_ptr_array_add (argv, (gpointer) (strcmp (arguments[i], "FIRST#z") == 0 ? first_z : arguments[i]));
  g_ptr_array_add (argv, NULL);

  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, ret_out, ret_err, &error);
  g_assert_no_error (error);
  return g_subprocess_get_exit_status (process);
}

/* Port 1 of loopback has nobody. */
static void
test_refusals (void)
{
  static const struct {
    const char *arguments[8];
    int         status;
    const char *message;
  } cases[] = {
    { { NULL }, 2, "two URLs" },
    { { "127.0.0.1:1" }, 2, "two URLs" },
    { { "127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3" }, 2, "two URLs" },
    { { "127.0.0.1:1", "127.0.0.1:1" }, 2, "already here" },
    { { "127.0.0.1:1", "ftp://h/" }, 2, "ftp" },
    { { "--for", "soon", "127.0.0.1:1", "127.0.0.1:2" }, 2, "duration" },
    { { "--expect", "c", "127.0.0.1:1", "127.0.0.1:2" }, 2, "a, b or equal" },
    { { "--load", "mixed", "--for", "3m", "127.0.0.1:1", "127.0.0.1:2" }, 2, "at most 2m" },
    { { "--protocol", "some", "--load", "mixed", "127.0.0.1:1", "127.0.0.1:2" }, 2, "full or quick" },
    { { "--protocol", "quick", "127.0.0.1:1", "127.0.0.1:2" }, 2, "needs --load" },
    { { "--protocol", "quick", "--load", "mixed", "http://h.example", "127.0.0.1:2" }, 2, "consent" },
    { { "--load", "mixd", "--for", "1s", "127.0.0.1:1", "127.0.0.1:2" }, 2, "“mixd”; there are ai-inference, " },
    { { "--for", "1s", "127.0.0.1:1", "127.0.0.1:2" }, 1, "no answer within " },
    { { "--report", "x.docx", "127.0.0.1:1", "127.0.0.1:2" }, 2, "should end in" },
    { { "--report", "-", "127.0.0.1:1", "127.0.0.1:2" }, 2, "--report" },
    { { "no-such.steelyard" }, 1, "no-such.steelyard" },
    { { "no-such.steelyard", "127.0.0.1:1" }, 1, "no-such.steelyard" },
    { { "--for", "1s", "FIRST#z", "127.0.0.1:1" }, 2, "no such backend" },
    { { "--load", "mixed", "--for", "1s", "FIRST", "127.0.0.1:1" }, 2, "not with a recording" },
    { { "--for", "1s", "FIRST", "127.0.0.1:1" }, 1, "127.0.0.1:1" },
    { { "--load", "mixed", "--for", "1s", "no-such.steelyard" }, 2, "not with a recording" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;
      const char *last;

      g_assert_cmpint (run (cases[i].arguments, &out, &err), ==, cases[i].status);
      g_assert_cmpstr (out, ==, "");
      g_assert_nonnull (strstr (err, cases[i].message));
      last = g_strrstr (err, "steelyard-cli: ");
      g_assert_nonnull (last);
      g_assert_cmpint (strchr (last, '\n') - last, ==, strlen (last) - 1);
    }
}

/* Neither ever answers: it says so while it waits, ends long before its time, and
 * names both, why, and what to do. */
static void
test_in_vain (void)
{
  static const char *const with_load[] = { "--load", "mixed", "--rate", "5", "--give-up", "1s", "127.0.0.1:1", "127.0.0.1:2", NULL };

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;

      g_assert_cmpint (run (with_load + (i == 0 ? 4 : 0), &out, &err), ==, 1);
      g_assert_cmpstr (out, ==, "");
      g_assert_true (g_str_has_prefix (err, "2:00 left · "));
      g_assert_nonnull (strstr (err, " · A: connecting · B: connecting\n"));
      g_assert_nonnull (strstr (err, " · B: retrying, http://127.0.0.1:2/metrics: "));
      g_assert_nonnull (strstr (err, "steelyard-cli: compare: no answer within "));
      g_assert_nonnull (strstr (err, "s: A: retrying, http://127.0.0.1:1/metrics: "));
      g_assert_nonnull (strstr (err, "; B: retrying, http://127.0.0.1:2/metrics: "));
      g_assert_nonnull (strstr (err, "steelyard-cli inspect URL"));
    }
}

/* On a terminal its progress is one line that is written over and then removed. */
static void
test_terminal (void)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) seen = g_string_new (NULL);
  const char *last;
  char buffer[4096];
  gssize n;
  int terminal, end;

  terminal = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (terminal, >=, 0);
  g_assert_cmpint (grantpt (terminal), ==, 0);
  g_assert_cmpint (unlockpt (terminal), ==, 0);
  end = open (ptsname (terminal), O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (end, >=, 0);
  g_subprocess_launcher_take_stderr_fd (launcher, end);

  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("STEELYARD_CLI"), "compare", "--give-up", "1s", "127.0.0.1:1",
                                         "127.0.0.1:2", NULL);
  g_assert_no_error (error);
  g_clear_object (&launcher);

  /* EIO once the program has closed its end. */
  while ((n = read (terminal, buffer, sizeof buffer)) > 0)
    g_string_append_len (seen, buffer, n);
  close (terminal);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);

  last = strstr (seen->str, "\r\033[Ksteelyard-cli: compare: ");
  g_assert_nonnull (last);
  g_assert_true (g_str_has_prefix (seen->str, "\r\033[K"));
  g_assert_nonnull (strstr (seen->str + 1, "\r\033[K1:5"));
  g_assert_null (memchr (seen->str, '\n', (gsize) (last - seen->str)));
}

/* The report of what was printed; it does not change how the command ends. */
static void
test_report (void)
{
  g_autofree char *folder = g_dir_make_tmp ("compare-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.html", NULL);
  const char *first = g_getenv ("STEELYARD_FIRST_RECORDING");
  const char *const arguments[] = { "--report", path, "--json", first, first, NULL };
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autofree char *written = NULL;

  g_assert_cmpint (run (arguments, &out, &err), ==, 4);
  g_assert_cmpstr (err, ==, "");
  g_assert_true (g_str_has_prefix (out, "{\"schema\":\"steelyard.decision/1\""));
  g_assert_true (g_file_get_contents (path, &written, NULL, NULL));
  g_assert_true (g_str_has_prefix (written, "<!DOCTYPE html>"));
  g_assert_nonnull (strstr (written, "R-FEW"));
  g_unlink (path);
  g_rmdir (folder);
}

/* The interval that was measured comes out again from what the report holds, bit for
 * bit: its pairs are those that were compared, and no others. */
static void
test_reproduced (void)
{
  g_autofree char *recording = g_test_build_filename (G_TEST_DIST, "..", "data", "recordings", "two-under-one-load.steelyard", NULL);
  const char *const arguments[] = { "--json", recording, NULL };
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (GList) names = NULL;
  JsonArray *calls;
  JsonObject *call, *places;

  run (arguments, &out, &err);
  g_assert_cmpstr (err, ==, "");
  root = json_from_string (out, &error);
  g_assert_no_error (error);
  calls = json_node_get_array (sy_json_at (root, "/reproduce/calls"));
  g_assert_cmpuint (json_array_get_length (calls), ==, 1);
  call = json_array_get_object_element (calls, 0);
  g_assert_cmpint ((gint64) json_array_get_length (json_node_get_array (sy_json_at (root, "/reproduce/calls/0/inputs/values"))), ==,
                   json_node_get_int (sy_json_at (root, "/evidence/0/windows")));

  answer = json_node_init_object (json_node_alloc (), sy_calc_run (json_object_get_string_member (call, "function"),
                                                                   json_object_get_object_member (call, "inputs"), &error));
  g_assert_no_error (error);
  places = json_object_get_object_member (call, "answers");
  names = json_object_get_members (places);
  g_assert_cmpuint (g_list_length (names), ==, 5);
  for (GList *l = names; l != NULL; l = l->next)
    {
      const double again = json_node_get_double (sy_json_at (answer, l->data));
      const double there = json_node_get_double (sy_json_at (root, json_object_get_string_member (places, l->data)));

      g_assert_cmpmem (&again, sizeof again, &there, sizeof there);
    }
  json_object_unref (json_node_get_object (answer));
}

/* Too close to call is a verdict, but not that the two are equal, nor that one is ahead. */
static void
test_expected (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("STEELYARD_DATADIR"), "recordings", "two-under-one-load.steelyard", NULL);
  static const struct { const char *option, *who; int status; } cases[] = {
    { "--json", NULL, 0 }, { "--expect", "equal", 4 }, { "--expect", "a", 3 }, { "--expect", "b", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const arguments[] = { "--warm-up", "1s", path, cases[i].option, cases[i].who, NULL };
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;

      g_assert_cmpint (run (arguments, &out, &err), ==, cases[i].status);
      g_assert_nonnull (strstr (out, i == 0 ? "\"too-close\"" : "verdict: too close to call"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compare/refusals", test_refusals);
  g_test_add_func ("/compare/in-vain", test_in_vain);
  g_test_add_func ("/compare/terminal", test_terminal);
  g_test_add_func ("/compare/report", test_report);
  g_test_add_func ("/compare/reproduced", test_reproduced);
  g_test_add_func ("/compare/expected", test_expected);
  return g_test_run ();
}
