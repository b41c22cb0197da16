/* sy-recording-info.c: what a list says of a recording
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-recording-info.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sy-clock.h"
#include "sy-recording.h"

#define SUFFIX ".steelyard"

/* An interrupted one is read from a copy: beyond this a list does not make one. */
#define MOST_COPIED (256 * 1024 * 1024)

struct _SyRecordingInfo
{
  GObject           parent_instance;

  char             *path;      /* (owned) */
  char             *name;      /* (owned) */
  GError           *error;     /* (owned) (nullable) */
  char            **names;     /* (owned) */
  char            **addresses; /* (owned) */
  gint64            began_us;
  gint64            changed_us;
  gint64            length_us;
  gint64            size;
  SyRecordingState  state;
  gboolean          is_demo;
};

G_DEFINE_FINAL_TYPE (SyRecordingInfo, sy_recording_info, G_TYPE_OBJECT)

static void
sy_recording_info_finalize (GObject *object)
{
  SyRecordingInfo *self = SY_RECORDING_INFO (object);

  g_free (self->path);
  g_free (self->name);
  g_clear_error (&self->error);
  g_strfreev (self->names);
  g_strfreev (self->addresses);

  G_OBJECT_CLASS (sy_recording_info_parent_class)->finalize (object);
}

static void
sy_recording_info_class_init (SyRecordingInfoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sy_recording_info_finalize;
}

static void
sy_recording_info_init (SyRecordingInfo *self)
{
}

/* Takes the file @path in; returns its size. */
static gint64
add_file (SyRecordingInfo *self,
          const char      *path)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return 0;

  self->size += info.st_size;
  self->changed_us = MAX (self->changed_us, (gint64) info.st_mtime * SY_USEC_PER_SEC);
  return info.st_size;
}

/* The file and what lies beside it. Returns the size of that. */
static gint64
read_files (SyRecordingInfo *self)
{
  const char *const *suffixes = sy_recording_get_suffixes ();
  gint64 rest = 0;

  add_file (self, self->path);
  for (guint i = 0; suffixes[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (self->path, suffixes[i], NULL);

      rest += add_file (self, path);
    }

  self->began_us = self->changed_us;
  return rest;
}

/* Of the first answer of the first backend that gave one. */
static gboolean
read_first_wall (SyRecording *recording,
                 gint64      *ret)
{
  for (guint i = 0; i < sy_recording_get_n (recording); i++)
    {
      g_autoptr (SyRecordingCursor) cursor = sy_recording_read (recording, i, G_MININT64, NULL);
      SyRecordedScrape scrape;

      if (cursor != NULL && sy_recording_cursor_next (cursor, &scrape, NULL))
        {
          *ret = scrape.moment.wall_us;
          return TRUE;
        }
    }

  return FALSE;
}

static void
read_meta (SyRecordingInfo *self,
           SyRecording     *recording)
{
  const char *began = sy_recording_get_meta (recording, "began-us");
  gint64 began_us;

  if ((began != NULL && g_ascii_string_to_signed (began, 10, 0, G_MAXINT64, &began_us, NULL))
      || read_first_wall (recording, &began_us))
    self->began_us = began_us;
  self->is_demo = sy_recording_get_meta (recording, "demo") != NULL;
}

static void
read_targets (SyRecordingInfo *self,
              SyRecording     *recording)
{
  const guint n = sy_recording_get_n (recording);
  gint64 from_us = G_MAXINT64;
  gint64 to_us = G_MININT64;

  g_strfreev (self->names);
  g_strfreev (self->addresses);
  self->names = g_new0 (char *, n + 1);
  self->addresses = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const SyRecordedTarget *target = sy_recording_get_target (recording, i);

      self->names[i] = g_strdup (target->name);
      self->addresses[i] = g_strdup (target->url);
      if (target->n_recorded + target->n_gaps == 0)
        continue;
      from_us = MIN (from_us, target->from_us);
      to_us = MAX (to_us, target->to_us);
    }

  /* Of a damaged file they may be anything. */
  if (from_us > to_us || __builtin_sub_overflow (to_us, from_us, &self->length_us))
    self->length_us = 0;
}

SyRecordingInfo *
sy_recording_info_read (const char *path)
{
  SyRecordingInfo *self = g_object_new (SY_TYPE_RECORDING_INFO, NULL);
  g_autofree char *base = g_path_get_basename (path);
  g_autoptr (SyRecording) recording = NULL;
  gint64 rest_size;

  if (g_str_has_suffix (base, SUFFIX))
    base[strlen (base) - strlen (SUFFIX)] = '\0';
  self->path = g_strdup (path);
  self->name = g_filename_display_name (base);
  self->names = g_new0 (char *, 1);
  self->addresses = g_new0 (char *, 1);
  rest_size = read_files (self);

  if (sy_recording_is_written (path))
    {
      self->state = SY_RECORDING_WRITTEN;
      return self;
    }

  if (rest_size > 0 && self->size > MOST_COPIED)
    {
      self->state = SY_RECORDING_INTERRUPTED;
      return self;
    }

  recording = sy_recording_open (path, &self->error);
  if (recording == NULL)
    {
      self->state = SY_RECORDING_UNREADABLE;
      return self;
    }

  self->state = sy_recording_was_finished (recording) ? SY_RECORDING_WHOLE : SY_RECORDING_INTERRUPTED;
  read_meta (self, recording);
  read_targets (self, recording);
  return self;
}

const char *
sy_recording_info_get_path (SyRecordingInfo *self)
{
  return self->path;
}

const char *
sy_recording_info_get_name (SyRecordingInfo *self)
{
  return self->name;
}

SyRecordingState
sy_recording_info_get_state (SyRecordingInfo *self)
{
  return self->state;
}

const GError *
sy_recording_info_get_error (SyRecordingInfo *self)
{
  return self->error;
}

gint64
sy_recording_info_get_began (SyRecordingInfo *self)
{
  return self->began_us;
}

gint64
sy_recording_info_get_changed (SyRecordingInfo *self)
{
  return self->changed_us;
}

gint64
sy_recording_info_get_length (SyRecordingInfo *self)
{
  return self->length_us;
}

gint64
sy_recording_info_get_size (SyRecordingInfo *self)
{
  return self->size;
}

const char *const *
sy_recording_info_get_names (SyRecordingInfo *self)
{
  return (const char *const *) self->names;
}

const char *const *
sy_recording_info_get_addresses (SyRecordingInfo *self)
{
  return (const char *const *) self->addresses;
}

gboolean
sy_recording_info_is_demo (SyRecordingInfo *self)
{
  return self->is_demo;
}
