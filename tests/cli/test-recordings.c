/* test-recordings.c: recordings as steelyard-cli reads them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "run-cli.h"
#include "sy-error.h"
#include "sy-recorder.h"

#define START_US (1000 * SY_USEC_PER_SEC)
#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned): of the recording */
} Fixture;

/* What one backend says, a second apart. */
typedef struct
{
  const char *letter;
  guint       n_answers;
  guint       n_gaps;
} Target;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = g_dir_make_tmp ("recordings-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "r.steelyard", NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_unlink (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
}

static void
add (SyRecorder    *recorder,
     SySeriesTable *table,
     guint          target,
     guint          second,
     gboolean       is_gap)
{
  g_autofree char *text = g_strdup_printf ("# TYPE target gauge\ntarget %u\n", target);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (SyExposition) exposition = sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, NULL, table, NULL);
  g_autoptr (GError) error = g_error_new_literal (SY_ERROR, SY_ERROR_CONNECT, "refused");
  const SyRecordEntry entry = {
    .target = target,
    .moment = {
      .seq = second,
      .monotonic_us = START_US + second * SY_USEC_PER_SEC,
      .wall_us = WALL_US + second * SY_USEC_PER_SEC,
      .duration_us = 1000,
      .answered_us = START_US + second * SY_USEC_PER_SEC + 1000,
    },
    .exposition = is_gap ? NULL : exposition,
    .content_type = "text/plain; version=0.0.4",
    .error = is_gap ? error : NULL,
  };

  g_assert_nonnull (exposition);
  sy_recorder_add (recorder, &entry);
}

static void
write_recording (Fixture      *self,
                 const Target *targets,
                 guint         n)
{
  g_autoptr (SyClock) clock = sy_clock_new_manual (START_US, WALL_US);
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecorder) recorder = NULL;

  g_unlink (self->path);
  recorder = sy_recorder_new (self->path, clock, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/metrics", i + 1);

      sy_recorder_add_target (recorder, &(SyRecordTarget) { targets[i].letter, "name", url, SY_USEC_PER_SEC });
      for (guint j = 0; j < targets[i].n_answers + targets[i].n_gaps; j++)
        add (recorder, table, i, j, j >= targets[i].n_answers);
    }
  g_assert_true (sy_recorder_finish (recorder, &error));
  g_assert_no_error (error);
}

static void
assert_table (const char *folder,
              const char *name,
              guint       target)
{
  g_autofree char *samples = g_strconcat (folder, "/", name, "-samples.csv", NULL);
  g_autofree char *gaps = g_strconcat (folder, "/", name, "-gaps.csv", NULL);
  g_autofree char *row = g_strdup_printf (",target,,%u\r\n", target);
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (samples, &content, NULL, NULL));
  g_assert_true (g_str_has_suffix (content, row));
  g_assert_cmpint (g_unlink (samples), ==, 0);
  g_assert_cmpint (g_unlink (gaps), ==, 0);
}

/* Tables have the names that the backends had, whoever came and went; nothing that a
 * file says is part of a path. */
static void
test_export (Fixture       *self,
             gconstpointer  data)
{
  static const char *const letters[] = { "b", "a", "b", "../a", "", "b" };
  static const char *const names[] = { "b", "a", "b2", "x", "x2", "b3" };
  g_autofree char *tables = g_build_filename (self->folder, "tables", NULL);
  g_auto (CliRun) run = { 0 };
  Target targets[30];

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    targets[i] = (Target) { i < G_N_ELEMENTS (letters) ? letters[i] : "c", 1, 0 };
  write_recording (self, targets, G_N_ELEMENTS (targets));

  cli_run (&run, (const char *[]) { "export", self->path, "--csv", tables, NULL }, NULL);
  g_assert_cmpstr (run.errors, ==, "");
  g_assert_cmpint (run.status, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *name = i < G_N_ELEMENTS (letters) ? g_strdup (names[i])
                              : i == G_N_ELEMENTS (letters) ? g_strdup ("c")
                                                            : g_strdup_printf ("c%u", i - (guint) G_N_ELEMENTS (letters) + 1);

      assert_table (tables, name, i);
    }
  g_assert_cmpint (g_rmdir (tables), ==, 0);
}

/* A recorded backend that never answered fails as a live one does. */
static void
test_silence (Fixture       *self,
              gconstpointer  data)
{
  static const Target targets[] = { { "a", 5, 0 }, { "b", 0, 5 }, { "c", 0, 0 } };
  g_auto (CliRun) run = { 0 };

  write_recording (self, targets, 1);
  cli_run (&run, (const char *[]) { "watch", self->path, NULL }, NULL);
  g_assert_cmpstr (run.errors, ==, "");
  g_assert_cmpint (run.status, ==, 0);

  write_recording (self, targets, 2);
  cli_run (&run, (const char *[]) { "watch", "--json", self->path, NULL }, NULL);
  cli_run_assert_failed (&run, 1, "watch: no answer: http://127.0.0.1:2/metrics: refused");
  g_assert_nonnull (strstr (run.output, "\"reason\":\"connect\""));

  write_recording (self, targets, 3);
  cli_run (&run, (const char *[]) { "watch", self->path, NULL }, NULL);
  cli_run_assert_failed (&run, 1, "watch: no answer: http://127.0.0.1:3/metrics: nothing came in this time");
  g_assert_nonnull (strstr (run.errors, "http://127.0.0.1:2/metrics: refused\n"));
}

/* It has answered, only not lately. */
static void
test_old_answer (Fixture       *self,
                 gconstpointer  data)
{
  static const Target targets[] = { { "a", 2, 0 }, { "b", 8, 0 } };
  g_auto (CliRun) run = { 0 };

  write_recording (self, targets, G_N_ELEMENTS (targets));
  cli_run (&run, (const char *[]) { "watch", self->path, NULL }, NULL);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.output, "the last answer is 4.00 s old\n"));
  g_assert_null (strstr (run.output, "no answer yet"));
}

/* Nothing can be compared once the recording has ended, so that is when it ends. */
static void
test_beside (Fixture       *self,
             gconstpointer  data)
{
  static const Target targets[] = { { "a", 3, 0 } };
  g_auto (CliRun) run = { 0 };

  write_recording (self, targets, G_N_ELEMENTS (targets));
  cli_run (&run, (const char *[]) { "compare", self->path, "http://127.0.0.1:1", NULL }, NULL);
  cli_run_assert_failed (&run, 1, "B: retrying");
  g_assert_true (g_str_has_prefix (run.errors, "0:02 left"));
}

static void
test_refusals (Fixture       *self,
               gconstpointer  data)
{
  static const Target targets[] = { { "a", 3, 0 }, { "b", 3, 0 } };
  g_autofree char *one = g_strconcat (self->path, "#b", NULL);
  g_auto (CliRun) run = { 0 };

  write_recording (self, targets, G_N_ELEMENTS (targets));
  cli_run (&run, (const char *[]) { "compare", one, NULL }, NULL);
  cli_run_assert_failed (&run, 2, "is one backend of a recording");

  cli_run (&run, (const char *[]) { "watch", one, NULL }, NULL);
  cli_run_assert_failed (&run, 2, "leave out the #");

  cli_run (&run, (const char *[]) { "watch", self->path, "--auth-in-clear", NULL }, NULL);
  cli_run_assert_failed (&run, 2, "not for recordings");
}

/* Runs @arguments, and asserts that they are refused and the recording is as it was. */
static void
assert_kept (Fixture           *self,
             const char *const *arguments,
             const char        *part)
{
  g_auto (CliRun) run = { 0 };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length, length_after;

  g_assert_true (g_file_get_contents (self->path, &before, &length, NULL));
  cli_run (&run, arguments, NULL);
  cli_run_assert_failed (&run, 2, part);
  g_assert_cmpstr (run.output, ==, "");
  g_assert_true (g_file_get_contents (self->path, &after, &length_after, NULL));
  g_assert_cmpmem (after, length_after, before, length);
}

/* What is written never takes the place of a recording, by whichever name. */
static void
test_output (Fixture       *self,
             gconstpointer  data)
{
  static const Target targets[] = { { "a", 3, 0 }, { "b", 3, 0 } };
  g_autofree char *link = g_build_filename (self->folder, "link.md", NULL);
  g_autofree char *uri = g_filename_to_uri (self->path, NULL, NULL);
  g_autofree char *one = g_strconcat (self->path, "#a", NULL);
  const char *const outs[] = { self->path, link, uri };

  write_recording (self, targets, G_N_ELEMENTS (targets));
  g_assert_cmpint (symlink (self->path, link), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (outs); i++)
    {
      assert_kept (self, (const char *[]) { "report", self->path, "--format", "md", "-o", outs[i], NULL }, "is a recording");
      assert_kept (self, (const char *[]) { "report", link, "--format", "md", "-o", outs[i], NULL }, "another name");
      assert_kept (self, (const char *[]) { "thumbnail", self->path, "-o", outs[i], NULL }, "is a recording");
    }
  assert_kept (self, (const char *[]) { "compare", self->path, "--report", link, NULL }, "is a recording");
  assert_kept (self, (const char *[]) { "compare", one, "http://127.0.0.1:1", "--report", link, NULL }, "is a recording");
  g_assert_cmpint (g_unlink (link), ==, 0);
}

/* Nor do tables while they are written. */
static void
test_export_part (Fixture       *self,
                  gconstpointer  data)
{
  static const Target target = { "a", 3, 0 };
  g_autofree char *part = g_build_filename (self->folder, "a-samples.csv.part", NULL);
  g_autofree char *after = NULL;
  g_auto (CliRun) run = { 0 };

  write_recording (self, &target, 1);
  g_assert_cmpint (g_rename (self->path, part), ==, 0);
  cli_run (&run, (const char *[]) { "export", part, "--csv", self->folder, NULL }, NULL);
  cli_run_assert_failed (&run, 1, "a-samples.csv.part");
  g_assert_true (g_file_get_contents (part, &after, NULL, NULL));
  g_assert_true (g_str_has_prefix (after, "SQLite format 3"));
  g_assert_cmpint (g_unlink (part), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/recordings/export", Fixture, NULL, set_up, test_export, tear_down);
  g_test_add ("/recordings/silence", Fixture, NULL, set_up, test_silence, tear_down);
  g_test_add ("/recordings/old-answer", Fixture, NULL, set_up, test_old_answer, tear_down);
  g_test_add ("/recordings/beside", Fixture, NULL, set_up, test_beside, tear_down);
  g_test_add ("/recordings/refusals", Fixture, NULL, set_up, test_refusals, tear_down);
  g_test_add ("/recordings/output", Fixture, NULL, set_up, test_output, tear_down);
  g_test_add ("/recordings/export-part", Fixture, NULL, set_up, test_export_part, tear_down);
  return g_test_run ();
}
