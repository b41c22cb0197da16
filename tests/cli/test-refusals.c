/* test-refusals.c: what steelyard-cli refuses before it does anything, and how it says so
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

#include "run-cli.h"

#define A "http://127.0.0.1:1/metrics"
#define B "http://127.0.0.1:2/metrics"
#define CANARY "c4n4ry"
#define WITH_PASSWORD "http://u:" CANARY "@127.0.0.1:1/"
#define WITH_TOKEN A "?token=" CANARY

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned): of a recording, which is never made */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = g_dir_make_tmp ("refusals-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "x.steelyard", NULL);
}

/* Nothing is left of what was refused. */
static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
}

/* No option is taken and then has no effect. */
static void
test_options (Fixture       *self,
              gconstpointer  data)
{
  const struct {
    const char *arguments[9];
    const char *part;
  } cases[] = {
    { { "watch", A, "--for", "1177h" }, "“1177h” is too long: at most 1176h" },
    { { "compare", A, B, "--for", "99999999h" }, "at most 1176h" },
    { { "record", A, "-o", self->path, "--for", "5000000s" }, "at most 1176h" },
    { { "record", A, "-o", self->path, "--max-size", "0" }, "--max-size: is a number of MiB from 1 on" },
    { { "record", A, "-o", self->path, "--max-size", "-1" }, "--max-size: is a number of MiB from 1 on" },
    { { "compare", A, B, "--load", "mixed", "--protocol", "quick", "--for", "1m" }, "--protocol: takes its own time" },
    { { "compare", A, B, "--load", "mixed", "--protocol", "quick", "--warm-up", "1s" }, "--protocol: takes its own time" },
    { { "compare", A, B, "--load", "mixed", "--protocol", "quick", "--give-up", "1s" }, "--protocol: takes its own time" },
    { { "compare", A, B, "--addresses" }, "--addresses: needs --report" },
    { { "compare", A, B, "--warm-up", "2h" }, "--warm-up: at most 1h" },
    { { "inspect", "--again", "1s", "--format", "promapi", A }, ": --again is for scrapes" },
    { { "inspect", self->path, "--again", "2s" }, "x.steelyard: --again asks an address twice" },
    { { "inspect", self->path, "--auth-in-clear" }, "are for addresses, not for files" },
    { { "inspect", self->path, "--auth-file", "/nonexistent" }, "are for addresses, not for files" },
    { { "inspect", self->path, "--strict" }, "x.steelyard: --strict is for" },
    { { "inspect", self->path, "--format", "otlp" }, "x.steelyard: --format is for" },
    { { "inspect", self->path, "--format", "promapi", "--json" }, "x.steelyard: --format is for" },
    { { "compare", A, B, "--consent", A }, "--consent: needs --load" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (CliRun) run = { 0 };

      cli_run (&run, cases[i].arguments, NULL);
      cli_run_assert_failed (&run, 2, cases[i].part);
      g_assert_cmpstr (run.output, ==, "");
    }
}

/* Requests go neither to who watches a backend nor to us, who are pushed to. */
static void
test_load (Fixture       *self,
           gconstpointer  data)
{
  static const char *const addresses[] = { "prometheus+http://127.0.0.1:1/?match={job=\"api\"}", "otlp://127.0.0.1:14318/api" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_auto (CliRun) run = { 0 };

      cli_run (&run, (const char *[]) { "compare", addresses[i], B, "--load", "mixed", "--for", "1s", NULL }, NULL);
      cli_run_assert_failed (&run, 2, "--load: the address of “api” is not where its requests go");

      cli_run (&run, (const char *[]) { "compare", B, addresses[i], "--load", "mixed", "--protocol", "quick", NULL }, NULL);
      cli_run_assert_failed (&run, 2, "--load: the address of “api” is not where its requests go");
    }
}

/* An address may hold a secret, whether it can be used or not. */
static void
test_secrets (Fixture       *self,
              gconstpointer  data)
{
  const char *const cases[][7] = {
    { "watch", WITH_PASSWORD },
    { "watch", WITH_TOKEN, WITH_TOKEN },
    { "inspect", WITH_PASSWORD },
    { "drive", WITH_PASSWORD },
    { "drive", WITH_TOKEN, WITH_TOKEN },
    { "compare", WITH_PASSWORD, B },
    { "compare", WITH_TOKEN, WITH_TOKEN },
    { "record", WITH_PASSWORD, "-o", self->path },
    { "record", WITH_TOKEN, WITH_TOKEN, "-o", self->path },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (CliRun) run = { 0 };

      cli_run (&run, cases[i], NULL);
      g_test_message ("%s: %s", cases[i][0], run.errors);
      cli_run_assert_failed (&run, 2, cases[i][0]);
      g_assert_null (strstr (run.errors, CANARY));
      g_assert_cmpstr (run.output, ==, "");
    }
}

/* Whoever corrects the address can say the same file again. */
static void
test_record (Fixture       *self,
             gconstpointer  data)
{
  static const char *const wrong[] = { "ftp://h/", A, "prometheus+http://127.0.0.1:1/?match={job=\"api\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (CliRun) run = { 0 };

      cli_run (&run, (const char *[]) { "record", A, wrong[i], "-o", self->path, NULL }, NULL);
      cli_run_assert_failed (&run, 2, "record: ");
      g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
    }
}

/* What cannot be written is said; that nobody reads is no failure. */
static void
test_output (Fixture       *self,
             gconstpointer  data)
{
  static const struct { const char *script, *errors; int status; } cases[] = {
    { "echo 'up 1' | $STEELYARD_CLI inspect - --json >/dev/full", "steelyard-cli: inspect: standard output: No space left on device\n", 1 },
    { "echo 'up 1' | $STEELYARD_CLI inspect - >/dev/full", "steelyard-cli: inspect: standard output: No space left on device\n", 1 },
    { "echo 'up 1' | $STEELYARD_CLI inspect /dev/stdin --json | grep -q '\"name\":\"up\"'", "", 0 },
    { "echo 'up 1' | ($STEELYARD_CLI inspect - --json; echo $? >&2) | true", "0\n", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *errors = NULL;
      g_autoptr (GError) error = NULL;
      const char *argv[] = { "sh", "-c", cases[i].script, NULL };
      int wait_status;

      g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &errors, &wait_status, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (errors, ==, cases[i].errors);
      g_assert_cmpint (WEXITSTATUS (wait_status), ==, cases[i].status);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/refusals/options", Fixture, NULL, set_up, test_options, tear_down);
  g_test_add ("/refusals/load", Fixture, NULL, set_up, test_load, tear_down);
  g_test_add ("/refusals/secrets", Fixture, NULL, set_up, test_secrets, tear_down);
  g_test_add ("/refusals/output", Fixture, NULL, set_up, test_output, tear_down);
  g_test_add ("/refusals/record", Fixture, NULL, set_up, test_record, tear_down);
  return g_test_run ();
}
