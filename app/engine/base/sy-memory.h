/* sy-memory.h: how a program of ours takes memory from the system
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Blocks from this size on are the system's own: they grow without being copied, and
 * go back as a whole. */
#define SY_MEMORY_LARGE_BYTES (128 * 1024)

/* Once, at the beginning of main(). */
void sy_memory_init (void);

G_END_DECLS
