/* test-child.c
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-child.h"
#include "sy-error.h"

typedef struct
{
  GMainLoop *loop;
  GString   *lines;
  GError    *end;
  gboolean   exited;
} Seen;

static void
line_cb (SyChild    *child,
         const char *line,
         Seen       *seen)
{
  g_string_append_printf (seen->lines, "%s|", line);
}

static void
exited_cb (SyChild *child,
           GError  *error,
           Seen    *seen)
{
  seen->exited = TRUE;
  seen->end = error != NULL ? g_error_copy (error) : NULL;
  g_main_loop_quit (seen->loop);
}

static SyChild *
spawn (const char *script,
       Seen       *seen)
{
  g_autoptr (GError) error = NULL;
  SyChild *child = sy_child_spawn ((const char *[]) { "sh", "-c", script, NULL }, &error);

  g_assert_no_error (error);
  seen->loop = g_main_loop_new (NULL, FALSE);
  seen->lines = g_string_new (NULL);
  g_signal_connect (child, "line", G_CALLBACK (line_cb), seen);
  g_signal_connect (child, "exited", G_CALLBACK (exited_cb), seen);
  return child;
}

static void
clear (Seen *seen)
{
  g_main_loop_unref (seen->loop);
  g_string_free (seen->lines, TRUE);
  g_clear_error (&seen->end);
}

static void
test_lines (void)
{
  Seen seen = { 0 };
  g_autoptr (SyChild) child = spawn ("echo one; echo two; printf three", &seen);

  g_main_loop_run (seen.loop);
  g_assert_no_error (seen.end);
  g_assert_cmpstr (seen.lines->str, ==, "one|two|three|");
  clear (&seen);
}

/* What it complained about is in the error. */
static void
test_failure (void)
{
  Seen seen = { 0 };
  g_autoptr (SyChild) child = spawn ("echo no such port >&2; exit 3", &seen);

  g_main_loop_run (seen.loop);
  g_assert_error (seen.end, SY_ERROR, SY_ERROR_FAILED);
  g_assert_nonnull (strstr (seen.end->message, "status 3"));
  g_assert_nonnull (strstr (seen.end->message, "no such port"));
  clear (&seen);
}

/* A program that waits for the end of its input ends when we go. */
static void
test_input_is_ours (void)
{
  Seen seen = { 0 };
  g_autoptr (SyChild) child = spawn ("echo ready; cat; echo gone", &seen);

  while (seen.lines->len == 0)
    g_main_context_iteration (NULL, TRUE);

  sy_child_stop (child);
  g_assert_false (seen.exited);
  g_assert_cmpstr (seen.lines->str, ==, "ready|");
  clear (&seen);
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sy_child_spawn ((const char *[]) { "/nonexistent/steelyard", NULL }, &error));
  g_assert_nonnull (error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/child/lines", test_lines);
  g_test_add_func ("/child/failure", test_failure);
  g_test_add_func ("/child/input-is-ours", test_input_is_ours);
  g_test_add_func ("/child/missing", test_missing);
  return g_test_run ();
}
