/* sy-arena.h: many small allocations that die together
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyArena:
 *
 * Hands out memory from growing blocks; nothing is freed before the whole. A
 * zeroed struct is a valid, empty arena.
 */
typedef struct _SyArenaBlock SyArenaBlock;

typedef struct {
  SyArenaBlock *blocks; /* owned, newest first, nullable */
  char         *next;   /* borrowed from the newest block */
  char         *end;
} SyArena;

/* Uninitialised memory for any type. */
gpointer sy_arena_alloc (SyArena *self, gsize size);
void     sy_arena_clear (SyArena *self);

G_END_DECLS
