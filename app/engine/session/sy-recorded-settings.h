/* sy-recorded-settings.h: what the figures of a recording depend on beside its answers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-assumptions.h"
#include "sy-recording.h"

G_BEGIN_DECLS

/* What was decided that day about the metrics of each backend, by recorded address; NULL
 * without an error: an early recording, which says nothing of it. Errors: of
 * sy_overrides_file_parse(). (transfer full) (nullable) (element-type utf8 SyOverrides) */
GHashTable    *sy_recorded_settings_dup_overrides   (SyRecording *recording, GError **error);

/* What was stated that day, kept nowhere; NULL without an error: nothing is known of
 * it. Errors: of sy_assumption_set_parse(). (transfer full) (nullable) */
SyAssumptions *sy_recorded_settings_dup_assumptions (SyRecording *recording, GError **error);

G_END_DECLS
