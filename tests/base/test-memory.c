/* test-memory.c: what is large is taken from the system, and stays so
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdlib.h>

#include "sy-memory.h"

#ifdef __GLIBC__
#include <malloc.h>

/* Whether a block of that size is the system's own. */
static gboolean
is_of_system (gsize size)
{
  const gsize before = mallinfo2 ().hblks;
  char *volatile block = malloc (size);
  gboolean is_own;

  g_assert_nonnull (block);
  is_own = mallinfo2 ().hblks > before;
  free (block);
  return is_own;
}
#else
static gboolean
is_of_system (gsize size)
{
  return FALSE;
}
#endif

/* Also after something larger has come and gone. */
static void
test_stays (void)
{
  sy_memory_init ();
  if (!is_of_system (8 * 1024 * 1024))
    {
      g_test_skip ("this allocator is not glibc's");
      return;
    }

  g_assert_true (is_of_system (SY_MEMORY_LARGE_BYTES));
  g_assert_false (is_of_system (SY_MEMORY_LARGE_BYTES / 4));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/memory/stays", test_stays);
  return g_test_run ();
}
