/* test-silence.c: how steelyard-cli ends when nothing came of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ports 1 and 2 of loopback have nobody. What has a time may end before it was
 * told so; why nothing came is asked of one that has none.
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "run-cli.h"

#define A "http://127.0.0.1:1/metrics"
#define B "http://127.0.0.1:2/metrics"

static void
test_watch (void)
{
  g_auto (CliRun) run = { 0 };

  cli_run (&run, (const char *[]) { "watch", A, B, "--for", "1s", "--interval", "200ms", "--json", NULL }, NULL);
  cli_run_assert_failed (&run, 1, "watch: no answer: " B);
  g_assert_nonnull (strstr (run.errors, "watch: no answer: " A));
}

/* Until it has said of both that nobody is there; then it is told to end. */
static void
test_reason (void)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *errors = NULL;
  gboolean has_said[2] = { FALSE, FALSE };

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error,
                              g_getenv ("STEELYARD_CLI"), "watch", A, B, "--interval", "100ms", "--json", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));

  while (!has_said[0] || !has_said[1])
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (line);
      if (strstr (line, "\"state\":\"retrying\",\"reason\":\"connect\"") != NULL)
        has_said[strstr (line, "\"url\":\"" B "\"") != NULL] = TRUE;
    }

  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &errors, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_nonnull (strstr (errors, "watch: no answer: " A ": nobody listens there"));
  g_assert_nonnull (strstr (errors, "watch: no answer: " B ": nobody listens there"));
}

/* The file stays: its gaps say when, and why. */
static void
test_record (void)
{
  g_autofree char *folder = g_dir_make_tmp ("silence-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.steelyard", NULL);
  g_auto (CliRun) run = { 0 };
  g_auto (CliRun) inspection = { 0 };

  cli_run (&run, (const char *[]) { "record", A, "--for", "500ms", "--interval", "200ms", "-o", path, NULL }, NULL);
  cli_run_assert_failed (&run, 1, "record: no answer: " A);
  g_assert_true (g_str_has_prefix (run.output, "0 answers and "));

  cli_run (&inspection, (const char *[]) { "inspect", "--json", path, NULL }, NULL);
  g_assert_cmpint (inspection.status, ==, 0);
  g_assert_nonnull (strstr (inspection.output, "\"finished\":true"));
  g_unlink (path);
  g_rmdir (folder);
}

/* Ended by its time, before it could give up. */
static void
test_drive (void)
{
  g_auto (CliRun) run = { 0 };

  cli_run (&run, (const char *[]) { "drive", A, B, "--rate", "20", "--for", "1s", "--json", NULL }, NULL);
  cli_run_assert_failed (&run, 1, "drive: http://127.0.0.1:2: none of the requests");
  g_assert_nonnull (strstr (run.errors, "drive: http://127.0.0.1:1: none of the requests"));
  g_assert_nonnull (strstr (run.output, "\"event\":\"summary\""));
}

static void
test_inspect (void)
{
  g_auto (CliRun) run = { 0 };

  cli_run (&run, (const char *[]) { "inspect", "-", NULL }, "");
  cli_run_assert_failed (&run, 1, "inspect: -: 1:1: the body is empty");
  g_assert_cmpstr (run.output, ==, "");

  /* Which is a way to say nothing in Prometheus text, if that is what it is. */
  cli_run (&run, (const char *[]) { "inspect", "--format", "prometheus", "-", NULL }, "");
  g_assert_cmpint (run.status, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/silence/watch", test_watch);
  g_test_add_func ("/silence/reason", test_reason);
  g_test_add_func ("/silence/record", test_record);
  g_test_add_func ("/silence/drive", test_drive);
  g_test_add_func ("/silence/inspect", test_inspect);
  return g_test_run ();
}
