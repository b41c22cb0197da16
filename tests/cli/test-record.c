/* test-record.c: steelyard-cli record, killed or not
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A child records a reference server and says what is in the file; it is killed.
 * At any moment and more often: ../record/test-record-kills.c.
 */
#include "config.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sy-clock.h"
#include "sy-error.h"
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

/* Said while it is recorded and afterwards, and listed in the order of time. */
static void
test_marks (Fixture       *self,
            gconstpointer  data)
{
  const char *const record[] = { "record", self->url, "--for", "1s", "--interval", "100ms", "--mark", "500ms:deploy:v2: new pool",
                                 "--max-size", "100", "-o", self->path, NULL };
  const char *const later[] = { "record", "--mark", "0s-200ms:excluded:a backup ran", "--mark", "300ms:note", "-o", self->path, NULL };
  const char *const inspect[] = { "inspect", "--json", self->path, NULL };
  const char *const read[] = { "inspect", self->path, NULL };
  const char *const bad[][8] = {
    { "record", "--mark", "x:note:t", "-o", self->path, NULL },
    { "record", "--mark", "1s", "-o", self->path, NULL },
    { "record", "--mark", "1s:party:t", "-o", self->path, NULL },
    { "record", "--mark", "2s-1s:note:t", "-o", self->path, NULL },
    { "record", "--mark", "1s-2s:deploy:t", "-o", self->path, NULL },
    { "record", "--max-size", "-1", self->url, "-o", self->path, NULL },
  };
  const char *at;

  g_free (run (record, 0));
  g_free (run (later, 0));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_free (run (bad[i], 2));

  {
    g_autofree char *json = run (inspect, 0);
    g_autofree char *text = run (read, 0);

    at = strstr (json, "\"marks\":[{\"id\":2,\"kind\":\"excluded\",\"from\":0,\"to\":0.2,\"text\":\"a backup ran\"}");
    g_assert_nonnull (at);
    at = strstr (at, "\"kind\":\"note\",\"from\":0.3,\"to\":0.3,\"text\":\"\"");
    g_assert_nonnull (at);
    g_assert_nonnull (strstr (at, "\"kind\":\"deploy\""));
    g_assert_nonnull (strstr (text, "0.0 s to 0.2 s  excluded: a backup ran"));
    g_assert_nonnull (strstr (text, "deploy: v2: new pool"));
  }
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
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
  g_free (run (no_recording, 1));
}

/* Hears @n lines. Returns: how many answers the last said were in the file */
static gint64
hear (GDataInputStream *lines,
      guint             n)
{
  gint64 said = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

      if (line == NULL)
        break;
      /* The last may be cut. */
      if (g_str_has_suffix (line, "}"))
        said = count_said (line);
    }

  return said;
}

static void
kill_and_wait (GSubprocess *child)
{
  g_subprocess_send_signal (child, SIGKILL);
  g_subprocess_wait (child, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (child));
}

/* What it said was in the file is in the file. */
static void
test_kills (Fixture       *self,
            gconstpointer  data)
{
  for (guint i = 1; i <= 5; i++)
    {
      const char *const arguments[] = { "record", self->url, "--interval", "100ms", "--json", "-o", self->path, NULL };
      g_autoptr (GSubprocess) child = spawn (arguments);
      g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
      gint64 said = hear (lines, i);

      kill_and_wait (child);
      said = MAX (said, hear (lines, G_MAXUINT));
      g_assert_cmpuint (count_kept (self->path), >=, (guint64) said);
      remove_all (self->folder);
    }
}

/* A killed export leaves no table that looks whole, and the recording as it
 * was; the next one is whole. The child hangs in the middle because what it
 * writes is a pipe of one page that nobody empties. */
static void
test_killed_export (Fixture       *self,
                    gconstpointer  data)
{
  const char *const record[] = { "record", self->url, "--for", "1s", "--interval", "100ms", "-o", self->path, NULL };
  g_autofree char *tables = g_build_filename (self->folder, "tables", NULL);
  g_autofree char *samples = g_build_filename (tables, "a-samples.csv", NULL);
  g_autofree char *part = g_strconcat (samples, ".part", NULL);
  const char *const arguments[] = { "export", self->path, "--csv", tables, NULL };
  g_autoptr (GSubprocess) child = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *table = NULL;
  gsize length;
  gsize length_after;
  char bytes[64];
  int fd;

  g_free (run (record, 0));
  g_assert_true (g_file_get_contents (self->path, &before, &length, NULL));
  g_assert_cmpint (g_mkdir (tables, 0700), ==, 0);
  g_assert_cmpint (mkfifo (part, 0600), ==, 0);

  /* The writing end, too, is ours: it opens without the child, and is as small as it gets. */
  fd = g_open (part, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (fcntl (fd, F_SETPIPE_SZ, 4096), >=, 4096);
  child = spawn (arguments);
  g_assert_cmpint (read (fd, bytes, sizeof bytes), >, 0);
  kill_and_wait (child);
  g_close (fd, NULL);
  g_assert_false (g_file_test (samples, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (self->path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length, after, length_after);

  g_unlink (part);
  g_assert_true (g_file_set_contents (part, "left behind", -1, NULL));
  g_free (run (arguments, 0));
  g_assert_true (g_file_get_contents (samples, &table, NULL, NULL));
  g_assert_true (g_str_has_prefix (table, "time,answer,metric,labels,value\r\n"));
  g_assert_true (g_str_has_suffix (table, "\r\n"));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_free (run (arguments, 1));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/record/whole-way", Fixture, NULL, set_up, test_whole_way, tear_down);
  g_test_add ("/record/marks", Fixture, NULL, set_up, test_marks, tear_down);
  g_test_add ("/record/usage", Fixture, NULL, set_up, test_usage, tear_down);
  g_test_add ("/record/kills", Fixture, NULL, set_up, test_kills, tear_down);
  g_test_add ("/record/killed-export", Fixture, NULL, set_up, test_killed_export, tear_down);
  return g_test_run ();
}
