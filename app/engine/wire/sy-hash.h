/* sy-hash.h: a seeded hash of bytes, eight at a time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Folds the 128-bit product of two words: every input bit reaches every output
 * bit, as in wyhash (Wang Yi, 2019). The seed is drawn per table, so a backend
 * cannot prepare names that collide. */
static inline guint64
sy_hash_fold (guint64 a,
              guint64 b)
{
  unsigned __int128 product = (unsigned __int128) a * b;

  return (guint64) product ^ (guint64) (product >> 64);
}

static inline guint64
sy_hash_bytes (guint64     seed,
               const char *bytes,
               gsize       length)
{
  guint64 hash = seed ^ length;
  guint64 word;

  for (; length > sizeof word; bytes += sizeof word, length -= sizeof word)
    {
      memcpy (&word, bytes, sizeof word);
      hash = sy_hash_fold (hash ^ word, G_GUINT64_CONSTANT (0xa0761d6478bd642f));
    }

  word = 0;
  memcpy (&word, bytes, length);
  return sy_hash_fold (hash ^ word, G_GUINT64_CONSTANT (0xe7037ed1a0b428db) ^ seed);
}

G_END_DECLS
