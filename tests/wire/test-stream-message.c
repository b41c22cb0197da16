/* test-stream-message.c: which messages are metrics
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-stream-message.h"

#define METRICS SY_STREAM_MESSAGE_METRICS
#define CONTROL SY_STREAM_MESSAGE_CONTROL
#define BYE SY_STREAM_MESSAGE_BYE

static const struct
{
  const char         *name;
  const char         *data;
  SyStreamMessageKind kind;
} cases[] = {
  { "message", "{\"type\":\"hello\"}", METRICS },
  { "sample", "", METRICS },
  { "metrics", "", METRICS },
  { "hello", "", CONTROL },
  { "mark", "", CONTROL },
  { "bye", "", BYE },
  { NULL, "", METRICS },
  { NULL, "a_total 1\n", METRICS },
  { NULL, "{\"type\":\"sample\",\"t\":1}", METRICS },
  { NULL, "{\"type\":\"hello\"}", CONTROL },
  { NULL, " \n{ \"a\" : [1, {\"type\":\"x\"}, \"}\"] , \"type\" : \"bye\" }", BYE },
  { NULL, "{\"server\":{\"type\":\"hello\"}}", METRICS },
  { NULL, "{\"a\":\"type\",\"b\":\"hello\"}", METRICS },
  { NULL, "{\"a\\\"type\":\"hello\"}", METRICS },
  { NULL, "{\"type\":7,\"x\":\"hello\"}", METRICS },
  { NULL, "[{\"type\":\"hello\"}]", METRICS },
  { NULL, "\"type\":\"hello\"", METRICS },
  { NULL, "{\"type", METRICS },
  { NULL, "{\"type\"", METRICS },
  { NULL, "{\"type\":", METRICS },
  { NULL, "{\"type\":\"hel", METRICS },
  { NULL, "{\"\\", METRICS },
};

static void
test_kinds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const gsize length = strlen (cases[i].data);
      g_autofree char *tight = g_memdup2 (cases[i].data, length); /* so that a sanitizer sees a byte too many */

      g_assert_cmpint (sy_stream_message_classify (cases[i].name, tight, length), ==, cases[i].kind);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stream-message/kinds", test_kinds);
  return g_test_run ();
}
