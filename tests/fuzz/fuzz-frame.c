/* fuzz-frame.c: the same messages however frames are cut, none beyond its limit
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdint.h>

#include "sy-error.h"
#include "sy-frame-parser.h"
#include "sy-stream-message.h"

static const SyFrameLimits limits = { .max_frame = 4096, .max_message = 8192 };

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

typedef struct
{
  GString *dump;
  gboolean is_closed;
} Heard;

static void
message_cb (const SyFrameMessage *message,
            gpointer              user_data)
{
  Heard *heard = user_data;

  g_assert_false (heard->is_closed);
  heard->is_closed = message->kind == SY_FRAME_CLOSE;
  g_assert_cmpuint (message->length, <=, message->kind >= SY_FRAME_CLOSE ? SY_FRAME_MAX_CONTROL : limits.max_message);
  g_assert_cmpint (message->data[message->length], ==, '\0');
  g_string_append_printf (heard->dump, "%d|%u|%d|", message->kind, message->close_code,
                          sy_stream_message_classify (NULL, message->data, message->length));
  g_string_append_len (heard->dump, message->data, (gssize) message->length);
}

/* @step: the size of a block. (transfer full) */
static GBytes *
read_frames (const char *data,
             gsize       size,
             gsize       step)
{
  g_autoptr (SyFrameParser) parser = sy_frame_parser_new (&limits);
  g_autoptr (GError) error = NULL;
  Heard heard = { g_string_new (NULL), FALSE };

  for (gsize i = 0; i < size && error == NULL; i += step)
    sy_frame_parser_push (parser, data + i, MIN (step, size - i), message_cb, &heard, &error);

  g_string_append (heard.dump, error != NULL ? sy_error_nick (error) : "fine");
  return g_string_free_to_bytes (heard.dump);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) whole = read_frames ((const char *) data, size, MAX (size, 1));
  g_autoptr (GBytes) bytes = read_frames ((const char *) data, size, 1);
  g_autoptr (GBytes) blocks = read_frames ((const char *) data, size, 5);

  g_assert_true (g_bytes_equal (whole, bytes));
  g_assert_true (g_bytes_equal (whole, blocks));
  return 0;
}
