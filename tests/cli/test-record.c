/* test-record.c: steelyard-cli record, killed or not
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A child records a reference server and says what is in the file; it is killed
 * at random moments. RECORD_KILLS in the environment: how often (30).
 */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>

#include "sy-clock.h"
#include "sy-error.h"
#include "sy-random.h"
#include "sy-recording.h"

typedef struct
{
  GSubprocess      *server; /* (owned) */
  GDataInputStream *lines;  /* (owned): of the server, open for as long as it runs */
  char             *url;    /* (owned) */
  char             *folder; /* (owned) */
  char             *path;   /* (owned): of a recording, not there yet */
} Fixture;

static GSubprocess *
spawn (const char *const *arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_ptr_array_add (argv, (gpointer) g_getenv ("STEELYARD_CLI"));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  return process;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  const char *const arguments[] = { "serve", "--model", "event-loop", NULL };
  g_autofree char *line = NULL;

  self->folder = g_dir_make_tmp ("record-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "r.steelyard", NULL);
  self->server = spawn (arguments);
  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->server));
  line = g_data_input_stream_read_line (self->lines, NULL, NULL, NULL);
  g_assert_true (g_str_has_prefix (line, "listening on "));
  self->url = g_strconcat (line + strlen ("listening on "), g_str_has_suffix (line, "/") ? "metrics" : "/metrics", NULL);
}

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_all (path);
      g_remove (path);
    }
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_subprocess_force_exit (self->server);
  g_subprocess_wait (self->server, NULL, NULL);
  g_object_unref (self->lines);
  g_object_unref (self->server);
  remove_all (self->folder);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->url);
}

static char *
run (const char *const *arguments,
     int                status)
{
  g_autoptr (GSubprocess) process = spawn (arguments);
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  g_autofree char *err = NULL;

  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_exit_status (process) != status)
    g_error ("%s: %s", arguments[0], err);
  return out;
}

/* How many answers the child said are in the file. */
static gint64
count_said (const char *line)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;

  g_assert_true (json_parser_load_from_data (parser, line, -1, NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  return json_object_get_int_member (object, "recorded") + json_object_get_int_member (object, "gaps");
}

static guint64
count_kept (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = sy_recording_open (path, &error);
  guint64 n = 0;

  g_assert_no_error (error);
  sy_recording_check (recording, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sy_recording_get_n (recording); i++)
    n += sy_recording_get_target (recording, i)->n_recorded + sy_recording_get_target (recording, i)->n_gaps;
  return n;
}

/* Recorded, looked at, and taken away as tables. */
static void
test_whole_way (Fixture       *self,
                gconstpointer  data)
{
  const char *const record[] = { "record", self->url, "--for", "1s", "--interval", "100ms", "-o", self->path, NULL };
  const char *const again[] = { "record", self->url, "--for", "1s", "-o", self->path, NULL };
  const char *const inspect[] = { "inspect", "--json", self->path, NULL };
  g_autofree char *tables = g_build_filename (self->folder, "tables", NULL);
  const char *const export[] = { "export", self->path, "--csv", tables, NULL };
  g_autofree char *samples = g_build_filename (tables, "a-samples.csv", NULL);
  g_autofree char *content = NULL;
  g_autofree char *said = run (record, 0);
  g_autofree char *out = run (inspect, 0);

  g_assert_nonnull (strstr (said, "answers and 0 gaps recorded"));
  g_assert_nonnull (strstr (out, "\"schema\":\"steelyard.recording/1\""));
  g_assert_nonnull (strstr (out, "\"finished\":true"));
  g_assert_cmpuint (count_kept (self->path), >, 2);

  g_free (run (again, 1));
  g_free (run (export, 0));
  g_assert_true (g_file_get_contents (samples, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "time,answer,metric,labels,value\r\n"));
  g_assert_nonnull (strstr (content, "process_start_time_seconds"));
}

static void
test_usage (Fixture       *self,
            gconstpointer  data)
{
  const char *const no_url[] = { "record", "-o", self->path, NULL };
  const char *const no_file[] = { "record", self->url, NULL };
  const char *const bad_url[] = { "record", "ftp://h/", "-o", self->path, NULL };
  const char *const no_recording[] = { "export", self->path, "--csv", self->folder, NULL };

  g_free (run (no_url, 2));
  g_free (run (no_file, 2));
  g_free (run (bad_url, 2));
  g_remove (self->path);
  g_free (run (no_recording, 1));
}

/* What it said was in the file is in the file. */
static void
test_kills (Fixture       *self,
            gconstpointer  data)
{
  const char *times = g_getenv ("RECORD_KILLS");
  const guint n = times != NULL ? (guint) g_ascii_strtoull (times, NULL, 10) : 30;
  SyRandom random;

  sy_random_init (&random, 20261127, 1);
  for (guint i = 0; i < n; i++)
    {
      const char *const arguments[] = { "record", self->url, "--interval", "100ms", "--json", "-o", self->path, NULL };
      g_autoptr (GSubprocess) child = spawn (arguments);
      g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
      const guint until = 1 + (guint) sy_random_below (&random, 5);
      gint64 said = 0;
      char *line;

      /* After some lines, and then at any moment of the next tenth of a second. */
      for (guint j = 0; j < until && (line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL; j++)
        {
          said = MAX (said, count_said (line));
          g_free (line);
        }
      g_usleep ((gulong) sy_random_below (&random, 120000));
      g_subprocess_send_signal (child, SIGKILL);
      while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
        {
          if (g_str_has_suffix (line, "}"))
            said = MAX (said, count_said (line));
          g_free (line);
        }
      g_subprocess_wait (child, NULL, NULL);

      g_assert_cmpuint (count_kept (self->path), >=, (guint64) said);
      remove_all (self->folder);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/record/whole-way", Fixture, NULL, set_up, test_whole_way, tear_down);
  g_test_add ("/record/usage", Fixture, NULL, set_up, test_usage, tear_down);
  g_test_add ("/record/kills", Fixture, NULL, set_up, test_kills, tear_down);
  return g_test_run ();
}
