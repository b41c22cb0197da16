/* sy-trap-pairs.h: watches the backends of a comparison for traps between them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-backend.h"

G_BEGIN_DECLS

/**
 * SyTrapPairs:
 *
 * Looks at each pair of backends of a list, at most once a second, and tells
 * each backend what it shows together with the others. Lives on the owner's
 * thread.
 */
typedef struct _SyTrapPairs SyTrapPairs;

/* @backends: a list of SyBackend that outlives the object. */
SyTrapPairs *sy_trap_pairs_new  (GListModel *backends, SyClock *clock);
void         sy_trap_pairs_free (SyTrapPairs *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyTrapPairs, sy_trap_pairs_free)

G_END_DECLS
