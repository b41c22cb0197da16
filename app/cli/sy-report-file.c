/* sy-report-file.c: where a report of steelyard-cli goes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-report-file.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "sy-command.h"
#include "sy-recording.h"

static gboolean
is_standard_output (const SyReportFile *self)
{
  return strcmp (self->path, "-") == 0;
}

int
sy_report_file_init (SyReportFile *self,
                     const char   *format,
                     const char   *paper)
{
  self->options.form = SY_REPORT_FORM_MARKDOWN;
  self->options.paper = SY_REPORT_PAPER_A4;

  if (format != NULL && !sy_report_form_parse (format, &self->options.form))
    return sy_command_fail (SY_EXIT_USAGE, self->command, "--format", "pdf, html, md or json");
  if (format == NULL && !is_standard_output (self) && !sy_report_form_of_file (self->path, &self->options.form))
    return sy_command_fail (SY_EXIT_USAGE, self->command, self->path, "the name should end in .pdf, .html, .md or .json");
  if (paper != NULL && !sy_report_paper_parse (paper, &self->options.paper))
    return sy_command_fail (SY_EXIT_USAGE, self->command, "--paper", "a4 or letter");

  return SY_EXIT_OK;
}

/* As GIO will find it. NULL: not on this computer's disks. (transfer full) */
static char *
dup_local_path (const char *place)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (place);

  return g_file_get_path (file);
}

/* Whatever links lead to it. */
static gboolean
is_file (const char     *place,
         const GStatBuf *wanted)
{
  g_autofree char *path = dup_local_path (place);
  GStatBuf info;

  return path != NULL && g_stat (path, &info) == 0 && info.st_dev == wanted->st_dev && info.st_ino == wanted->st_ino;
}

int
sy_report_file_check (const char        *command,
                      const char        *out,
                      const char *const *inputs)
{
  g_autofree char *path = dup_local_path (out);
  GStatBuf info;

  if (path == NULL || g_stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return SY_EXIT_OK;

  if (sy_recording_is_one (path))
    return sy_command_fail (SY_EXIT_USAGE, command, out, "is a recording, which would be lost: give the output another name");
  for (guint i = 0; inputs != NULL && inputs[i] != NULL; i++)
    if (is_file (inputs[i], &info))
      return sy_command_fail (SY_EXIT_USAGE, command, out, "is what is read, and would be lost: give the output another name");

  return SY_EXIT_OK;
}

/* A reader that went away ends it quietly; a disk that is full does not. */
static int
print (const SyReportFile *self,
       const char         *data,
       gsize               size)
{
  errno = 0;
  if ((fwrite (data, 1, size, stdout) == size && fflush (stdout) == 0) || errno == EPIPE)
    return SY_EXIT_OK;

  return sy_command_fail (SY_EXIT_FAILED, self->command, "standard output", g_strerror (errno));
}

int
sy_report_file_write (const SyReportFile *self,
                      const char         *json,
                      gsize               length,
                      const char         *source)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) report = sy_report_write (json, length, &self->options, &error);
  g_autoptr (GFile) file = NULL;
  gsize size;
  const char *data;

  if (report == NULL)
    return sy_command_fail (SY_EXIT_FAILED, self->command, source, error->message);

  data = g_bytes_get_data (report, &size);
  if (is_standard_output (self))
    return print (self, data, size);

  file = g_file_new_for_commandline_arg (self->path);
  if (!g_file_replace_contents (file, data, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error))
    return sy_command_fail (SY_EXIT_FAILED, self->command, self->path, error->message);

  return SY_EXIT_OK;
}
