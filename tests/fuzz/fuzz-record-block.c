/* fuzz-record-block.c: blocks of a recording that somebody made up
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first byte is the width that the shape says; a right checksum is put
 * behind the rest, or nothing would ever come past it.
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-pack.h"
#include "sy-record-block.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
assert_same (const GArray *a,
             const GArray *b,
             gsize         size)
{
  g_assert_cmpuint (a->len, ==, b->len);
  g_assert_true (a->len == 0 || memcmp (a->data, b->data, a->len * size) == 0);
}

/* Some columns alone are what they are among all. */
static void
check_some (const GByteArray    *bytes,
            const SyRecordBlock *all)
{
  const guint width = all->width;
  g_autofree guint8 *wanted = g_new0 (guint8, MAX (width, 1));
  g_autoptr (SyRecordBlock) some = NULL;

  for (guint i = 0; i < width; i++)
    wanted[i] = i % 3 == 1;
  some = sy_record_block_unpack_some (bytes->data, bytes->len, width, wanted, NULL);
  g_assert_nonnull (some);
  g_assert_cmpuint (some->values->len, ==, all->values->len);
  for (guint i = 0; i < all->values->len; i++)
    {
      const double *value = &g_array_index (some->values, double, i);

      if (wanted[i % width])
        g_assert_true (memcmp (value, &g_array_index (all->values, double, i), sizeof *value) == 0);
      else
        g_assert_true (isnan (*value));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GByteArray) again = NULL;
  g_autoptr (SyRecordBlock) block = NULL;
  g_autoptr (SyRecordBlock) back = NULL;

  if (size < 1 || size > 1 << 16)
    return 0;

  g_byte_array_append (bytes, data + 1, (guint) size - 1);
  sy_record_seal (bytes);
  block = sy_record_block_unpack (bytes->data, bytes->len, data[0], NULL);
  if (block == NULL)
    return 0;

  /* What was read is written and read the same. */
  g_assert_cmpuint (block->values->len, ==, block->moments->len * data[0]);
  check_some (bytes, block);
  again = sy_record_block_pack (block);
  back = sy_record_block_unpack (again->data, again->len, data[0], NULL);
  g_assert_nonnull (back);
  assert_same (block->moments, back->moments, sizeof (SyRecordMoment));
  assert_same (block->values, back->values, sizeof (double));
  assert_same (block->timestamps, back->timestamps, sizeof (double));
  return 0;
}
