/* sy-silence.h: backends that never answered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-session.h"

G_BEGIN_DECLS

/* Says of @command that @backend gave no answer, and why. Returns SY_EXIT_FAILED. */
int sy_silence_fail  (const char *command, SyBackend *backend);

/* The same of each backend of @session that has not answered yet. Returns SY_EXIT_OK
 * when there is none. */
int sy_silence_check (const char *command, SySession *session);

G_END_DECLS
