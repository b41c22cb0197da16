/* sy-compare-replay.h: steelyard-cli compare with recordings
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-compare-report.h"
#include "sy-session.h"

G_BEGIN_DECLS

typedef struct {
  gint64   duration_us; /* from t = 0; 0: all of it */
  double   warm_up;     /* seconds; below 0: the usual share */
  gboolean json;
} SyCompareReplay;

/* Whether @place is a recording: FILE or FILE#b. */
gboolean sy_compare_replay_is  (const char *place);

/* Plays the one or two recordings at @places (NULL-terminated) and prints what
 * may be said of them. Returns an exit status; @ret (transfer full) is set when
 * that is SY_EXIT_OK. */
int      sy_compare_replay_run (const char *const *places, const SyCompareReplay *options, SyVerdict **ret);

/* Adds the recording at @place to @session, which watches something live: its first
 * answer comes now, the others as they came then. Returns an exit status. */
int      sy_compare_replay_add_beside (SySession *session, const char *place);

G_END_DECLS
