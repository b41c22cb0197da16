/* test-watch-replay.c: steelyard-cli watch with a recording
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "sy-recorder.h"

#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)

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
      g_assert_cmpfloat_with_epsilon (seconds, i == 0 ? SECONDS : 20, 0.3);
      g_assert_cmpfloat_with_epsilon (json_object_get_double_member (last, "throughput"), 17.3, 0.5);
    }
}

/* The last answer is part of it, be it the only one. */
static void
test_one_answer (void)
{
  static const char text[] = "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes 4096\n";
  g_autofree char *folder = g_dir_make_tmp ("watch-replay-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "one.steelyard", NULL);
  g_autoptr (SyClock) clock = sy_clock_new_manual (SY_USEC_PER_SEC, WALL_US);
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (SyExposition) exposition = sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, NULL, table, &error);
  g_autoptr (SyRecorder) recorder = sy_recorder_new (path, clock, NULL, &error);
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  g_assert_no_error (error);
  sy_recorder_add_target (recorder, &(SyRecordTarget) { "a", "one", "http://127.0.0.1:1/metrics", SY_USEC_PER_SEC });
  sy_recorder_add (recorder, &(SyRecordEntry) {
    .moment = { .monotonic_us = SY_USEC_PER_SEC, .wall_us = WALL_US, .duration_us = 2000, .answered_us = SY_USEC_PER_SEC + 1000 },
    .exposition = exposition,
    .content_type = "text/plain; version=0.0.4",
  });
  g_assert_true (sy_recorder_finish (recorder, &error));
  g_clear_object (&recorder);

  g_assert_cmpint (run ((const char *const[]) { "--json", path, NULL }, &out, &err), ==, 0);
  g_assert_cmpstr (err, ==, "");
  g_assert_nonnull (strstr (out, "\"rss\":4096"));
  g_unlink (path);
  g_rmdir (folder);
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
  g_test_add_func ("/watch-replay/one-answer", test_one_answer);
  g_test_add_func ("/watch-replay/refusals", test_refusals);
  return g_test_run ();
}
