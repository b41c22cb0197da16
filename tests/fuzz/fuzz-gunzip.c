/* fuzz-gunzip.c: never more than allowed, and what was packed comes out again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdint.h>
#include <string.h>
#include <zlib.h>

#include "sy-gunzip.h"

#define MAX_BYTES (64 * 1024)

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static GBytes *
gzip (const uint8_t *data,
      size_t         size)
{
  z_stream stream = { 0 };
  gsize    room;
  guint8  *packed;

  g_assert_cmpint (deflateInit2 (&stream, 1, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
  room = deflateBound (&stream, (uLong) size);
  packed = g_malloc (room);
  stream.next_in = (Bytef *) data;
  stream.avail_in = (uInt) size;
  stream.next_out = packed;
  stream.avail_out = (uInt) room;
  g_assert_cmpint (deflate (&stream, Z_FINISH), ==, Z_STREAM_END);
  deflateEnd (&stream);

  return g_bytes_new_take (packed, room - stream.avail_out);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GBytes) packed = gzip (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = sy_gunzip (body, MAX_BYTES, &error);
  g_autoptr (GBytes) unpacked = NULL;

  g_assert_true ((plain == NULL) == (error != NULL));
  if (plain != NULL)
    g_assert_cmpuint (g_bytes_get_size (plain), <=, MAX_BYTES);

  unpacked = sy_gunzip (packed, MAX_BYTES, NULL);
  g_assert_true ((unpacked != NULL) == (size <= MAX_BYTES));
  g_assert_true (unpacked == NULL || g_bytes_equal (unpacked, body));

  return 0;
}
