/* sy-watch-replay.h: steelyard-cli watch with a recording
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gint64   interval_us; /* of what was recorded; 0: as it was asked for */
  gint64   duration_us; /* from the first answer; 0: all of it */
  gboolean json;
} SyWatchReplay;

/* Prints the rows of the recording at @path, as fast as it is read. Returns an exit
 * status. */
int sy_watch_replay_run (const char *path, const SyWatchReplay *options);

G_END_DECLS
