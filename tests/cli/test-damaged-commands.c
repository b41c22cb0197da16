/* test-damaged-commands.c: no command falls over a damaged recording, or touches it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * 50 recordings cut off somewhere and 200 with one bit turned, each given to one of
 * the commands that read recordings, in turn; with DAMAGED_EACH in the environment to
 * all of them.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "run-cli.h"
#include "sy-error.h"
#include "sy-random.h"
#include "sy-recorder.h"

#define START_US (1000 * SY_USEC_PER_SEC)
#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)
#define SECONDS 90
#define N_CUT 50
#define N_TURNED 200

typedef enum { EXPORT, REPORT, COMPARE, WATCH, THUMBNAIL, N_COMMANDS } Command;

typedef struct
{
  char  *folder; /* (owned) */
  char  *path;   /* (owned): of the recording */
  char  *tables; /* (owned): a folder for what is exported */
  char  *picture; /* (owned): a file in it */
  char  *whole;  /* (owned): its bytes, undamaged */
  gsize  length;
  guint  n_good[N_COMMANDS]; /* runs that found something to say */
} Fixture;

static void
say (SyRecorder    *recorder,
     SySeriesTable *table,
     guint          target,
     guint          second)
{
  const guint n = 200 * second;
  g_autofree char *text = g_strdup_printf (
    "# TYPE http_server_request_duration_seconds histogram\n"
    "http_server_request_duration_seconds_bucket{le=\"0.01\"} %u\n"
    "http_server_request_duration_seconds_bucket{le=\"+Inf\"} %u\n"
    "http_server_request_duration_seconds_sum %u\n"
    "http_server_request_duration_seconds_count %u\n", n / (target + 2), n, n / 50, n);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (SyExposition) exposition = sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, NULL, table, NULL);
  g_autoptr (GError) error = g_error_new_literal (SY_ERROR, SY_ERROR_CONNECT, "refused");
  const gboolean is_gap = second % 30 == 29;
  const SyRecordEntry entry = {
    .target = target,
    .moment = {
      .monotonic_us = START_US + second * SY_USEC_PER_SEC,
      .answered_us = START_US + second * SY_USEC_PER_SEC + 1000,
      .wall_us = WALL_US + second * SY_USEC_PER_SEC,
      .duration_us = 1000,
    },
    .exposition = is_gap ? NULL : exposition,
    .content_type = "text/plain; version=0.0.4",
    .error = is_gap ? error : NULL,
  };

  sy_recorder_add (recorder, &entry);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  const SyRecordMark mark = { .kind = SY_MARK_EXCLUDED, .from_us = START_US, .to_us = START_US + 5, .text = (char *) "began" };
  g_autoptr (SyClock) clock = sy_clock_new_manual (START_US, WALL_US);
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecorder) recorder = NULL;

  self->folder = g_dir_make_tmp ("damaged-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "r.steelyard", NULL);
  self->tables = g_dir_make_tmp ("tables-XXXXXX", NULL);
  self->picture = g_build_filename (self->tables, "r.png", NULL);
  recorder = sy_recorder_new (self->path, clock, NULL, &error);
  g_assert_no_error (error);
  sy_recorder_add_target (recorder, &(SyRecordTarget) { "a", "one", "http://127.0.0.1:1/metrics", SY_USEC_PER_SEC });
  sy_recorder_add_target (recorder, &(SyRecordTarget) { "b", "two", "http://127.0.0.1:2/metrics", SY_USEC_PER_SEC });
  for (guint second = 0; second < SECONDS; second++)
    for (guint target = 0; target < 2; target++)
      say (recorder, table, target, second);
  g_assert_true (sy_recorder_add_mark (recorder, &mark, NULL, &error));
  g_assert_true (sy_recorder_finish (recorder, &error));
  g_assert_true (g_file_get_contents (self->path, &self->whole, &self->length, &error));
}

static void
empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *base;

  while (dir != NULL && (base = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, base, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  empty_folder (self->tables);
  empty_folder (self->folder);
  g_assert_cmpint (g_rmdir (self->tables), ==, 0);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->tables);
  g_free (self->picture);
  g_free (self->whole);
}

static void
run (Fixture *self,
     Command  command)
{
  const char *const arguments[N_COMMANDS][6] = {
    [EXPORT] = { "export", self->path, "--csv", self->tables },
    [REPORT] = { "report", self->path, "-o", "-" },
    [COMPARE] = { "compare", self->path },
    [WATCH] = { "watch", "--json", self->path },
    [THUMBNAIL] = { "thumbnail", self->path, "-o", self->picture },
  };
  g_auto (CliRun) result = { 0 };

  cli_run (&result, arguments[command], NULL);

  /* A verdict, none, or that what was measured does not compare. */
  if (result.status == 1)
    cli_run_assert_failed (&result, 1, "");
  else
    g_assert_true (result.status == 0 || (command == COMPARE && result.status == 4));
  self->n_good[command] += result.status != 1;
}

/* It is left as it is, and nothing is left beside it. */
static void
check_untouched (Fixture    *self,
                 const char *bytes,
                 gsize       length)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  g_autofree char *after = NULL;
  gsize length_after;

  g_assert_true (g_file_get_contents (self->path, &after, &length_after, NULL));
  g_assert_cmpmem (after, length_after, bytes, length);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "r.steelyard");
  g_assert_null (g_dir_read_name (dir));
}

static void
try (Fixture    *self,
     const char *bytes,
     gsize       length,
     guint       turn)
{
  const gboolean each = g_getenv ("DAMAGED_EACH") != NULL;

  g_assert_true (g_file_set_contents (self->path, bytes, (gssize) length, NULL));
  for (guint command = 0; command < N_COMMANDS; command++)
    if (each || command == turn % N_COMMANDS)
      {
        run (self, command);
        check_untouched (self, bytes, length);
        empty_folder (self->tables);
      }
}

static void
test_cut (Fixture       *self,
          gconstpointer  data)
{
  for (guint i = 0; i < N_CUT; i++)
    try (self, self->whole, self->length * i / N_CUT, i);
}

static void
test_turned (Fixture       *self,
             gconstpointer  data)
{
  SyRandom random;

  sy_random_init (&random, 20261127, 5);
  for (guint i = 0; i < N_TURNED; i++)
    {
      g_autofree char *copy = g_memdup2 (self->whole, self->length);

      copy[sy_random_below (&random, self->length)] ^= (char) (1 << sy_random_below (&random, 8));
      try (self, copy, self->length, i);
    }

  /* Most bits are nobody's, or one block's: what is left is still told. */
  for (guint command = 0; command < N_COMMANDS; command++)
    g_assert_cmpuint (self->n_good[command], >, 5);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/damaged-commands/cut", Fixture, NULL, set_up, test_cut, tear_down);
  g_test_add ("/damaged-commands/turned", Fixture, NULL, set_up, test_turned, tear_down);
  return g_test_run ();
}
