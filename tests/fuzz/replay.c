/* replay.c: feeds a fuzz target its seeds, without a fuzzer
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: fuzz-NAME FILE|FOLDER...
 *
 * Each seed is given whole and cut short at up to 32 places: a parser meets
 * truncated input more often than anything else. Each input is a block of its
 * own, so that a sanitizer sees a read behind its end.
 */
#include "config.h"

#include <glib.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CUTS 32

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
feed (const char *bytes,
      gsize       size)
{
  /* not g_malloc(): an empty block has an address too, as with libFuzzer */
  uint8_t *copy = malloc (size);

  g_assert_nonnull (copy);
  memcpy (copy, bytes, size);
  LLVMFuzzerTestOneInput (copy, size);
  free (copy);
}

static gboolean
replay_file (const char *path)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  if (!g_file_get_contents (path, &bytes, &size, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return FALSE;
    }

  feed (bytes, size);
  for (gsize i = 1; i < CUTS && size > 0; i++)
    feed (bytes, size * i / CUTS);

  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* In the order of their names. Returns: how many, 0 when one cannot be read. */
static guint
replay_folder (const char *path)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));

  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    if (!replay_file (g_ptr_array_index (names, i)))
      return 0;

  return names->len;
}

int
main (int    argc,
      char **argv)
{
  guint count = 0;

  feed ("", 0);

  for (int i = 1; i < argc; i++)
    {
      guint replayed;

      if (g_file_test (argv[i], G_FILE_TEST_IS_DIR))
        replayed = replay_folder (argv[i]);
      else
        replayed = replay_file (argv[i]) ? 1 : 0;

      if (replayed == 0)
        {
          fprintf (stderr, "no seeds in %s\n", argv[i]);
          return 1;
        }
      count += replayed;
    }

  printf ("%u seeds replayed\n", count);

  return 0;
}
