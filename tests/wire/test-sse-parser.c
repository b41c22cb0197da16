/* test-sse-parser.c: the event stream, however it is cut
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-error.h"
#include "sy-sse-parser.h"
#include "wire-fixture.h"

#define N_VECTORS 122

/* NUL in a dump, and in the vectors, since json-glib ends a string at NUL. */
#define NUL_MARK "\xee\x80\x80"
#define NUL_MARK_JSON "\\ue000"

static void
event_cb (const SySseEvent *event,
          gpointer          user_data)
{
  GString *dump = user_data;

  g_assert_cmpint (event->data[event->length], ==, '\0');
  g_string_append_printf (dump, "%s|%s|", event->type, event->last_id);
  for (gsize i = 0; i < event->length; i++)
    if (event->data[i] == '\0')
      g_string_append (dump, NUL_MARK);
    else if (event->data[i] == '\n')
      g_string_append (dump, "\\n");
    else
      g_string_append_c (dump, event->data[i]);
  g_string_append_c (dump, '\n');
}

/* A line an event: "type|last id|data". @cut: where the first block ends; 0:
 * there is one block, G_MAXSIZE: each byte is one. (transfer full) */
static char *
read_stream (const char *bytes,
             gsize       length,
             gsize       cut)
{
  g_autoptr (SySseParser) parser = sy_sse_parser_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  GString *dump = g_string_new (NULL);

  for (gsize i = 0; i < length;)
    {
      const gsize n = cut == G_MAXSIZE ? 1 : i < cut ? cut - i : length - i;

      g_assert_true (sy_sse_parser_push (parser, bytes + i, n, event_cb, dump, &error));
      g_assert_no_error (error);
      i += n;
    }

  return g_string_free (dump, FALSE);
}

static void
check_stream (const char *name,
              const char *bytes,
              gsize       length,
              const char *expected)
{
  g_autofree char *by_byte = read_stream (bytes, length, G_MAXSIZE);

  if (strcmp (by_byte, expected) != 0)
    g_test_message ("%s, a byte at a time", name);
  g_assert_cmpstr (by_byte, ==, expected);

  for (gsize cut = 0; cut < length; cut++)
    {
      g_autofree char *dump = read_stream (bytes, length, cut);

      if (strcmp (dump, expected) != 0)
        g_test_message ("%s, cut at %" G_GSIZE_FORMAT, name, cut);
      g_assert_cmpstr (dump, ==, expected);
    }
}

static char *
dump_expected (JsonArray *events)
{
  GString *dump = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (events); i++)
    {
      JsonObject *event = json_array_get_object_element (events, i);
      const char *data = json_object_get_string_member (event, "data");
      SySseEvent one = {
        json_object_get_string_member (event, "type"), data, strlen (data),
        json_object_get_string_member (event, "last_event_id"),
      };

      event_cb (&one, dump);
    }

  return g_string_free (dump, FALSE);
}

static JsonNode *
read_vectors (const char *path)
{
  g_autoptr (GBytes) file = wire_read (path);
  g_autoptr (GString) text = g_string_new_len (g_bytes_get_data (file, NULL), (gssize) g_bytes_get_size (file));
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  g_string_replace (text, "\\u0000", NUL_MARK_JSON, 0);
  json_parser_load_from_data (parser, text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

static void
test_vectors (void)
{
  g_autofree char *path = wire_data_path ("suites/sse/vectors.json");
  g_autoptr (JsonNode) root = NULL;
  JsonArray *vectors;

  if (path == NULL)
    return;

  root = read_vectors (path);
  vectors = json_node_get_array (root);
  g_assert_cmpuint (json_array_get_length (vectors), ==, N_VECTORS);

  for (guint i = 0; i < N_VECTORS; i++)
    {
      JsonObject *vector = json_array_get_object_element (vectors, i);
      JsonArray *chunks = json_object_get_array_member (vector, "chunks_b64");
      g_autofree char *expected = dump_expected (json_object_get_array_member (vector, "events"));
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      for (guint j = 0; j < json_array_get_length (chunks); j++)
        {
          gsize length;
          g_autofree guchar *chunk = g_base64_decode (json_array_get_string_element (chunks, j), &length);

          g_byte_array_append (bytes, chunk, (guint) length);
        }

      check_stream (json_object_get_string_member (vector, "name"), (const char *) bytes->data, bytes->len, expected);
    }

  g_test_message ("%d of %d vectors agree, whole and cut at every byte", N_VECTORS, N_VECTORS);
}

static const struct
{
  const char *name;
  const char *stream;
  gsize       length; /* 0: to the NUL */
  const char *events;
} cases[] = {
  { "lf", "data: a\n\ndata: b\n\n", 0, "message||a\nmessage||b\n" },
  { "cr", "data: a\r\rdata: b\r\r", 0, "message||a\nmessage||b\n" },
  { "crlf", "data: a\r\n\r\ndata: b\r\n\r\n", 0, "message||a\nmessage||b\n" },
  { "mixed ends", "data: a\r\n\ndata: b\n\r\n", 0, "message||a\nmessage||b\n" },
  { "one mark", "\xef\xbb\xbf" "data: a\n\n", 0, "message||a\n" },
  { "two marks", "\xef\xbb\xbf\xef\xbb\xbf" "data: a\n\ndata: b\n\n", 0, "message||b\n" },
  { "late mark", "\n\xef\xbb\xbf" "data: a\n\n", 0, "" },
  { "several lines", "data: a\ndata:\ndata\ndata:  b\n\n", 0, "message||a\\n\\n\\n b\n" },
  { "comment only", ": ka\n\n:\n\n", 0, "" },
  { "no end", "data: a\n\ndata: b\n", 0, "message||a\n" },
  { "type", "event: sample\ndata: a\n\ndata: b\n\n", 0, "sample||a\nmessage||b\n" },
  { "type without data", "event: x\n\ndata: b\n\n", 0, "message||b\n" },
  { "id stays", "id: 7\ndata: a\n\ndata: b\n\nid\ndata: c\n\n", 0, "message|7|a\nmessage|7|b\nmessage||c\n" },
  { "id without event", "id: 7\n\ndata: b\n\n", 0, "message|7|b\n" },
  { "id with nul", "id: 7\ndata: a\n\nid: 8\0" "9\ndata: b\n\n", 32, "message|7|a\nmessage|7|b\n" },
  { "case counts", "Data: a\nDATA: b\ndata: c\n\n", 0, "message||c\n" },
  { "blank before colon", "data : a\ndata: b\n\n", 0, "message||b\n" },
  { "nul in data", "data: a\0b\n\n", 11, "message||a" NUL_MARK "b\n" },
  { "not utf-8", "data: \xff\n\n", 0, "message||\xef\xbf\xbd\n" },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check_stream (cases[i].name, cases[i].stream, cases[i].length > 0 ? cases[i].length : strlen (cases[i].stream),
                  cases[i].events);
}

static void
ignore_cb (const SySseEvent *event,
           gpointer          user_data)
{
}

static void
test_retry (void)
{
  static const struct { const char *stream; gint64 ms; } retries[] = {
    { "data: a\n\n", -1 }, { "retry: 2000\n", 2000 }, { "retry:0\n", 0 }, { "retry: 03000\n", 3000 },
    { "retry: 1000x\n", -1 }, { "retry: -5\n", -1 }, { "retry\n", -1 }, { "retry: 1e9\n", -1 },
    { "retry: 5\nretry: x\n", 5 }, { "retry: 99999999999999999999\n", G_MAXINT64 }, { "retry: 1000", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (retries); i++)
    {
      g_autoptr (SySseParser) parser = sy_sse_parser_new (NULL, NULL);

      g_assert_true (sy_sse_parser_push (parser, retries[i].stream, strlen (retries[i].stream), ignore_cb, NULL, NULL));
      g_assert_cmpint (sy_sse_parser_get_retry (parser), ==, retries[i].ms);
    }
}

static void
test_limits (void)
{
  const SySseLimits limits = { .max_line = 32, .max_event = 40, .max_id = 4 };
  static const char *const good[] = {
    "data: 89012345678901234567890123\n\n", "data: 3456789012345678\ndata: 3456789012345678\n\n",
    ": a comment, kept in bounds\n\n", "id: 12345\nid: 1234\n\n",
  };
  static const char *const bad[] = {
    "data: 890123456789012345678901234", ": 34567890123456789012345678901234567890",
    "data: 345678901234567890\ndata: 345678901234567890\ndata: 123\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (SySseParser) parser = sy_sse_parser_new (&limits, NULL);
      g_autoptr (GError) error = NULL;

      sy_sse_parser_push (parser, good[i], strlen (good[i]), ignore_cb, NULL, &error);
      g_assert_no_error (error);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (SySseParser) parser = sy_sse_parser_new (&limits, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (sy_sse_parser_push (parser, bad[i], strlen (bad[i]), ignore_cb, NULL, &error));
      g_assert_error (error, SY_ERROR, SY_ERROR_BODY_TOO_LARGE);
    }
}

/* A connection goes on where the one before was; a long id is no id. */
static void
test_last_id (void)
{
  const SySseLimits limits = { .max_line = 64, .max_event = 64, .max_id = 4 };
  g_autoptr (SySseParser) parser = sy_sse_parser_new (&limits, "41");
  static const char stream[] = "data: a\n\nid: 12345\ndata: b\n\nid: 42\n";
  g_autoptr (GString) dump = g_string_new (NULL);

  g_assert_true (sy_sse_parser_push (parser, stream, strlen (stream), event_cb, dump, NULL));
  g_assert_cmpstr (dump->str, ==, "message|41|a\nmessage|41|b\n");
  g_assert_cmpstr (sy_sse_parser_get_last_id (parser), ==, "41");
  g_assert_true (sy_sse_parser_push (parser, "\n", 1, event_cb, dump, NULL));
  g_assert_cmpstr (sy_sse_parser_get_last_id (parser), ==, "42");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sse-parser/vectors", test_vectors);
  g_test_add_func ("/sse-parser/cases", test_cases);
  g_test_add_func ("/sse-parser/retry", test_retry);
  g_test_add_func ("/sse-parser/limits", test_limits);
  g_test_add_func ("/sse-parser/last-id", test_last_id);
  return g_test_run ();
}
