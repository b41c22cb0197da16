/* test-report-command.c: the surface of steelyard-cli report; its words have tests of their own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char *folder; /* (owned) */
  char *in;     /* (owned): a decision */
  char *out;    /* (owned): not there yet */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = g_dir_make_tmp ("report-XXXXXX", NULL);
  self->in = g_build_filename (self->folder, "decision.json", NULL);
  self->out = g_build_filename (self->folder, "decision.md", NULL);
  g_assert_true (g_file_set_contents (self->in, "{\"schema\":\"steelyard.decision/1\",\"verdict\":{\"state\":\"A_AHEAD\"}}", -1, NULL));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_unlink (self->in);
  g_unlink (self->out);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->in);
  g_free (self->out);
}

/* With @more (ended by NULL) after them. */
static int
run (const char        *in,
     const char        *out,
     const char *const *more,
     char             **ret_out,
     char             **ret_err)
{
  const char *argv[10] = { g_getenv ("STEELYARD_CLI"), "report", in, "-o", out };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; more != NULL && more[i] != NULL; i++)
    argv[5 + i] = more[i];
  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, ret_out, ret_err, &error);
  g_assert_no_error (error);
  return g_subprocess_get_exit_status (process);
}

/* The same bytes in a file as on standard output. */
static void
test_written (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *printed = NULL;
  g_autofree char *quiet = NULL;
  g_autofree char *err = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *written = NULL;

  g_assert_cmpint (run (self->in, "-", NULL, &printed, &err), ==, 0);
  g_assert_cmpint (run (self->in, self->out, NULL, &quiet, &nothing), ==, 0);
  g_assert_cmpstr (err, ==, "");
  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpstr (quiet, ==, "");
  g_assert_true (g_str_has_prefix (printed, "# Decision: A or B\n"));
  g_assert_true (g_file_get_contents (self->out, &written, NULL, NULL));
  g_assert_cmpstr (written, ==, printed);
}

/* One line that says what is wrong, and no file. */
static void
test_refusals (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *none = g_build_filename (self->folder, "none.json", NULL);
  g_autofree char *pdf = g_build_filename (self->folder, "none.pdf", NULL);
  g_autofree char *docx = g_build_filename (self->folder, "decision.docx", NULL);
  const struct {
    const char *in;
    const char *out;
    const char *more[3];
    int         status;
  } cases[] = {
    { none, self->out, { NULL }, 1 },
    { self->folder, self->out, { NULL }, 1 },
    { self->in, docx, { NULL }, 2 },
    { self->in, self->folder, { NULL }, 2 },
    { self->in, pdf, { "--paper", "a5" }, 2 },
    { self->in, self->out, { "--format", "docx" }, 2 },
    { self->in, self->out, { self->in }, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;

      g_assert_cmpint (run (cases[i].in, cases[i].out, cases[i].more, &out, &err), ==, cases[i].status);
      g_assert_cmpstr (out, ==, "");
      g_assert_true (g_str_has_prefix (err, "steelyard-cli: report: "));
      g_assert_true (strchr (err, '\n') == err + strlen (err) - 1);
      g_assert_false (g_file_test (cases[i].out, G_FILE_TEST_IS_REGULAR));
    }
}

/* What is read is still there. */
static void
test_same (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (g_file_get_contents (self->in, &before, NULL, NULL));
  g_assert_cmpint (link (self->in, self->out), ==, 0);
  g_assert_cmpint (run (self->in, self->out, NULL, &out, &err), ==, 2);
  g_assert_nonnull (strstr (err, "is what is read"));
  g_assert_true (g_file_get_contents (self->in, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, before);
}

/* Standard output may have no room, which is no success. */
static void
test_full (Fixture       *self,
           gconstpointer  data)
{
  const char *const argv[] = { g_getenv ("STEELYARD_CLI"), "report", self->in, "-o", "-", NULL };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *err = NULL;
  const int full = g_open ("/dev/full", O_WRONLY | O_CLOEXEC, 0);

  if (full < 0)
    {
      g_test_skip ("there is no /dev/full");
      return;
    }

  g_subprocess_launcher_take_stdout_fd (launcher, full);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &err, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_true (g_str_has_prefix (err, "steelyard-cli: report: standard output: "));
}

/* The ending says the form, and --format says it better. */
static void
test_forms (Fixture       *self,
            gconstpointer  data)
{
  static const struct {
    const char *name;
    const char *more[3];
    const char *begin;
  } cases[] = {
    { "x.pdf", { "--paper", "letter" }, "%PDF-" },
    { "x.HTML", { NULL }, "<!DOCTYPE html>" },
    { "x.md", { NULL }, "# Decision" },
    { "x.json", { NULL }, "{\"schema\":" },
    { "x", { "--format", "html" }, "<!DOCTYPE html>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, cases[i].name, NULL);
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;
      g_autofree char *written = NULL;

      g_assert_cmpint (run (self->in, path, cases[i].more, &out, &err), ==, 0);
      g_assert_cmpstr (err, ==, "");
      g_assert_true (g_file_get_contents (path, &written, NULL, NULL));
      g_assert_true (g_str_has_prefix (written, cases[i].begin));
      g_unlink (path);
    }
}

/* What recordings say, as `compare` has it, and without their hosts. */
static void
test_recordings (Fixture       *self,
                 gconstpointer  data)
{
  const char *first = g_getenv ("STEELYARD_FIRST_RECORDING");
  const char *const more[] = { first, NULL };
  g_autofree char *report = NULL;
  g_autofree char *said = NULL;
  g_autofree char *alone = NULL;
  g_autofree char *why = NULL;

  g_assert_cmpint (run (first, "-", more, &report, &said), ==, 0);
  g_assert_cmpstr (said, ==, "");
  g_assert_nonnull (strstr (report, "- Status: Nothing can be said yet\n"));
  g_assert_nonnull (strstr (report, "R-FEW"));
  g_assert_null (strstr (report, "://"));
  g_assert_null (strstr (report, "whether traps were looked for"));
  g_assert_nonnull (strstr (report, "- SHA-256 of the inputs: "));

  g_assert_cmpint (run (first, "-", NULL, &alone, &why), ==, 2);
  g_assert_nonnull (strstr (why, "steelyard-cli: report: "));
}

/* What was stated in the application is in the report of a recording: costs, with what
 * they assume and the price of the day, weights and where they flip. */
static void
test_decided (Fixture       *self,
              gconstpointer  data)
{
  static const char *const wanted[] = {
    "\"difference_npv\":", "\"A.salary\"", "\"aws/us-east-1/m7g.large\"", "\"API for mobile apps\"", "\"weight\":{", "\"flip\":[{",
    "\"function\":\"npv_difference\"", "\"function\":\"confidence_sequence\"",
  };
  g_autofree char *recording = g_test_build_filename (G_TEST_DIST, "..", "data", "recordings", "two-under-one-load.steelyard", NULL);
  g_autofree char *folder = g_build_filename (self->folder, "steelyard", NULL);
  g_autofree char *stated = g_build_filename (folder, "assumptions.json", NULL);
  g_autofree char *path = g_build_filename (self->folder, "decision.json", NULL);
  const char *const argv[] = { g_getenv ("STEELYARD_CLI"), "report", recording, "-o", path, NULL };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *err = NULL;
  g_autofree char *report = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_file_set_contents (stated, "{\"schema\":\"steelyard.assumptions/1\",\"use_case\":\"mobile-api\",\"values\":{"
                       "\"A.team\":{\"value\":4,\"class\":\"USER\"},\"B.team\":{\"value\":4,\"class\":\"USER\"},\"A.salary\":{\"value\":95000,\"class\":\"USER\"},"
                       "\"B.salary\":{\"value\":80000,\"class\":\"USER\"},"
                       "\"A.mvp_months\":{\"value\":5,\"class\":\"USER\"},\"B.mvp_months\":{\"value\":4,\"class\":\"USER\"}},"
                       "\"judgements\":{\"team-fit\":{\"A\":80,\"B\":20},\"security\":{\"A\":10,\"B\":90}}}", -1, &error);
  g_assert_no_error (error);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", self->folder, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &err, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (err, ==, "");
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);

  g_assert_true (g_file_get_contents (path, &report, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (strstr (report, wanted[i]) == NULL)
      g_error ("no %s in %s", wanted[i], report);

  g_unlink (stated);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/report-command/written", Fixture, NULL, set_up, test_written, tear_down);
  g_test_add ("/report-command/full", Fixture, NULL, set_up, test_full, tear_down);
  g_test_add ("/report-command/same", Fixture, NULL, set_up, test_same, tear_down);
  g_test_add ("/report-command/refusals", Fixture, NULL, set_up, test_refusals, tear_down);

  g_test_add ("/report-command/forms", Fixture, NULL, set_up, test_forms, tear_down);
  g_test_add ("/report-command/recordings", Fixture, NULL, set_up, test_recordings, tear_down);
  g_test_add ("/report-command/decided", Fixture, NULL, set_up, test_decided, tear_down);

  return g_test_run ();
}
