/* sy-last-session.h: the backends that were watched last, for another time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-session.h"

G_BEGIN_DECLS

#define SY_TYPE_LAST_SESSION (sy_last_session_get_type ())
G_DECLARE_FINAL_TYPE (SyLastSession, sy_last_session, SY, LAST_SESSION, GObject)

/**
 * SyLastSession:
 *
 * Keeps names and addresses of a session's backends in the settings, unless the key
 * "reopen" says that nothing is kept. What the demo started and what was recorded is
 * left out, and while nothing else is watched what was kept before stays. An address
 * that holds a secret is not kept, only that there was one; what a person was asked
 * for lies in the keyring, where the address finds it.
 *
 * Signal "changed": what is kept is another.
 */
SyLastSession *sy_last_session_new       (SySession *session, GSettings *settings);

/* The names, one a line and fit to be shown; NULL: nothing is kept. (transfer full) */
char          *sy_last_session_dup_names (SyLastSession *self);

/* TRUE: a person wants them watched from the start without being asked. */
gboolean       sy_last_session_is_wanted (SyLastSession *self);

/* Adds them to the session, which is empty. Returns why some of them were not added,
 * a sentence each. (transfer full) (element-type utf8) */
GPtrArray     *sy_last_session_reopen    (SyLastSession *self);

/* Writes what waits to be written. */
void           sy_last_session_save      (SyLastSession *self);

G_END_DECLS
