/* fuzz-sse.c: the same events however the stream is cut, none beyond its limit
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "sy-sse-parser.h"

static const SySseLimits limits = { .max_line = 4096, .max_event = 8192, .max_id = 16 };

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
event_cb (const SySseEvent *event,
          gpointer          user_data)
{
  GString *events = user_data;

  g_assert_cmpuint (event->length, <=, limits.max_event);
  g_assert_cmpint (event->data[event->length], ==, '\0');
  g_assert_true (strpbrk (event->last_id, "\r\n") == NULL);
  g_assert_true (g_utf8_validate (event->type, -1, NULL) && g_utf8_validate (event->last_id, -1, NULL));
  g_string_append_printf (events, "%s|%s|", event->type, event->last_id);
  g_string_append_len (events, event->data, (gssize) event->length);
  g_string_append_c (events, '\n');
}

/* @step: the size of a block. (transfer full) */
static char *
read_stream (const char *data,
             gsize       size,
             gsize       step)
{
  g_autoptr (SySseParser) parser = sy_sse_parser_new (&limits, NULL);
  GString *events = g_string_new (NULL);

  for (gsize i = 0; i < size; i += step)
    if (!sy_sse_parser_push (parser, data + i, MIN (step, size - i), event_cb, events, NULL))
      break;

  return g_string_free (events, FALSE);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *whole = read_stream ((const char *) data, size, MAX (size, 1));
  g_autofree char *bytes = read_stream ((const char *) data, size, 1);
  g_autofree char *blocks = read_stream ((const char *) data, size, 7);

  g_assert_cmpstr (whole, ==, bytes);
  g_assert_cmpstr (whole, ==, blocks);
  return 0;
}
