/* sy-session-recording.c: writes down what the backends of a session say
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-session-private.h"

#include "sy-error.h"
#include "sy-overrides-file.h"
#include "sy-prometheus-source.h"
#include "sy-replay-source.h"

/* The machine that watches, as far as it says something about the figures; not
 * its name, which is nobody's business. */
static char *
describe_host (void)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  return g_strdup_printf ("%s, %u processors", system != NULL ? system : "unknown system", g_get_num_processors ());
}

static void
describe_session (SySession  *self,
                  const char *name)
{
  g_autofree char *host = describe_host ();
  g_autofree char *interval = g_strdup_printf ("%" G_GINT64_FORMAT, self->interval_us);
  g_autofree char *began = g_strdup_printf ("%" G_GINT64_FORMAT, sy_clock_get_wall (self->clock));

  sy_recorder_set_meta (self->recorder, "name", name);
  sy_recorder_set_meta (self->recorder, "version", PACKAGE_VERSION);
  sy_recorder_set_meta (self->recorder, "host", host);
  sy_recorder_set_meta (self->recorder, "interval-us", interval);
  sy_recorder_set_meta (self->recorder, "began-us", began);
}

static void
write_notes (SySession *self)
{
  GHashTableIter iter;
  gpointer key, value;

  if (self->price != NULL)
    sy_recorder_set_meta (self->recorder, SY_NOTE_PRICE, self->price->id);
  g_hash_table_remove_all (self->recorded_overrides);
  sy_session_note_mappings (self);

  g_hash_table_iter_init (&iter, self->notes);
  while (g_hash_table_iter_next (&iter, &key, &value))
    sy_recorder_set_meta (self->recorder, key, value);
}

static gboolean
check_all_recordable (SySession *self, GError **error)
{
  for (guint i = 0; i < self->backends->len && !self->lenient; i++)
    if (!sy_session_check_recordable (sy_backend_get_source (g_ptr_array_index (self->backends, i)), error))
      return FALSE;

  return TRUE;
}

/* What there is, and what was said about now and later. (transfer none) */
static SyRecorder *
record_all (SySession *self)
{
  write_notes (self);
  sy_marks_set_recorder (self->marks, self->recorder, sy_clock_get_monotonic (self->clock));
  for (guint i = 0; i < self->backends->len; i++)
    {
      SyBackend *backend = g_ptr_array_index (self->backends, i);

      if (sy_session_is_recordable (sy_backend_get_source (backend)))
        sy_backend_set_recorder (backend, self->recorder);
    }

  return self->recorder;
}

/* --- Public API --- */

gboolean
sy_session_is_recordable (SySource *source)
{
  return !SY_IS_PROMETHEUS_SOURCE (source) && !SY_IS_REPLAY_SOURCE (source);
}

/* Answers of a Prometheus server are sums over what it scraped, not scrapes. */
gboolean
sy_session_check_recordable (SySource  *source,
                             GError   **error)
{
  if (!SY_IS_PROMETHEUS_SOURCE (source))
    return TRUE;

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID,
               "%s is watched through a Prometheus server, which keeps the record itself: record the backend's own address",
               sy_url_get_redacted (sy_source_get_url (source)));
  return FALSE;
}

void
sy_session_note_mappings (SySession *self)
{
  g_autofree char *text = NULL;

  if (self->recorder == NULL)
    return;

  for (guint i = 0; i < self->backends->len; i++)
    {
      SyBackend *backend = g_ptr_array_index (self->backends, i);
      SySource *source = sy_backend_get_source (backend);
      SyOverrides *overrides = sy_backend_get_overrides (backend);
      const char *address = sy_url_get_redacted (sy_source_get_url (source));

      if (!sy_session_is_recordable (source))
        continue;
      if (overrides != NULL)
        g_hash_table_replace (self->recorded_overrides, g_strdup (address), sy_overrides_copy (overrides));
      else
        g_hash_table_remove (self->recorded_overrides, address);
    }

  text = sy_overrides_file_format (self->recorded_overrides);
  sy_recorder_set_meta (self->recorder, SY_NOTE_MAPPINGS, text);
}

void
sy_session_note (SySession  *self,
                 const char *key,
                 const char *value)
{
  if (g_strcmp0 (g_hash_table_lookup (self->notes, key), value) == 0)
    return;

  g_hash_table_replace (self->notes, g_strdup (key), g_strdup (value));
  if (self->recorder != NULL)
    sy_recorder_set_meta (self->recorder, key, value);
}

SyRecorder *
sy_session_start_recording (SySession                *self,
                            const char               *path,
                            const char               *name,
                            const SyRecorderOptions  *options,
                            GError                  **error)
{
  g_return_val_if_fail (self->recorder == NULL, NULL);

  if (!check_all_recordable (self, error))
    return NULL;

  self->recorder = sy_recorder_new (path, self->clock, options, error);
  if (self->recorder == NULL)
    return NULL;

  describe_session (self, name);
  return record_all (self);
}

SyRecorder *
sy_session_continue_recording (SySession                *self,
                               const char               *path,
                               const SyRecorderOptions  *options,
                               GError                  **error)
{
  g_return_val_if_fail (self->recorder == NULL, NULL);

  if (!check_all_recordable (self, error))
    return NULL;

  self->recorder = sy_recorder_continue (path, self->clock, options, error);
  return self->recorder != NULL ? record_all (self) : NULL;
}

void
sy_session_set_lenient (SySession *self,
                        gboolean   lenient)
{
  self->lenient = lenient;
}

SyRecorder *
sy_session_get_recorder (SySession *self)
{
  return self->recorder;
}

gboolean
sy_session_stop_recording (SySession  *self,
                           GError    **error)
{
  g_autoptr (SyRecorder) recorder = g_steal_pointer (&self->recorder);

  for (guint i = 0; i < self->backends->len; i++)
    sy_backend_set_recorder (g_ptr_array_index (self->backends, i), NULL);
  sy_marks_set_recorder (self->marks, NULL, 0);

  return recorder == NULL || sy_recorder_finish (recorder, error);
}
