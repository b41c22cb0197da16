/* sy-command-export.c: steelyard-cli export, a recording as tables
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For each backend a file of samples, a row each, and one of gaps. Rows are
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

/* A new file @prefix@suffix in @folder; NULL with @error. */
static FILE *
create (const char  *folder,
        guint        index,
        const char  *suffix,
        GError     **error)
{
  g_autofree char *name = g_strdup_printf ("%c-%s.csv", (char) ('a' + index % 26), suffix);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  const int fd = g_open (path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0666);

  if (fd < 0)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_STORAGE, "%s: %s", path, g_strerror (errno));
      return NULL;
    }

  return fdopen (fd, "w");
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
    g_string_append_printf (text, "%s%s=\"%s\"", i > 0 ? "," : "", series->labels[i].name, series->labels[i].value);

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

/* FALSE with @error: what stdio kept back could not be written. */
static gboolean
close_file (FILE    *file,
            GError **error)
{
  const gboolean failed = ferror (file) != 0;

  if (fclose (file) == 0 && !failed)
    return TRUE;

  if (error != NULL && *error == NULL)
    g_set_error (error, SY_ERROR, SY_ERROR_STORAGE, "%s", g_strerror (errno));
  return FALSE;
}

static gboolean
export_target (SyRecording  *recording,
               guint         index,
               const char   *folder,
               GError      **error)
{
  g_autoptr (SyRecordingCursor) cursor = sy_recording_read (recording, index, G_MININT64, error);
  FILE *samples = cursor != NULL ? create (folder, index, "samples", error) : NULL;
  FILE *gaps = samples != NULL ? create (folder, index, "gaps", error) : NULL;
  g_autoptr (GError) failure = NULL;
  SyRecordedScrape scrape;

  if (gaps == NULL)
    {
      if (samples != NULL)
        fclose (samples);
      return FALSE;
    }

  fputs ("time,answer,metric,labels,value\r\n", samples);
  fputs ("time,answer,reason,message\r\n", gaps);
  while (sy_recording_cursor_next (cursor, &scrape, &failure))
    if (scrape.exposition != NULL)
      write_samples (samples, &scrape);
    else
      write_gap (gaps, &scrape);

  close_file (samples, &failure);
  close_file (gaps, &failure);
  if (failure == NULL)
    return TRUE;

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
