/* test-pack.c: columns come back bit for bit
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-pack.h"
#include "sy-random.h"
#include "sy-record-block.h"

typedef double (*Draw) (SyRandom *random, guint i);

static double
draw_bits (SyRandom *random,
           guint     i)
{
  const guint64 bits = sy_random_next (random);
  double value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static double
draw_special (SyRandom *random,
              guint     i)
{
  static const double values[] = { 0.0, -0.0, (double) NAN, (double) INFINITY, -(double) INFINITY, 5e-324, 1.7976931348623157e308, 9007199254740992.0 };

  return values[sy_random_below (random, G_N_ELEMENTS (values))];
}

static double
draw_counter (SyRandom *random,
              guint     i)
{
  return i % 97 == 0 ? 0 : i % 97 * 31 + (double) sy_random_below (random, 10);
}

static double
draw_milliseconds (SyRandom *random,
                   guint     i)
{
  return (double) sy_random_below (random, 100000) / 1000;
}

static double
draw_binary (SyRandom *random,
             guint     i)
{
  return ldexp ((double) sy_random_below (random, 1 << 20), -17);
}

static double
draw_sum (SyRandom *random,
          guint     i)
{
  return i * 0.1 + sy_random_uniform (random) * 0.001;
}

static double
draw_mixed (SyRandom *random,
            guint     i)
{
  return i % 10 == 3 ? (double) NAN : i * 0.25;
}

static const struct {
  const char *name;
  Draw        draw;
  double      at_most; /* bytes a value, of 600 */
} kinds[] = {
  { "bits", draw_bits, 8.3 },
  { "special", draw_special, 8.3 },
  { "counter", draw_counter, 2 },
  { "milliseconds", draw_milliseconds, 2.3 },
  { "binary", draw_binary, 2.8 },
  { "sum", draw_sum, 7 },
  { "mixed", draw_mixed, 8 },
};

static void
check_round_trip (const double *values,
                  guint         n,
                  double        at_most)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree double *back = g_new (double, n + 1);
  SyUnpack from;

  sy_pack_doubles (bytes, values, n);
  from = (SyUnpack) { bytes->data, bytes->data + bytes->len, FALSE };
  sy_unpack_doubles (&from, back, n);
  g_assert_false (from.failed);
  g_assert_true (from.next == from.end);
  g_assert_cmpmem (back, n * sizeof (double), values, n * sizeof (double));

  from = (SyUnpack) { bytes->data, bytes->data + bytes->len, FALSE };
  sy_unpack_skip_doubles (&from, n);
  g_assert_false (from.failed);
  g_assert_true (from.next == from.end);
  if (n == 600)
    g_assert_cmpfloat (bytes->len, <=, at_most * n);
}

static void
test_doubles (void)
{
  static const guint lengths[] = { 0, 1, 2, 3, 31, 32, 33, 34, 35, 64, 65, 600 };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint l = 0; l < G_N_ELEMENTS (lengths); l++)
      for (guint round = 0; round < 20; round++)
        {
          g_autofree double *values = g_new (double, lengths[l] + 1);
          SyRandom random;

          sy_random_init (&random, round, k);
          for (guint i = 0; i < lengths[l]; i++)
            values[i] = kinds[k].draw (&random, i);
          check_round_trip (values, lengths[l], kinds[k].at_most);
        }
}

static void
test_ints (void)
{
  static const gint64 edges[] = { 0, -1, 1, G_MAXINT64, G_MININT64, G_MAXINT64 - 1, G_MININT64 + 1, 63, 64, -64, -65 };
  SyRandom random;

  sy_random_init (&random, 7, 0);
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      const guint n = (guint) sy_random_below (&random, 70);
      gint64 values[70];
      gint64 back[70];
      SyUnpack from;

      for (guint i = 0; i < n; i++)
        values[i] = round % 2 == 0 ? edges[sy_random_below (&random, G_N_ELEMENTS (edges))]
                                   : (gint64) sy_random_next (&random) >> sy_random_below (&random, 64);

      sy_pack_ints (bytes, values, n);
      from = (SyUnpack) { bytes->data, bytes->data + bytes->len, FALSE };
      sy_unpack_ints (&from, back, n);
      g_assert_false (from.failed);
      g_assert_true (from.next == from.end);
      g_assert_cmpmem (back, n * sizeof (gint64), values, n * sizeof (gint64));
    }
}

/* What repeats costs nearly nothing. */
static void
test_steady_is_small (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gint64 values[600];

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = 1795000000000000 + i * 1000000;
  sy_pack_ints (bytes, values, G_N_ELEMENTS (values));
  g_assert_cmpuint (bytes->len, <, 40);
}

/* Every cut of a packed column is noticed, and none reads past its end. */
static void
test_cuts (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  double values[100];

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = i * 1.37;
  sy_pack_doubles (bytes, values, G_N_ELEMENTS (values));

  for (guint cut = 0; cut < bytes->len; cut++)
    {
      g_autofree guint8 *copy = g_memdup2 (bytes->data, cut);
      SyUnpack from = { copy, copy + cut, FALSE };
      double back[100];

      sy_unpack_doubles (&from, back, G_N_ELEMENTS (back));
      g_assert_true (from.failed);
    }
}

static SyRecordBlock *
make_block (guint    n,
            guint    width,
            gboolean stamped)
{
  SyRecordBlock *block = sy_record_block_new (width);
  g_autofree double *values = g_new (double, width + 1);
  g_autofree double *stamps = g_new (double, width + 1);

  for (guint i = 0; i < n; i++)
    {
      const SyRecordMoment moment = { 3 * i, G_MAXINT64 - 600 + (gint64) i, G_MININT64 + i, -1, 0, i, G_MAXINT64 };

      for (guint j = 0; j < width; j++)
        {
          values[j] = i * 0.1 + j;
          stamps[j] = j == 1 ? (double) NAN : i;
        }
      sy_record_block_append (block, &moment, values, stamped && i % 2 == 1 ? stamps : NULL);
    }

  return block;
}

static void
test_blocks (void)
{
  for (guint width = 0; width < 4; width++)
    for (guint n = 1; n < 40; n += 19)
      {
        g_autoptr (SyRecordBlock) block = make_block (n, width, width == 2);
        g_autoptr (GByteArray) bytes = sy_record_block_pack (block);
        g_autoptr (GError) error = NULL;
        g_autoptr (SyRecordBlock) back = sy_record_block_unpack (bytes->data, bytes->len, width, &error);

        g_assert_no_error (error);
        g_assert_cmpmem (back->moments->data, back->moments->len * sizeof (SyRecordMoment),
                         block->moments->data, block->moments->len * sizeof (SyRecordMoment));
        g_assert_cmpmem (back->values->data, back->values->len * sizeof (double),
                         block->values->data, block->values->len * sizeof (double));
        g_assert_cmpmem (back->timestamps->data, back->timestamps->len * sizeof (double),
                         block->timestamps->data, block->timestamps->len * sizeof (double));
        g_assert_null (sy_record_block_unpack (bytes->data, bytes->len, width + 1, NULL));
      }
}

/* The checksum sees every flipped bit. */
static void
test_flipped_blocks (void)
{
  g_autoptr (SyRecordBlock) block = make_block (20, 3, TRUE);
  g_autoptr (GByteArray) bytes = sy_record_block_pack (block);

  for (guint bit = 0; bit < 8 * bytes->len; bit++)
    {
      g_autoptr (GError) error = NULL;

      bytes->data[bit / 8] ^= (guint8) (1 << bit % 8);
      g_assert_null (sy_record_block_unpack (bytes->data, bytes->len, 3, &error));
      g_assert_error (error, SY_ERROR, SY_ERROR_DECODE);
      bytes->data[bit / 8] ^= (guint8) (1 << bit % 8);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pack/doubles", test_doubles);
  g_test_add_func ("/pack/ints", test_ints);
  g_test_add_func ("/pack/steady-is-small", test_steady_is_small);
  g_test_add_func ("/pack/cuts", test_cuts);
  g_test_add_func ("/pack/blocks", test_blocks);
  g_test_add_func ("/pack/flipped-blocks", test_flipped_blocks);
  return g_test_run ();
}
