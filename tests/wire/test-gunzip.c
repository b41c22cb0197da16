/* test-gunzip.c: gzip from strangers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <string.h>
#include <zlib.h>

#include "sy-error.h"
#include "sy-gunzip.h"

#define MIB (1024 * 1024)
#define MAX_BYTES (32 * MIB)

static GBytes *
gzip (const char *data,
      gsize       length)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  g_assert_true (g_output_stream_write_all (stream, data, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static GBytes *
join (GBytes     *first,
      const char *second,
      gsize       length)
{
  GByteArray *array = g_byte_array_new ();

  g_byte_array_append (array, g_bytes_get_data (first, NULL), (guint) g_bytes_get_size (first));
  g_byte_array_append (array, (const guint8 *) second, (guint) length);
  return g_byte_array_free_to_bytes (array);
}

static void
assert_fails (GBytes      *body,
              gsize        max_bytes,
              SyErrorCode  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sy_gunzip (body, max_bytes, &error));
  g_assert_error (error, SY_ERROR, (int) code);
}

static void
assert_gives (GBytes     *body,
              const char *want)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = sy_gunzip (body, MAX_BYTES, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), want, strlen (want));
}

static void
test_whole (void)
{
  g_autoptr (GBytes) one = gzip ("a 1\n", 4);
  g_autoptr (GBytes) empty = gzip ("", 0);
  g_autoptr (GBytes) two = join (one, g_bytes_get_data (one, NULL), g_bytes_get_size (one));
  g_autoptr (GBytes) three = join (two, g_bytes_get_data (empty, NULL), g_bytes_get_size (empty));

  assert_gives (one, "a 1\n");
  assert_gives (empty, "");
  assert_gives (two, "a 1\na 1\n");
  assert_gives (three, "a 1\na 1\n");
}

/* Cut at every byte, so also without its checksum or length. */
static void
test_cut (void)
{
  g_autoptr (GBytes) whole = gzip ("a 1\nb 2\nc 3\n", 12);

  for (gsize length = 0; length < g_bytes_get_size (whole); length++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, length);

      assert_fails (cut, MAX_BYTES, SY_ERROR_DECODE);
    }
}

static void
test_damaged (void)
{
  g_autoptr (GBytes) whole = gzip ("a 1\n", 4);
  g_autoptr (GBytes) junk = join (whole, "junk", 4);
  g_autoptr (GBytes) zero = join (whole, "\0", 1);
  g_autoptr (GBytes) half = join (whole, g_bytes_get_data (whole, NULL), 10);
  g_autoptr (GBytes) plain = g_bytes_new_static ("a 1\n", 4);
  gsize length = g_bytes_get_size (whole);

  assert_fails (junk, MAX_BYTES, SY_ERROR_DECODE);
  assert_fails (zero, MAX_BYTES, SY_ERROR_DECODE);
  assert_fails (half, MAX_BYTES, SY_ERROR_DECODE);
  assert_fails (plain, MAX_BYTES, SY_ERROR_DECODE);

  /* The checksum and the length that end the body. */
  for (gsize i = length - 8; i < length; i++)
    {
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (whole, NULL), length);
      g_autoptr (GBytes) damaged = NULL;

      bytes[i] ^= 1;
      damaged = g_bytes_new (bytes, length);
      assert_fails (damaged, MAX_BYTES, SY_ERROR_DECODE);
    }
}

/* zlib and raw deflate are other codings. */
static void
test_not_gzip (void)
{
  guint8 buffer[64];
  uLongf length = sizeof buffer;
  g_autoptr (GBytes) zlib = NULL;
  g_autoptr (GBytes) raw = NULL;

  g_assert_cmpint (compress (buffer, &length, (const Bytef *) "a 1\n", 4), ==, Z_OK);
  zlib = g_bytes_new (buffer, length);
  raw = g_bytes_new (buffer + 2, length - 6);
  assert_fails (zlib, MAX_BYTES, SY_ERROR_DECODE);
  assert_fails (raw, MAX_BYTES, SY_ERROR_DECODE);
}

static void
test_limits (void)
{
  gsize size = 2 * MIB;
  g_autofree char *zeros = g_malloc0 (size);
  g_autofree char *noise = g_malloc (size);
  g_autoptr (GBytes) million = gzip (zeros, MIB);
  g_autoptr (GBytes) bomb = gzip (zeros, size);
  g_autoptr (GBytes) dense = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < size; i++)
    noise[i] = (char) g_test_rand_int_range (0, 256);
  dense = gzip (noise, size);

  /* Up to 1 MiB any ratio is fine, beyond it 200. */
  g_assert_cmpuint (MIB / g_bytes_get_size (million), >, 200);
  plain = sy_gunzip (million, MAX_BYTES, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (plain), ==, MIB);
  assert_fails (bomb, MAX_BYTES, SY_ERROR_BODY_TOO_LARGE);

  /* The bound is exact. */
  assert_fails (dense, size - 1, SY_ERROR_BODY_TOO_LARGE);
  g_clear_pointer (&plain, g_bytes_unref);
  plain = sy_gunzip (dense, size, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), noise, size);
}

/* Members one after the other share the bound. */
static void
test_many_members (void)
{
  g_autofree char *zeros = g_malloc0 (MIB);
  g_autoptr (GBytes) member = gzip (zeros, MIB);
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GBytes) body = NULL;

  for (guint i = 0; i < 40; i++)
    g_byte_array_append (array, g_bytes_get_data (member, NULL), (guint) g_bytes_get_size (member));
  body = g_byte_array_free_to_bytes (g_steal_pointer (&array));

  assert_fails (body, MAX_BYTES, SY_ERROR_BODY_TOO_LARGE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/gunzip/whole", test_whole);
  g_test_add_func ("/wire/gunzip/cut", test_cut);
  g_test_add_func ("/wire/gunzip/damaged", test_damaged);
  g_test_add_func ("/wire/gunzip/not-gzip", test_not_gzip);
  g_test_add_func ("/wire/gunzip/limits", test_limits);
  g_test_add_func ("/wire/gunzip/many-members", test_many_members);
  return g_test_run ();
}
