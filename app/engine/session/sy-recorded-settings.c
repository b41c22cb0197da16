/* sy-recorded-settings.c: what the figures of a recording depend on beside its answers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-recorded-settings.h"

#include <string.h>

#include "sy-overrides-file.h"
#include "sy-session.h"

GHashTable *
sy_recorded_settings_dup_overrides (SyRecording  *recording,
                                    GError      **error)
{
  const char *text = sy_recording_get_meta (recording, SY_NOTE_MAPPINGS);

  return text != NULL ? sy_overrides_file_parse (sy_recording_get_path (recording), text, strlen (text), error) : NULL;
}

SyAssumptions *
sy_recorded_settings_dup_assumptions (SyRecording  *recording,
                                      GError      **error)
{
  const char *text = sy_recording_get_meta (recording, SY_NOTE_ASSUMPTIONS);

  return text != NULL ? sy_assumptions_new_text (sy_recording_get_path (recording), text, error) : NULL;
}
