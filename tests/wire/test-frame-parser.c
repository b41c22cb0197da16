/* test-frame-parser.c: frames, however they are cut
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-error.h"
#include "sy-frame-parser.h"

static const SyFrameLimits limits = { .max_frame = 300, .max_message = 400 };

static void
message_cb (const SyFrameMessage *message,
            gpointer              user_data)
{
  GString *dump = user_data;

  g_assert_cmpint (message->data[message->length], ==, '\0');
  g_string_append_printf (dump, "%d|%u|", message->kind, message->close_code);
  if (message->length <= 16)
    for (gsize i = 0; i < message->length; i++)
      g_string_append_c (dump, message->data[i] != '\0' ? message->data[i] : '.');
  else
    g_string_append_printf (dump, "%" G_GSIZE_FORMAT " bytes", message->length);
  g_string_append_c (dump, '\n');
}

/* A line a message: "kind|close code|data"; then the error's code, if any.
 * @step: the size of a block. (transfer full) */
static char *
read_frames (const char *bytes,
             gsize       length,
             gsize       step)
{
  g_autoptr (SyFrameParser) parser = sy_frame_parser_new (&limits);
  g_autoptr (GError) error = NULL;
  GString *dump = g_string_new (NULL);

  for (gsize i = 0; i < length && error == NULL; i += step)
    sy_frame_parser_push (parser, bytes + i, MIN (step, length - i), message_cb, dump, &error);

  if (error != NULL)
    g_string_append_printf (dump, "%s %u", sy_error_nick (error), sy_frame_close_code (error));
  else if (sy_frame_parser_is_closed (parser))
    g_string_append (dump, "closed");
  return g_string_free (dump, FALSE);
}

typedef struct
{
  const char *name;
  const char *bytes;
  gsize       length;
  const char *dump;
} Case;

#define CASE(name, bytes, dump) { name, bytes, sizeof bytes - 1, dump }

static const Case cases[] = {
  CASE ("text", "\x81\x02hi", "1|0|hi\n"),
  CASE ("binary", "\x82\x03\x00\xff\x01", "2|0|.\xff\x01\n"),
  CASE ("empty", "\x81\x00\x82\x00", "1|0|\n2|0|\n"),
  CASE ("fragments", "\x01\x01" "a\x00\x01" "b\x80\x01" "c", "1|0|abc\n"),
  CASE ("ping between", "\x01\x01" "a\x89\x02yo\x80\x01" "c", "9|0|yo\n1|0|ac\n"),
  CASE ("pong", "\x8a\x00", "10|0|\n"),
  CASE ("split code point", "\x01\x01\xc3\x80\x01\xa9", "1|0|\xc3\xa9\n"),
  CASE ("close", "\x88\x00\x81\x01" "a", "8|1005|\nclosed"),
  CASE ("close with code", "\x88\x04\x03\xe8ok", "8|1000|ok\nclosed"),
  CASE ("close with own code", "\x88\x02\x0f\xa1", "8|4001|\nclosed"),
  CASE ("masked", "\x81\x81\x01\x02\x03\x04\x40", "protocol 1002"),
  CASE ("reserved bit 1", "\xc1\x01" "a", "protocol 1002"),
  CASE ("reserved bit 3", "\x91\x01" "a", "protocol 1002"),
  CASE ("opcode 3", "\x83\x00", "protocol 1002"),
  CASE ("opcode 11", "\x8b\x00", "protocol 1002"),
  CASE ("long control", "\x89\x7e\x00\x7e", "protocol 1002"),
  CASE ("split control", "\x09\x00", "protocol 1002"),
  CASE ("length not minimal, 16", "\x81\x7e\x00\x7d", "protocol 1002"),
  CASE ("length not minimal, 64", "\x81\x7f\x00\x00\x00\x00\x00\x00\xff\xff", "protocol 1002"),
  CASE ("length of 64 bits", "\x82\x7f\x80\x00\x00\x00\x00\x00\x00\x00", "protocol 1002"),
  CASE ("frame too large", "\x82\x7e\x01\x2d", "body-too-large 1009"),
  CASE ("frame of 4 GiB", "\x82\x7f\x00\x00\x00\x01\x00\x00\x00\x00", "body-too-large 1009"),
  CASE ("not UTF-8", "\x81\x02\xc3\x28", "decode 1007"),
  CASE ("half a code point", "\x81\x01\xc3", "decode 1007"),
  CASE ("surrogate", "\x81\x03\xed\xa0\x80", "decode 1007"),
  CASE ("overlong", "\x81\x02\xc0\x80", "decode 1007"),
  CASE ("nul in text", "\x81\x03" "a\0b\x81\x03" "a\0\xff", "1|0|a.b\ndecode 1007"),
  CASE ("interleaved", "\x01\x01" "a\x01\x01" "b", "protocol 1002"),
  CASE ("continuation of nothing", "\x80\x00", "protocol 1002"),
  CASE ("half a close code", "\x88\x01\x03", "protocol 1002"),
  CASE ("close 999", "\x88\x02\x03\xe7", "protocol 1002"),
  CASE ("close 1005", "\x88\x02\x03\xed", "protocol 1002"),
  CASE ("close 1006", "\x88\x02\x03\xee", "protocol 1002"),
  CASE ("close 1015", "\x88\x02\x03\xf7", "protocol 1002"),
  CASE ("close 2999", "\x88\x02\x0b\xb7", "protocol 1002"),
  CASE ("close 65535", "\x88\x02\xff\xff", "protocol 1002"),
  CASE ("close reason not UTF-8", "\x88\x03\x03\xe8\xff", "decode 1007"),
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize step = 1; step <= cases[i].length; step++)
      {
        g_autofree char *dump = read_frames (cases[i].bytes, cases[i].length, step);

        if (strcmp (dump, cases[i].dump) != 0)
          g_test_message ("%s, in blocks of %" G_GSIZE_FORMAT, cases[i].name, step);
        g_assert_cmpstr (dump, ==, cases[i].dump);
      }
}

/* No single frame is too large, but the message grows without end. */
static void
test_endless_message (void)
{
  g_autoptr (SyFrameParser) parser = sy_frame_parser_new (&limits);
  g_autoptr (GString) dump = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  char frame[102] = { 0x02, 100 };

  for (guint i = 0; i < 4; i++)
    {
      g_assert_true (sy_frame_parser_push (parser, frame, sizeof frame, message_cb, dump, &error));
      frame[0] = 0x00;
    }
  g_assert_false (sy_frame_parser_push (parser, frame, sizeof frame, message_cb, dump, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_BODY_TOO_LARGE);
  g_assert_cmpstr (dump->str, ==, "");
}

/* What we send: masked, of the right length, and unmasked it is what it was. */
static void
test_append (void)
{
  static const gsize lengths[] = { 0, 1, 125, 126, 300 };
  g_autofree char *data = g_strnfill (300, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GByteArray) out = g_byte_array_new ();
      g_autofree char *dump = NULL;
      g_autofree char *expected = NULL;
      const gsize head = lengths[i] > 125 ? 4 : 2;

      sy_frame_append (out, SY_FRAME_TEXT, data, lengths[i], 0x01020304);
      g_assert_cmpuint (out->len, ==, head + 4 + lengths[i]);
      g_assert_cmpint (out->data[1] & 0x80, ==, 0x80);

      for (gsize j = 0; j < lengths[i]; j++)
        out->data[head + 4 + j] ^= out->data[head + j % 4];
      out->data[1] &= 0x7f;
      g_byte_array_remove_range (out, (guint) head, 4);
      dump = read_frames ((const char *) out->data, out->len, 7);
      expected = lengths[i] > 16 ? g_strdup_printf ("1|0|%" G_GSIZE_FORMAT " bytes\n", lengths[i])
                                 : g_strdup_printf ("1|0|%.*s\n", (int) lengths[i], data);
      g_assert_cmpstr (dump, ==, expected);
    }
}

static void
test_append_close (void)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  sy_frame_append_close (out, SY_FRAME_CLOSE_NO_CODE, 0);
  sy_frame_append_close (out, SY_FRAME_CLOSE_TOO_LARGE, 0);
  g_assert_cmpmem (out->data, out->len, "\x88\x80\0\0\0\0\x88\x82\0\0\0\0\x03\xf1", 14);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame-parser/cases", test_cases);
  g_test_add_func ("/frame-parser/endless-message", test_endless_message);
  g_test_add_func ("/frame-parser/append", test_append);
  g_test_add_func ("/frame-parser/append-close", test_append_close);
  return g_test_run ();
}
