/* sy-exclusions.h: what a recording says does not count
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-backend.h"
#include "sy-recording.h"

G_BEGIN_DECLS

/* Excludes from @backend's history what marks of @recording exclude, @shift_us
 * later. Before anything of it is played. */
void sy_exclusions_apply (SyBackend *backend, SyRecording *recording, gint64 shift_us);

G_END_DECLS
