/* sy-silence.h: a backend that never answered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-backend.h"

G_BEGIN_DECLS

/* Says of @command that @backend gave no answer, and why. Returns SY_EXIT_FAILED. */
int sy_silence_fail  (const char *command, SyBackend *backend);

G_END_DECLS
