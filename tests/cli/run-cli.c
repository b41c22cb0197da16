/* run-cli.c: steelyard-cli, run by a test
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "run-cli.h"

#include <string.h>

/* (transfer full) */
static char *
make_text (GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  return g_strndup (length > 0 ? text : "", length);
}

void
cli_run (CliRun            *self,
         const char *const *arguments,
         const char        *input)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) in = g_bytes_new (input != NULL ? input : "", input != NULL ? strlen (input) : 0);
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GBytes) err = NULL;

  cli_run_clear (self);
  g_ptr_array_add (argv, (gpointer) g_getenv ("STEELYARD_CLI"));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);

  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate (process, in, NULL, &out, &err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));

  self->status = g_subprocess_get_exit_status (process);
  self->output = make_text (out);
  self->errors = make_text (err);

  /* Why, should the test not expect it. */
  if (self->status != 0)
    g_test_message ("%s", self->errors);
}

void
cli_run_clear (CliRun *self)
{
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->errors, g_free);
}

void
cli_run_assert_failed (const CliRun *self,
                       int           status,
                       const char   *part)
{
  const char *last = g_strrstr (self->errors, "steelyard-cli: ");

  g_assert_cmpint (self->status, ==, status);
  g_assert_nonnull (last);
  g_assert_cmpint (strchr (last, '\n') - last, ==, (glong) strlen (last) - 1);
  if (strstr (last, part) == NULL)
    g_error ("“%s” is not in: %s", part, last);
}
