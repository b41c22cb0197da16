/* test-report-command.c: the surface of steelyard-cli report; its words have tests of their own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

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

static int
run (const char  *in,
     const char  *out,
     char       **ret_out,
     char       **ret_err)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error,
                              g_getenv ("STEELYARD_CLI"), "report", in, "-o", out, NULL);
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

  g_assert_cmpint (run (self->in, "-", &printed, &err), ==, 0);
  g_assert_cmpint (run (self->in, self->out, &quiet, &nothing), ==, 0);
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
  g_autofree char *docx = g_build_filename (self->folder, "decision.docx", NULL);
  const struct {
    const char *in;
    const char *out;
    int         status;
  } cases[] = {
    { none, self->out, 1 },
    { self->folder, self->out, 1 },
    { self->in, docx, 2 },
    { self->in, none, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;

      g_assert_cmpint (run (cases[i].in, cases[i].out, &out, &err), ==, cases[i].status);
      g_assert_cmpstr (out, ==, "");
      g_assert_true (g_str_has_prefix (err, "steelyard-cli: report: "));
      g_assert_true (strchr (err, '\n') == err + strlen (err) - 1);
      g_assert_false (g_file_test (cases[i].out, G_FILE_TEST_EXISTS));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/report-command/written", Fixture, NULL, set_up, test_written, tear_down);
  g_test_add ("/report-command/refusals", Fixture, NULL, set_up, test_refusals, tear_down);

  return g_test_run ();
}
