/* sy-compare-replay.h: steelyard-cli compares recordings
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-compare-report.h"
#include "sy-session.h"

G_BEGIN_DECLS

typedef struct {
  const char *command;     /* for messages: "compare" */
  gint64      duration_us; /* from t = 0; 0: all of it */
  double      warm_up;     /* seconds; below 0: the usual share */
  gboolean    decides;     /* with costs and priorities, as a person stated them in the application */
} SyCompareReplay;

/* Whether @place is a recording: FILE or FILE#b. */
gboolean sy_compare_replay_is  (const char *place);

/* Plays the one or two recordings at @places (NULL-terminated) and says what may
 * be said of them. Returns an exit status; @ret is filled when that is SY_EXIT_OK,
 * else what is wrong is said. */
int      sy_compare_replay_run (const char *const *places, const SyCompareReplay *options, SyCompareAnswer *ret);

/* From the first to the last answer of what is recorded at @place. Returns an exit
 * status, and says what is wrong. */
int      sy_compare_replay_get_length (const char *place, gint64 *ret_length_us);

/* Adds the recording at @place to @session, which watches something live: its first
 * answer comes now, the others as they came then. Returns an exit status. */
int      sy_compare_replay_add_beside (SySession *session, const char *place);

G_END_DECLS
