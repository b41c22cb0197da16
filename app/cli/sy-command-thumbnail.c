/* sy-command-thumbnail.c: steelyard-cli thumbnail, a recording among other files
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For file managers, which run it on whatever somebody has put into a folder, and
 * wait. So it reads for a few seconds and draws what it has; a file that holds it up
 * all the same costs the process. Nothing lies anywhere then: it makes no copy.
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include <gio/gio.h>
#include <unistd.h>

#include "sy-command.h"
#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-recording-sketch.h"
#include "sy-report-file.h"

#define WHAT "thumbnail"
#define USUAL_SIZE 256
#define READ_US (4 * SY_USEC_PER_SEC)
#define LAST_SECONDS 15

/* What was interrupted would be read from a copy, which may be a gigabyte. */
static gboolean
check_alone (const char  *path,
             GError     **error)
{
  if (sy_recording_is_alone (path))
    return TRUE;

  g_set_error (error, SY_ERROR, SY_ERROR_STORAGE, "%s: is being recorded, or was interrupted", path);
  return FALSE;
}

/* Messages begin with the path, as those of opening do. */
static gboolean
read_sketch (const char         *path,
             SyRecordingSketch  *ret,
             GError            **error)
{
  g_autofree char *folder = sy_datadir_build_path ("recognisers", NULL);
  g_autofree char *own_folder = sy_datadir_build_own_path ("recognisers");
  g_autoptr (SyClock) clock = sy_clock_new ();
  const gint64 until_us = sy_clock_get_monotonic (clock) + READ_US;
  g_autoptr (SyRecogniser) recogniser = sy_recogniser_new (folder, own_folder, error);
  g_autoptr (SyRecording) recording = NULL;

  if (recogniser == NULL || !check_alone (path, error))
    return FALSE;

  sy_command_warn (WHAT, sy_recogniser_get_problems (recogniser));
  recording = sy_recording_open (path, error);
  if (recording == NULL)
    return FALSE;
  if (sy_recording_sketch_read (recording, recogniser, clock, until_us, ret, error))
    return TRUE;

  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

static int
write_picture (const SyRecordingSketch *sketch,
               const char              *out,
               guint                    size)
{
  g_autoptr (GBytes) png = sy_thumbnail_draw (sketch->lines, size);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (out);
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents (file, g_bytes_get_data (png, NULL), g_bytes_get_size (png), NULL, FALSE, G_FILE_CREATE_NONE,
                                NULL, NULL, &error))
    return sy_command_fail (SY_EXIT_FAILED, WHAT, out, error->message);

  return SY_EXIT_OK;
}

int
sy_command_thumbnail (int    argc,
                      char **argv)
{
  g_auto (GStrv) paths = NULL;
  g_autofree char *out = NULL;
  int size = USUAL_SIZE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &out, "Where to: a PNG", "OUT" },
    { "size", 's', 0, G_OPTION_ARG_INT, &size, "Its width in pixels, 16 to 1024 (default 256)", "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, "FILE.steelyard" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (SyRecordingSketch) sketch = { { NULL } };
  g_autoptr (GError) error = NULL;
  int status;

  if (!sy_command_parse_options (NULL, "Draws how slow the first two backends of a recording were, small, for file managers.",
                                 entries, &argc, &argv))
    return SY_EXIT_USAGE;
  if (paths == NULL || paths[1] != NULL || out == NULL)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, "give one recording, and -o OUT");
  if (size < SY_THUMBNAIL_MIN_SIZE || size > SY_THUMBNAIL_MAX_SIZE)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--size", "between 16 and 1024");
  status = sy_report_file_check (WHAT, out, (const char *const *) paths);
  if (status != SY_EXIT_OK)
    return status;

  alarm (LAST_SECONDS);
  if (!read_sketch (paths[0], &sketch, &error))
    return sy_command_fail (SY_EXIT_FAILED, WHAT, NULL, error->message);

  return write_picture (&sketch, out, (guint) size);
}
