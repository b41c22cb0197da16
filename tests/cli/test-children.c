/* test-children.c: steelyard-cli and the steelyard-cli that it starts
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fake-cli.sh stands in for the second.
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "run-cli.h"

#define A "http://127.0.0.1:1"
#define B "http://127.0.0.1:2"

/* Runs it as cli_run() does; @said: where the second writes its arguments. */
static void
run_with_fake (CliRun            *self,
               const char *const *arguments,
               const char        *said)
{
  g_autofree char *fake = g_test_build_filename (G_TEST_DIST, "cli", "fake-cli.sh", NULL);
  g_autofree char *program = g_strdup (g_getenv ("STEELYARD_CLI"));
  g_autofree char *is_fake = g_strconcat ("STEELYARD_CLI=", fake, NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  g_ptr_array_add (argv, is_fake);
  g_ptr_array_add (argv, program);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);

  g_setenv ("FAKE_CLI_ARGUMENTS", said, TRUE);
  g_setenv ("STEELYARD_CLI", "/usr/bin/env", TRUE);
  cli_run (self, (const char *const *) argv->pdata, NULL);
  g_setenv ("STEELYARD_CLI", program, TRUE);
}

/* Who drives asks for consent once more, so it is passed on. */
static void
test_consent (void)
{
  g_autofree char *folder = g_dir_make_tmp ("children-XXXXXX", NULL);
  g_autofree char *said = g_build_filename (folder, "arguments", NULL);
  g_autofree char *content = NULL;
  g_auto (CliRun) run = { 0 };

  run_with_fake (&run, (const char *[]) { "compare", A, B, "--for", "1s", "--load", "mixed", "--rate", "5", "--consent", A, "--consent",
                                          "http://192.0.2.1:80", NULL }, said);
  g_assert_cmpint (run.status, ==, 1);
  g_assert_true (g_file_get_contents (said, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "drive\n--workload\nmixed\n--for\n1000ms\n--json\n--rate\n5\n--consent\n" A "\n--consent\n"
                   "http://192.0.2.1:80\n" A "\n" B "\n");
  g_unlink (said);
  g_rmdir (folder);
}

/* A demo that is interrupted before there is anything to show has shown nothing. */
static void
test_interrupted (void)
{
  g_auto (CliRun) run = { 0 };

  run_with_fake (&run, (const char *[]) { "demo", "--for", "1s", NULL }, "/dev/null");
  cli_run_assert_failed (&run, 1, "demo: ended before both servers were there");
  g_assert_cmpstr (run.output, ==, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/children/consent", test_consent);
  g_test_add_func ("/children/interrupted", test_interrupted);
  return g_test_run ();
}
