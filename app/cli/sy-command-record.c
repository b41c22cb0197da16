/* sy-command-record.c: steelyard-cli record, writes down all that backends say
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With --json a steelyard.record/1 object a line: what it counts as recorded is
 * in the file, and stays there if the program is killed the moment after.
 * Without a URL, marks are said about a recording that is there.
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#include "sy-assumptions.h"
#include "sy-command.h"
#include "sy-json-writer.h"
#include "sy-mark-options.h"
#include "sy-recording.h"
#include "sy-recording-edit.h"
#include "sy-session.h"
#include "sy-silence.h"

#define WHAT "record"
#define SCHEMA "steelyard.record/1"
#define MAX_MIB (G_GINT64_CONSTANT (1) << 40)
#define NO_LIMIT G_MININT64 /* nobody said a size */

typedef struct
{
  GMainLoop  *loop;    /* (owned) */
  SySession  *session; /* (owned) */
  SyRecorder *recorder; /* (owned) */
  gboolean    json;
  GPtrArray  *marks;   /* (borrowed) (element-type SyRecordMark) */
  SyRecorderOptions options;
  gboolean    is_unread;
} Record;

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static char *
make_event (Record                 *self,
            const char             *event,
            const SyRecorderStatus *status)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();

  sy_json_writer_begin_object (writer);
  sy_json_writer_member_string (writer, "schema", SCHEMA);
  sy_json_writer_member_string (writer, "event", event);
  sy_json_writer_member_string (writer, "state", sy_recorder_state_nick (status->state));
  sy_json_writer_member_string (writer, "reason", status->error != NULL ? status->error->message : NULL);
  sy_json_writer_member_int (writer, "expected", (gint64) status->n_expected);
  sy_json_writer_member_int (writer, "recorded", (gint64) status->n_recorded);
  sy_json_writer_member_int (writer, "gaps", (gint64) status->n_gaps);
  sy_json_writer_member_int (writer, "bytes", status->size);
  if (status->end_wall_us > 0)
    sy_json_writer_member_double (writer, "full_at", (double) status->end_wall_us / SY_USEC_PER_SEC);
  else
    sy_json_writer_member_null (writer, "full_at");
  sy_json_writer_key (writer, "backends");
  sy_json_writer_begin_array (writer);
  for (guint i = 0; i < sy_session_get_n (self->session); i++)
    {
      const SyRecordCount count = sy_recorder_get_count (self->recorder, i);

      sy_json_writer_begin_object (writer);
      sy_json_writer_member_string (writer, "backend", sy_backend_get_letter (sy_session_get (self->session, i)));
      sy_json_writer_member_int (writer, "recorded", (gint64) count.n_recorded);
      sy_json_writer_member_int (writer, "gaps", (gint64) count.n_gaps);
      sy_json_writer_end_object (writer);
    }
  sy_json_writer_end_array (writer);
  sy_json_writer_end_object (writer);
  return sy_json_writer_finish (writer);
}

/* (transfer full) */
static char *
format_size (const SyRecorderStatus *status)
{
  return g_format_size ((guint64) MAX (status->size, 0));
}

/* FALSE when nobody reads any more. */
static gboolean
say (Record     *self,
     const char *event)
{
  g_auto (SyRecorderStatus) status = { 0 };
  g_autofree char *line = NULL;

  sy_recorder_get_status (self->recorder, &status);
  if (self->json)
    {
      line = make_event (self, event, &status);
      return sy_command_print (line);
    }

  if (isatty (STDERR_FILENO))
    {
      g_autofree char *answers = sy_command_count (status.n_recorded, "answer", "answers");
      g_autofree char *gaps = sy_command_count (status.n_gaps, "gap", "gaps");
      g_autofree char *size = format_size (&status);

      fprintf (stderr, "\r%s, %s, %s, %s ", answers, gaps, size, sy_recorder_state_nick (status.state));
    }

  return TRUE;
}

static void
changed_cb (SyRecorder *recorder,
            Record     *self)
{
  g_auto (SyRecorderStatus) status = { 0 };

  sy_recorder_get_status (recorder, &status);
  self->is_unread = !say (self, "progress");
  if (self->is_unread || status.state == SY_RECORDER_FAILED || status.state == SY_RECORDER_FINISHED)
    g_main_loop_quit (self->loop);
}

/* Each backend of which nothing but gaps is in the file is a failure; the file stays. */
static int
check_answers (Record *self)
{
  int status = SY_EXIT_OK;

  for (guint i = 0; !self->is_unread && i < sy_session_get_n (self->session); i++)
    if (sy_recorder_get_count (self->recorder, i).n_recorded == 0)
      status = sy_silence_fail (WHAT, sy_session_get (self->session, i));

  return status;
}

static int
finish (Record     *self,
        const char *path)
{
  g_auto (SyRecorderStatus) status = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  const gboolean done = sy_session_stop_recording (self->session, &error);

  sy_recorder_get_status (self->recorder, &status);
  if (self->json)
    {
      say (self, "ended");
    }
  else
    {
      g_autofree char *size = format_size (&status);

      if (isatty (STDERR_FILENO))
        fputc ('\n', stderr);
      g_autofree char *answers = sy_command_count (status.n_recorded, "answer", "answers");
      g_autofree char *gaps = sy_command_count (status.n_gaps, "gap", "gaps");

      line = g_strdup_printf ("%s and %s recorded, %s", answers, gaps, size);
      sy_command_print (line);
    }

  return done ? check_answers (self) : sy_command_fail (SY_EXIT_FAILED, WHAT, path, error->message);
}

static gboolean
add_marks (Record  *self,
           GError **error)
{
  sy_mark_options_shift (self->marks, sy_clock_get_monotonic (sy_session_get_clock (self->session)));
  for (guint i = 0; i < self->marks->len; i++)
    if (!sy_recorder_add_mark (self->recorder, g_ptr_array_index (self->marks, i), NULL, error))
      return FALSE;

  return TRUE;
}

/* Says @marks about the recording at @path, counted from its first answer. */
static int
mark_file (GPtrArray  *marks,
           const char *path)
{
  g_autoptr (GError) error = NULL;
  SyRecording *recording = sy_recording_open (path, &error);

  if (recording == NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, NULL, error->message);

  sy_mark_options_shift (marks, sy_recording_get_begin (recording));
  /* Whoever writes needs the file for himself. */
  sy_recording_unref (recording);
  for (guint i = 0; i < marks->len; i++)
    if (!sy_recording_add_mark (path, g_ptr_array_index (marks, i), NULL, &error))
      return sy_command_fail (SY_EXIT_FAILED, WHAT, NULL, error->message);

  return SY_EXIT_OK;
}

/* With what the same person would decide now; a mistake in them is no reason not to record. */
static void
note_assumptions (SySession *session)
{
  g_autoptr (SyAssumptions) assumptions = sy_assumptions_new_own (NULL);
  g_autofree char *text = NULL;

  if (assumptions == NULL || sy_assumptions_get_error (assumptions) != NULL)
    return;

  text = sy_assumptions_dup_text (assumptions);
  sy_session_note (session, SY_NOTE_ASSUMPTIONS, text);
}

static int
run (Record       *self,
     const char  **addresses,
     const char   *path,
     gint64        duration_us)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (path);
  SyRecorder *recorder;
  int status;

  note_assumptions (self->session);

  /* Before any backend: nothing that it says is missed. */
  recorder = sy_session_start_recording (self->session, path, name, &self->options, &error);
  if (recorder == NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, NULL, error->message);

  self->recorder = g_object_ref (recorder);
  if (!add_marks (self, &error))
    {
      sy_session_stop_recording (self->session, NULL);
      g_object_unref (self->recorder);
      return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, error->message);
    }
  for (gsize i = 0; addresses[i] != NULL; i++)
    if (sy_session_add (self->session, addresses[i], NULL, &error) == NULL)
      {
        g_autofree char *place = sy_command_dup_place (addresses[i]);

        /* Made a moment ago; whoever corrects the address makes it again. */
        sy_session_stop_recording (self->session, NULL);
        g_unlink (path);
        g_object_unref (self->recorder);
        return sy_command_fail (SY_EXIT_USAGE, WHAT, place, error->message);
      }

  self->loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect (recorder, "changed", G_CALLBACK (changed_cb), self);
  if (duration_us > 0)
    g_timeout_add ((guint) (duration_us / SY_USEC_PER_MSEC), quit_cb, self->loop);
  g_unix_signal_add (SIGINT, quit_cb, self->loop);
  g_unix_signal_add (SIGTERM, quit_cb, self->loop);
  g_unix_signal_add (SIGHUP, quit_cb, self->loop);
  g_main_loop_run (self->loop);

  status = finish (self, path);
  g_signal_handlers_disconnect_by_data (self->recorder, self);
  g_object_unref (self->recorder);
  g_main_loop_unref (self->loop);
  return status;
}

int
sy_command_record (int    argc,
                   char **argv)
{
  g_auto (GStrv) addresses = NULL;
  g_autofree char *duration = NULL;
  g_autofree char *interval = NULL;
  g_autofree char *path = NULL;
  g_auto (GStrv) marks = NULL;
  g_autoptr (GPtrArray) parsed = NULL;
  gint64 max_mib = NO_LIMIT;
  Record self = { NULL };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path, "The file to make; never one that is there", "FILE" },
    { "for", 0, 0, G_OPTION_ARG_STRING, &duration, "End after this time (500ms, 20s, 2m); else when interrupted", "D" },
    { "interval", 0, 0, G_OPTION_ARG_STRING, &interval, "Ask this often (default 1s)", "D" },
    { "mark", 0, 0, G_OPTION_ARG_STRING_ARRAY, &marks, "Say something about a moment, or exclude a range: 12s:deploy:version 2, "
      "0s-30s:excluded:warming up; without a URL, of a recording that is there", SY_MARK_OPTION_FORM },
    { "max-size", 0, 0, G_OPTION_ARG_INT64, &max_mib, "End at this size", "MiB" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, "A steelyard.record/1 object a line", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &addresses, NULL, "URL..." },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (SyClock) clock = NULL;
  g_autoptr (SySession) session = NULL;
  g_autoptr (GError) error = NULL;
  gint64 interval_us = SY_SESSION_DEFAULT_INTERVAL_US;
  gint64 duration_us = 0;

  if (!sy_command_parse_options (NULL, "Writes down all that backends say.\n"
                                 "Exit status: 0 an answer of each is in the file; 1 of one there is none (the file stays), or it\n"
                                 "could not be written; 2 usage.", entries, &argc, &argv))
    return SY_EXIT_USAGE;
  if (addresses == NULL && marks == NULL)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, "which URL?");
  if (path == NULL)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, "into which file? Say -o FILE");
  if (max_mib != NO_LIMIT && (max_mib < 1 || max_mib > MAX_MIB))
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--max-size", "is a number of MiB from 1 on");

  parsed = sy_mark_options_parse ((const char *const *) marks, &error);
  if (parsed == NULL)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, error->message);
  if (addresses == NULL)
    return mark_file (parsed, path);
  if ((duration != NULL && !sy_command_parse_duration (duration, &duration_us, &error))
      || !sy_command_parse_interval (interval, &interval_us, &error))
    return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, error->message);

  clock = sy_clock_new ();
  session = sy_session_new (clock, &error);
  if (session == NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, "cannot start", error->message);

  sy_session_set_interval (session, interval_us);
  self.session = session;
  self.marks = parsed;
  self.options.max_bytes = max_mib != NO_LIMIT ? max_mib << 20 : 0;
  return run (&self, (const char **) addresses, path, duration_us);
}
