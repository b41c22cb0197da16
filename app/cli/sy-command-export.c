/* sy-command-export.c: steelyard-cli export, a recording as tables
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For each backend a file of samples, a row each, and one of gaps, named by its
 * letter, and from the second of a letter on by a number, too. Rows are
 * written as they are read, so a long recording needs no memory.
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>

#include "sy-clock.h"
#include "sy-command.h"
#include "sy-error.h"
#include "sy-recording.h"
#include "sy-text.h"

#define WHAT "export"

/* A table while it is written. Until it is whole it has another name: whoever
 * finds `a-samples.csv` has all of it. */
typedef struct
{
  char *path; /* (owned) */
  char *part; /* (owned) */
  FILE *file; /* (owned) (nullable) */
} Table;

static void
table_clear (Table *self)
{
  if (self->file != NULL)
    {
      fclose (self->file);
      g_unlink (self->part);
    }
  g_free (self->path);
  g_free (self->part);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static gboolean
set_error (GError     **error,
           const char  *path,
           int          why)
{
  g_set_error (error, SY_ERROR, why == ENOSPC || why == EDQUOT ? SY_ERROR_STORAGE_FULL : SY_ERROR_STORAGE,
               "%s: %s", path, g_strerror (why));
  return FALSE;
}

/* A file may hold any text as a letter: what is none is not part of a path. */
static char
letter_of (SyRecording *recording,
           guint        index)
{
  const char letter = *sy_recording_get_target (recording, index)->letter;

  return g_ascii_islower (letter) ? letter : 'x';
}

/* "a", and "a2" where another one had been removed before this was added.
 * (transfer full) */
static char *
name_target (SyRecording *recording,
             guint        index)
{
  const char letter = letter_of (recording, index);
  guint n = 1;

  for (guint i = 0; i < index; i++)
    n += letter_of (recording, i) == letter;

  return n > 1 ? g_strdup_printf ("%c%u", letter, n) : g_strdup_printf ("%c", letter);
}

/* A table of @target in @folder, with @header. A part that a killed
 * export left behind is written over; a table never is, nor a recording of that name. */
static gboolean
table_open (Table       *self,
            const char  *folder,
            const char  *target,
            const char  *what,
            const char  *header,
            GError     **error)
{
  g_autofree char *name = g_strdup_printf ("%s-%s.csv", target, what);
  int fd;

  self->path = g_build_filename (folder, name, NULL);
  self->part = g_strconcat (self->path, ".part", NULL);
  if (g_file_test (self->path, G_FILE_TEST_EXISTS))
    return set_error (error, self->path, EEXIST);
  if (sy_recording_is_one (self->part))
    return set_error (error, self->part, EEXIST);

  fd = g_open (self->part, O_CREAT | O_TRUNC | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (fd < 0)
    return set_error (error, self->part, errno);

  self->file = fdopen (fd, "w");
  fputs (header, self->file);
  return TRUE;
}

/* Gives it its name, once what stdio kept back is with the system. */
static gboolean
table_finish (Table   *self,
              GError **error)
{
  const gboolean failed = ferror (self->file) != 0;
  const int why = errno;

  if (fclose (g_steal_pointer (&self->file)) == 0 && !failed && g_rename (self->part, self->path) == 0)
    return TRUE;

  set_error (error, self->path, failed ? why : errno);
  g_unlink (self->part);
  return FALSE;
}

static char *
format_time (gint64 wall_us)
{
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (wall_us / SY_USEC_PER_SEC);
  g_autofree char *text = seconds != NULL ? g_date_time_format (seconds, "%Y-%m-%dT%H:%M:%S") : NULL;

  return g_strdup_printf ("%s.%06dZ", text != NULL ? text : "", (int) (ABS (wall_us) % SY_USEC_PER_SEC));
}

static char *
format_labels (const SySeries *series)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < series->n_labels; i++)
    {
      g_string_append_printf (text, "%s%s=", i > 0 ? "," : "", series->labels[i].name);
      sy_text_append_label_value (text, series->labels[i].value);
    }

  return sy_csv_cell (text->str, -1);
}

static void
write_samples (FILE                   *file,
               const SyRecordedScrape *scrape)
{
  g_autofree char *when = format_time (scrape->moment.wall_us);
  guint n;
  const SySample *samples = sy_exposition_get_samples (scrape->exposition, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = sy_csv_cell (samples[i].series->name, -1);
      g_autofree char *labels = format_labels (samples[i].series);
      char value[G_ASCII_DTOSTR_BUF_SIZE];

      fprintf (file, "%s,%" G_GINT64_FORMAT ",%s,%s,%s\r\n", when, scrape->moment.seq, name, labels,
               g_ascii_dtostr (value, sizeof value, samples[i].value));
    }
}

static void
write_gap (FILE                   *file,
           const SyRecordedScrape *scrape)
{
  g_autofree char *when = format_time (scrape->moment.wall_us);
  g_autofree char *message = sy_csv_cell (scrape->error->message, -1);

  fprintf (file, "%s,%" G_GINT64_FORMAT ",%s,%s\r\n", when, scrape->moment.seq, sy_error_nick (scrape->error), message);
}

static gboolean
export_target (SyRecording  *recording,
               guint         index,
               const char   *folder,
               GError      **error)
{
  g_autoptr (SyRecordingCursor) cursor = sy_recording_read (recording, index, G_MININT64, error);
  g_auto (Table) samples = { NULL };
  g_auto (Table) gaps = { NULL };
  g_autofree char *name = name_target (recording, index);
  g_autoptr (GError) failure = NULL;
  SyRecordedScrape scrape;

  if (cursor == NULL
      || !table_open (&samples, folder, name, "samples", "time,answer,metric,labels,value\r\n", error)
      || !table_open (&gaps, folder, name, "gaps", "time,answer,reason,message\r\n", error))
    return FALSE;

  while (sy_recording_cursor_next (cursor, &scrape, &failure))
    if (scrape.exposition != NULL)
      write_samples (samples.file, &scrape);
    else
      write_gap (gaps.file, &scrape);

  if (failure == NULL)
    return table_finish (&samples, error) && table_finish (&gaps, error);

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

int
sy_command_export (int    argc,
                   char **argv)
{
  g_auto (GStrv) paths = NULL;
  g_autofree char *folder = NULL;
  const GOptionEntry entries[] = {
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &folder, "The folder for the tables; made when it is not there", "DIR" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (SyRecording) recording = NULL;
  g_autoptr (GError) error = NULL;

  if (!sy_command_parse_options (NULL, "Writes a recording as tables.", entries, &argc, &argv))
    return SY_EXIT_USAGE;
  if (paths == NULL || paths[1] != NULL || folder == NULL)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, "give one FILE and --csv DIR");

  recording = sy_recording_open (paths[0], &error);
  if (recording == NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, NULL, error->message);
  if (g_mkdir_with_parents (folder, 0777) != 0)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, folder, g_strerror (errno));

  for (guint i = 0; i < sy_recording_get_n (recording); i++)
    if (!export_target (recording, i, folder, &error))
      return sy_command_fail (SY_EXIT_FAILED, WHAT, NULL, error->message);

  return SY_EXIT_OK;
}
