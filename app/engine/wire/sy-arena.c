/* sy-arena.c: many small allocations that die together
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-arena.h"

#define ALIGNMENT 8
#define FIRST_BLOCK 4096
#define LAST_BLOCK (64 * 1024)

struct _SyArenaBlock {
  SyArenaBlock *older; /* owned, nullable */
  gsize         size;  /* of the memory behind this header */
};

gpointer
sy_arena_alloc (SyArena *self,
                gsize    size)
{
  gpointer memory;

  size = (size + ALIGNMENT - 1) & ~(gsize) (ALIGNMENT - 1);

  if (G_UNLIKELY ((gsize) (self->end - self->next) < size))
    {
      gsize         want = self->blocks == NULL ? FIRST_BLOCK : MIN (self->blocks->size * 2, LAST_BLOCK);
      SyArenaBlock *block;

      want = MAX (want, size);
      block = g_malloc (sizeof *block + want);
      block->older = self->blocks;
      block->size = want;
      self->blocks = block;
      self->next = (char *) (block + 1);
      self->end = self->next + want;
    }

  memory = self->next;
  self->next += size;
  return memory;
}

void
sy_arena_clear (SyArena *self)
{
  while (self->blocks != NULL)
    {
      SyArenaBlock *older = self->blocks->older;

      g_free (self->blocks);
      self->blocks = older;
    }

  self->next = NULL;
  self->end = NULL;
}
