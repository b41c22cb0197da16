/* sy-memory.c: how a program of ours takes memory from the system
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * glibc begins with the limit that is set here, but takes the size of the largest
 * block that was freed for it from then on, up to 32 MiB: one answer of some
 * megabytes was enough. Then the columns of a history, which grow to twice their size
 * in step with one another, are copied within the heap and leave holes that nobody
 * fits into: eight histories of 67 000 samples took 188 MiB for 128 that they hold,
 * and 135 with the limit. A limit that was set once stays.
 */
#include "config.h"

#include "sy-memory.h"

#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

void
sy_memory_init (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, SY_MEMORY_LARGE_BYTES);
#endif
}
