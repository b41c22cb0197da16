/* test-push-faults.c: who pushes badly is refused, or cut, and costs only itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every case runs beside a service that pushes well, which has to stay LIVE
 * without one failure, and leaves no descriptor behind.
 */
#include "config.h"

#include <string.h>

#include "sy-error.h"
#include "sy-otlp-source.h"
#include "sy-pusher.h"

#define HEAD "POST /v1/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
#define LENGTH "Content-Length: %u\r\n\r\n"

/* Real time, and the good one's, too: only where a case waits for it, and then
 * long enough for a push on a busy machine. */
#define SHORT_MS 1000

typedef struct
{
  guint16       port;
  SyClock      *clock;
  SyOtlpLimits  limits;
  SySource     *good;
  guint         n_pushed; /* by the good one */
  guint         n_files;  /* that were open before */
} Fixture;

static guint
count_files (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

static SySource *
start (Fixture    *self,
       const char *service)
{
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/v1/metrics?service=%s", self->port, service);
  g_autoptr (SyUrl) url = sy_url_parse (address, NULL);
  SySource *source = sy_otlp_source_new (url, service, NULL, self->clock);

  sy_otlp_source_set_limits (SY_OTLP_SOURCE (source), &self->limits);
  sy_source_start (source);
  return source;
}

static char *
push (Fixture    *self,
      const char *service,
      guint       count)
{
  const gint64 now_s = sy_clock_get_wall (self->clock) / SY_USEC_PER_SEC;
  g_autoptr (GBytes) body = sy_pusher_make (service, count, now_s - 100, now_s);

  return sy_pusher_push (self->port, NULL, body);
}

/* One more of the good service's pushes is a scrape. */
static void
assert_good (Fixture *self)
{
  g_autofree char *answer = push (self, "good", ++self->n_pushed);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  g_assert_nonnull (strstr (answer, "{\"partialSuccess\":{}}"));
  while (sy_source_get_n_scrapes (self->good) < self->n_pushed)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (sy_source_get_state (self->good), ==, SY_SOURCE_LIVE);
  g_assert_cmpuint (sy_source_get_n_failures (self->good), ==, 0);
}

/* Until its source is up; then the count begins. */
static void
wait_good (Fixture *self)
{
  for (;;)
    {
      g_autoptr (GSocketClient) client = g_socket_client_new ();
      g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, NULL);

      if (connection != NULL)
        break;
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
  assert_good (self);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->n_files = count_files ();
  self->port = sy_pusher_find_port ();
  self->clock = sy_clock_new ();
  self->limits = SY_OTLP_LIMITS_DEFAULT;
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_assert_finalize_object (self->good);
  g_object_unref (self->clock);
  /* GLib's own threads open one or two when they like. */
  g_assert_cmpuint (count_files (), <=, self->n_files + 2);
}

static void
begin (Fixture *self)
{
  self->good = start (self, "good");
  wait_good (self);
}

/* An object that is as long as allowed, a byte longer, and what only says so. */
static void
test_oversized (Fixture       *self,
                gconstpointer  data)
{
  g_autofree char *big = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *told = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *head = g_strdup_printf (HEAD LENGTH, 400000000u);
  g_autoptr (GIOStream) stream = NULL;

  self->limits.max_body = 20000;
  self->limits.deadline_ms = SHORT_MS;
  begin (self);

  big = g_strnfill (20001, ' ');
  body = g_bytes_new (big, strlen (big));
  answer = sy_pusher_push (self->port, NULL, body);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 413 "));
  g_assert_nonnull (strstr (answer, "more than 20000 bytes"));

  /* It never comes, so neither does an answer: the deadline ends it. */
  stream = sy_pusher_open (self->port, head);
  assert_good (self);
  told = sy_pusher_finish (stream);
  g_assert_cmpstr (told, ==, "");
  assert_good (self);
}

/* Chunks for ever: cut once it is four times too much. */
static void
test_endless (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (GString) chunks = g_string_new (HEAD "Transfer-Encoding: chunked\r\n\r\n");
  g_autofree char *kib = g_strnfill (1024, ' ');
  g_autofree char *answer = NULL;

  self->limits.max_body = 4096;
  begin (self);
  for (guint i = 0; i < 64; i++)
    g_string_append_printf (chunks, "400\r\n%s\r\n", kib);

  answer = sy_pusher_send (self->port, chunks->str, chunks->len);
  g_assert_cmpstr (answer, ==, "");
  assert_good (self);
}

/* Two whose addresses differ in all but the port are two: the one that sends for
 * ever is cut, the other is heard. */
static void
test_same_port (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (GString) chunks = g_string_new (NULL);
  g_autofree char *kib = g_strnfill (1024, ' ');
  const guint16 port = sy_pusher_find_port ();
  g_autoptr (GIOStream) endless = NULL;
  g_autoptr (GIOStream) other = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *answer = NULL;

  self->limits.max_body = 4096;
  self->limits.deadline_ms = 60000;
  begin (self);
  for (guint i = 0; i < 64; i++)
    g_string_append_printf (chunks, "400\r\n%s\r\n", kib);
  g_string_append (chunks, "0\r\n\r\n");

  endless = sy_pusher_open_from (self->port, "127.0.0.1", port, HEAD "Transfer-Encoding: chunked\r\n\r\n");
  other = sy_pusher_open_from (self->port, "127.0.0.2", port, HEAD "Content-Length: 2\r\n\r\n{");
  assert_good (self);
  sy_pusher_write (endless, chunks->str, chunks->len);
  cut = sy_pusher_finish (endless);
  g_assert_cmpstr (cut, ==, "");

  sy_pusher_write (other, "}", 1);
  answer = sy_pusher_finish (other);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  assert_good (self);
}

static void
test_bomb (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autofree char *blanks = g_strnfill (16 * 1024 * 1024, ' ');
  g_autofree char *packed = g_malloc (64 * 1024);
  g_autoptr (GBytes) body = NULL;
  g_autofree char *answer = NULL;
  gsize n_read, n_written;

  begin (self);
  g_assert_cmpint (g_converter_convert (compressor, blanks, strlen (blanks), packed, 64 * 1024, G_CONVERTER_INPUT_AT_END, &n_read,
                                        &n_written, NULL), ==, G_CONVERTER_FINISHED);
  body = g_bytes_new (packed, n_written);
  answer = sy_pusher_push (self->port, "Content-Encoding: gzip\r\n", body);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 413 "));
  assert_good (self);
}

/* A head, a body and a chunk that stop half-way; they hold nobody up. */
static void
test_slow (Fixture       *self,
           gconstpointer  data)
{
  static const char *const beginnings[] = {
    "",
    "POST /v1/me",
    HEAD "Content-Length: 100\r\n\r\n{",
    HEAD "Transfer-Encoding: chunked\r\n\r\n5\r\n{",
  };
  GIOStream *streams[G_N_ELEMENTS (beginnings)];

  self->limits.deadline_ms = SHORT_MS;
  begin (self);
  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    streams[i] = sy_pusher_open (self->port, beginnings[i]);
  assert_good (self);

  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autofree char *answer = sy_pusher_finish (streams[i]);

      g_assert_cmpstr (answer, ==, "");
      g_object_unref (streams[i]);
    }
  assert_good (self);
}

/* Connections that are held until there are no more: they end, and all is well. */
static void
test_crowd (Fixture       *self,
            gconstpointer  data)
{
  GIOStream *streams[6];

  self->limits.max_connections = 4;
  self->limits.deadline_ms = SHORT_MS;
  begin (self);
  for (gsize i = 0; i < G_N_ELEMENTS (streams); i++)
    streams[i] = sy_pusher_open (self->port, "POST ");
  for (gsize i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      g_autofree char *answer = sy_pusher_finish (streams[i]);

      g_assert_cmpstr (answer, ==, "");
      g_object_unref (streams[i]);
    }
  assert_good (self);
}

static void
test_garbage (Fixture       *self,
              gconstpointer  data)
{
  static const char *const bodies[] = {
    "", "{", "null x", "[[[[[[", "{\"resourceMetrics\":[{\"resource\":5}]}", "{\"a\":1,\"a\":2}", "{\"resourceMetrics\":[\xff]}",
    "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"a\",\"gauge\":{\"dataPoints\":[{\"asDouble\":1e999}]}}]}]}]}",
  };
  static const char *const heads[] = {
    "\r\n\r\n", "\x16\x03\x01\x02\x00", "GET\r\n\r\n", "POST /v1/metrics HTTP/9.9\r\n\r\n",
    HEAD "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
  };
  g_autofree char *deep = g_strnfill (200000, '[');
  g_autoptr (GBytes) deep_body = g_bytes_new (deep, strlen (deep));
  g_autofree char *deep_answer = NULL;
  GIOStream *streams[G_N_ELEMENTS (heads)];

  self->limits.deadline_ms = SHORT_MS;
  begin (self);
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (bodies[i], strlen (bodies[i]));
      g_autofree char *answer = sy_pusher_push (self->port, NULL, body);

      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400 "));
    }
  deep_answer = sy_pusher_push (self->port, NULL, deep_body);
  g_assert_true (g_str_has_prefix (deep_answer, "HTTP/1.1 400 "));

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    streams[i] = sy_pusher_open (self->port, heads[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autofree char *answer = sy_pusher_finish (streams[i]);

      g_assert_null (strstr (answer, " 200 "));
      g_object_unref (streams[i]);
    }
  assert_good (self);
}

/* libsoup says so, and reads what comes until the end. */
static void
test_negative_length (Fixture       *self,
                      gconstpointer  data)
{
  const char *request = HEAD "Content-Length: -5\r\n\r\n{}";
  g_autofree char *answer = NULL;

  self->limits.deadline_ms = SHORT_MS;
  begin (self);
  g_test_expect_message ("GLib-GObject", G_LOG_LEVEL_WARNING, "value \"-5\"*content-length*");
  answer = sy_pusher_send (self->port, request, strlen (request));
  g_test_assert_expected_messages ();
  g_assert_null (strstr (answer, " 200 "));
  assert_good (self);
}

/* One service that sends more than its share is refused; the other is not. */
static void
test_flood (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new ("{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
                                           "\"value\":{\"stringValue\":\"flood\"}}]},\"scopeMetrics\":[");
  g_autoptr (GBytes) body = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *blanks = g_strnfill (6000, ' ');
  SySource *flooded;

  self->limits.max_bytes = 5000;
  begin (self);
  flooded = start (self, "flood");
  g_string_append_printf (text, "%s]}]}", blanks);
  body = g_bytes_new (text->str, text->len);

  answer = sy_pusher_push (self->port, NULL, body);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 429 "));
  g_assert_nonnull (strstr (answer, "\r\nRetry-After: 1\r\n"));
  g_assert_nonnull (strstr (answer, "“flood” pushes more than can be read"));
  while (sy_source_get_n_failures (flooded) == 0)
    {
      g_autofree char *again = sy_pusher_push (self->port, NULL, body);

      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_error (sy_source_get_error (flooded), SY_ERROR, SY_ERROR_FLOOD);
  g_assert_finalize_object (flooded);
}

/* What is more than all may push is not even read: else it would be found bad. */
static void
test_flood_of_all (Fixture       *self,
                   gconstpointer  data)
{
  g_autofree char *blanks = g_strnfill (8001, ' ');
  g_autoptr (GBytes) body = g_bytes_new (blanks, strlen (blanks));
  g_autofree char *answer = NULL;

  self->limits.max_bytes = 2000;
  begin (self);
  answer = sy_pusher_push (self->port, NULL, body);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 429 "));
  g_assert_nonnull (strstr (answer, "\r\nRetry-After: 1\r\n"));
  g_assert_nonnull (strstr (answer, "more is pushed here at once than can be read"));
}

/* Nor is one push too many, however small. */
static void
test_many_pushes (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{", 1);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *answer = NULL;

  self->limits.max_pushes = 0;
  self->good = start (self, "good");
  while (connection == NULL)
    {
      g_autoptr (GSocketClient) client = g_socket_client_new ();

      connection = g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, NULL);
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
  answer = sy_pusher_push (self->port, NULL, body);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 429 "));
}

/* More series than are kept: a failure of its own, with what to do. */
static void
test_many_series (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new ("{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
                                           "\"value\":{\"stringValue\":\"many\"}}]},\"scopeMetrics\":[{\"metrics\":[{\"name\":\"a\",\"gauge\":{\"dataPoints\":[");
  g_autoptr (GBytes) body = NULL;
  g_autofree char *answer = NULL;
  SySource *many;

  begin (self);
  many = start (self, "many");
  for (guint i = 0; i < 20001; i++)
    g_string_append_printf (text, "%s{\"attributes\":[{\"key\":\"i\",\"value\":{\"intValue\":%u}}]}", i > 0 ? "," : "", i);
  g_string_append (text, "]}}]}]}]}");
  body = g_bytes_new (text->str, text->len);

  answer = sy_pusher_push (self->port, NULL, body);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400 "));
  g_assert_nonnull (strstr (answer, "more than 20000 data points"));
  assert_good (self);
  g_assert_finalize_object (many);
}

/* It ends while pushes are half-way, and leaves nothing behind. */
static void
test_end (Fixture       *self,
          gconstpointer  data)
{
  GIOStream *stream;
  g_autofree char *answer = NULL;

  begin (self);
  stream = sy_pusher_open (self->port, HEAD "Content-Length: 100\r\n\r\n{");
  assert_good (self);
  sy_source_stop (self->good);
  g_assert_finalize_object (self->good);

  answer = sy_pusher_finish (stream);
  g_assert_cmpstr (answer, ==, "");
  g_object_unref (stream);
  self->n_pushed = 0;
  begin (self);
}

/* What GLib opens once and keeps. */
static void
warm_up (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, NULL);
  begin (&fixture);
  g_object_unref (fixture.good);
  g_object_unref (fixture.clock);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  warm_up ();

#define ADD(name, func) g_test_add ("/push-faults/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("oversized", test_oversized);
  ADD ("endless", test_endless);
  ADD ("same-port", test_same_port);
  ADD ("bomb", test_bomb);
  ADD ("slow", test_slow);
  ADD ("crowd", test_crowd);
  ADD ("garbage", test_garbage);
  ADD ("negative-length", test_negative_length);
  ADD ("flood", test_flood);
  ADD ("flood-of-all", test_flood_of_all);
  ADD ("many-pushes", test_many_pushes);
  ADD ("many-series", test_many_series);
  ADD ("end", test_end);

  return g_test_run ();
}
