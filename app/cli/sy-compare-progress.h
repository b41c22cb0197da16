/* sy-compare-progress.h: how far a comparison is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-session.h"
#include "sy-verdict.h"

G_BEGIN_DECLS

/**
 * SyCompareProgress:
 *
 * Says on standard error how long a comparison still takes, what its verdict is
 * so far and how each backend does: one line that is written over on a terminal;
 * elsewhere a line when one of these changes, and one every ten seconds.
 */
typedef struct _SyCompareProgress SyCompareProgress;

/* @end_us: monotonic. */
SyCompareProgress *sy_compare_progress_new  (SySession *session, gint64 end_us);

/* Leaves the terminal's line empty. */
void               sy_compare_progress_free (SyCompareProgress *self);

/* To be called about once a second, and when something has happened. @state is
 * the verdict so far. */
void               sy_compare_progress_say  (SyCompareProgress *self, SyVerdictState state);

/* "A: live", or "B: retrying, ADDRESS: WHY"; safe for a terminal. (transfer full) */
char              *sy_compare_progress_describe (SyBackend *backend);

/* Whether no backend of @session has ever answered, and each says why. */
gboolean           sy_compare_progress_is_in_vain (SySession *session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyCompareProgress, sy_compare_progress_free)

G_END_DECLS
