/* sy-trap-badge.h: what is easily misread about a backend
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-backend.h"

G_BEGIN_DECLS

#define SY_TYPE_TRAP_BADGE (sy_trap_badge_get_type ())
G_DECLARE_FINAL_TYPE (SyTrapBadge, sy_trap_badge, SY, TRAP_BADGE, GtkWidget)

/**
 * SyTrapBadge:
 *
 * A small button with the number of warnings about a backend; it opens a list
 * of them, each with what is wrong and what to do. Not there while there are
 * none.
 */
void  sy_trap_badge_set_backend (SyTrapBadge *self, SyBackend *backend);

/* The warnings as they are listed, for tests and for the clipboard: paragraphs
 * of plain text. Returns: (transfer full) */
char *sy_trap_badge_dup_text    (SyTrapBadge *self);

G_END_DECLS
