/* sy-recording-report.c: what a recording holds
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-recording-report.h"

#include "sy-clock.h"
#include "sy-command.h"
#include "sy-json-writer.h"
#include "sy-text.h"

#define SCHEMA "steelyard.recording/1"

static const char *const keys[] = { "name", "version", "host", "price-id", "workload", "left-out" };

static double
get_length (const SyRecordedTarget *target)
{
  return (double) (target->to_us - target->from_us) / (double) SY_USEC_PER_SEC;
}

static void
write_target (SyJsonWriter           *writer,
              const SyRecordedTarget *target)
{
  sy_json_writer_begin_object (writer);
  sy_json_writer_member_string (writer, "backend", target->letter);
  sy_json_writer_member_string (writer, "name", target->name);
  sy_json_writer_member_string (writer, "url", target->url);
  sy_json_writer_member_double (writer, "interval", (double) target->interval_us / (double) SY_USEC_PER_SEC);
  sy_json_writer_member_double (writer, "length", get_length (target));
  sy_json_writer_member_int (writer, "recorded", (gint64) target->n_recorded);
  sy_json_writer_member_int (writer, "gaps", (gint64) target->n_gaps);
  if (target->n_expected >= 0)
    sy_json_writer_member_int (writer, "expected", target->n_expected);
  else
    sy_json_writer_member_null (writer, "expected");
  sy_json_writer_end_object (writer);
}

/* Seconds from the first answer of all. */
static double
get_offset (SyRecording *recording,
            gint64       time_us)
{
  return ((double) time_us - (double) sy_recording_get_begin (recording)) / (double) SY_USEC_PER_SEC;
}

static void
write_marks (SyJsonWriter *writer,
             SyRecording  *recording)
{
  const GPtrArray *marks = sy_recording_get_marks (recording);

  sy_json_writer_key (writer, "marks");
  sy_json_writer_begin_array (writer);
  for (guint i = 0; i < marks->len; i++)
    {
      const SyRecordMark *mark = g_ptr_array_index (marks, i);

      sy_json_writer_begin_object (writer);
      sy_json_writer_member_int (writer, "id", mark->id);
      sy_json_writer_member_string (writer, "kind", sy_mark_kind_nick (mark->kind));
      sy_json_writer_member_double (writer, "from", get_offset (recording, mark->from_us));
      sy_json_writer_member_double (writer, "to", get_offset (recording, mark->to_us));
      sy_json_writer_member_string (writer, "text", mark->text);
      sy_json_writer_end_object (writer);
    }
  sy_json_writer_end_array (writer);
}

static char *
report_json (SyRecording *recording)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();

  sy_json_writer_begin_object (writer);
  sy_json_writer_member_string (writer, "schema", SCHEMA);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    sy_json_writer_member_string (writer, keys[i], sy_recording_get_meta (recording, keys[i]));
  sy_json_writer_member_bool (writer, "finished", sy_recording_was_finished (recording));
  sy_json_writer_key (writer, "backends");
  sy_json_writer_begin_array (writer);
  for (guint i = 0; i < sy_recording_get_n (recording); i++)
    write_target (writer, sy_recording_get_target (recording, i));
  sy_json_writer_end_array (writer);
  write_marks (writer, recording);
  sy_json_writer_end_object (writer);
  return sy_json_writer_finish (writer);
}

static void
append_target (GString                *text,
               const SyRecordedTarget *target)
{
  g_autofree char *name = sy_tty_escape (target->name, -1);
  g_autofree char *url = sy_tty_escape (target->url, -1);
  g_autofree char *answers = sy_command_count (target->n_recorded, "answer", "answers");
  g_autofree char *gaps = sy_command_count (target->n_gaps, "gap", "gaps");
  g_autofree char *letter = sy_tty_escape (target->letter, -1);

  g_string_append_printf (text, "\n%s  %s  %s\n   %s and %s in %.1f s", letter, name, url, answers, gaps,
                          get_length (target));
}

static void
append_marks (GString     *text,
              SyRecording *recording)
{
  const GPtrArray *marks = sy_recording_get_marks (recording);

  for (guint i = 0; i < marks->len; i++)
    {
      const SyRecordMark *mark = g_ptr_array_index (marks, i);
      g_autofree char *words = sy_tty_escape (mark->text, -1);

      g_string_append_printf (text, "\n%.1f s", get_offset (recording, mark->from_us));
      if (mark->to_us > mark->from_us)
        g_string_append_printf (text, " to %.1f s", get_offset (recording, mark->to_us));
      g_string_append_printf (text, "  %s%s%s", sy_mark_kind_nick (mark->kind), *words != '\0' ? ": " : "", words);
    }
}

char *
sy_recording_report (SyRecording *recording,
                     gboolean     json)
{
  GString *text;

  if (json)
    return report_json (recording);

  text = g_string_new ("Recording");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (sy_recording_get_meta (recording, keys[i]) != NULL)
      {
        g_autofree char *value = sy_tty_escape (sy_recording_get_meta (recording, keys[i]), -1);

        g_string_append_printf (text, "%s %s: %s", i > 0 ? "," : "", keys[i], value);
      }
  if (!sy_recording_was_finished (recording))
    g_string_append (text, "\nIt was interrupted: what had been written until then is here.");
  for (guint i = 0; i < sy_recording_get_n (recording); i++)
    append_target (text, sy_recording_get_target (recording, i));
  append_marks (text, recording);

  return g_string_free (text, FALSE);
}
