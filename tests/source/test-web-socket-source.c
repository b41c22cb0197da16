/* test-web-socket-source.c: messages of a WebSocket become scrapes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-error.h"
#include "sy-source-fixture.h"
#include "sy-web-socket-handshake.h"

typedef struct
{
  SyFaultServer *server;
  SyClock       *clock;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = sy_fault_server_new ();
  fixture->clock = sy_clock_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->clock);
  sy_fault_server_free (fixture->server);
}

static SySource *
start (Fixture    *fixture,
       const char *path)
{
  SySource *source = sy_fixture_source_new (fixture->server, fixture->clock, "ws", path);

  sy_source_start (source);
  return source;
}

static void
test_life (Fixture       *fixture,
           gconstpointer  data)
{
  SySource *source = start (fixture, "/ws/ok");

  sy_fixture_wait_scrapes (source, 3);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_LIVE);
  g_assert_cmpuint (sy_source_get_n_samples (source), ==, 1);
  g_assert_cmpuint (sy_source_get_total_samples (source), ==, sy_source_get_n_scrapes (source));
  g_assert_cmpuint (sy_source_get_wire_bytes (source), >, 0);
  g_assert_cmpint (sy_source_get_worker_cpu (source), >, 0);
  g_assert_cmpuint (sy_source_get_n_failures (source), ==, 0);

  sy_source_stop (source);
  sy_source_start (source);
  sy_fixture_wait_state (source, SY_SOURCE_LIVE);
  g_assert_finalize_object (source);
}

static void
test_fragments (Fixture       *fixture,
                gconstpointer  data)
{
  SySource *source = start (fixture, "/ws/fragments");

  sy_fixture_wait_state (source, SY_SOURCE_LIVE);
  g_assert_cmpuint (sy_source_get_n_samples (source), ==, 1);
  g_assert_finalize_object (source);
}

/* A server that has nothing to say is alive while it answers pings. */
static void
test_ping (Fixture       *fixture,
           gconstpointer  data)
{
  SySource *source = start (fixture, "/ws/answering");

  sy_fixture_wait_state (source, SY_SOURCE_LIVE);
  sy_fixture_pass_time (fixture->server, fixture->clock, 15);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_LIVE);
  g_assert_cmpuint (sy_fault_server_get_n (fixture->server, "/ws/answering"), ==, 1);
  g_assert_finalize_object (source);
}

static void
test_silence (Fixture       *fixture,
              gconstpointer  data)
{
  SySource *source = start (fixture, "/ws/quiet");

  sy_fixture_wait_error (source);
  g_assert_error (sy_source_get_error (source), SY_ERROR, SY_ERROR_DEADLINE);
  sy_fixture_wait_request (fixture->server, "/ws/quiet", 2);
  g_assert_finalize_object (source);
}

static void
test_retry_now (Fixture       *fixture,
                gconstpointer  data)
{
  sy_fixture_check_retry (fixture->server, fixture->clock, "ws", "/ws/silent");
}

/* The server's code and words are the reason; it decides what is next. */
static void
test_close_codes (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct { const char *path; const char *words; SySourceState state; } codes[] = {
    { "/ws/close-1001", "1001: “restart”", SY_SOURCE_RETRYING },
    { "/ws/close-1008", "1008: “policy”", SY_SOURCE_BLOCKED },
    { "/ws/close-4001", "4001: “key”", SY_SOURCE_BLOCKED },
    { "/ws/close-empty", "without a reason", SY_SOURCE_RETRYING },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      SySource *source = start (fixture, codes[i].path);

      sy_fixture_wait_error (source);
      g_assert_nonnull (strstr (sy_source_get_error (source)->message, codes[i].words));
      g_assert_cmpint (sy_source_get_state (source), ==, codes[i].state);
      g_assert_finalize_object (source);
    }
}

static void
test_retry_after (Fixture       *fixture,
                  gconstpointer  data)
{
  SySource *source = start (fixture, "/ws/503");

  sy_fixture_wait_error (source);
  g_assert_cmpint (sy_source_get_next_try (source) - sy_clock_get_monotonic (fixture->clock), >, 5 * SY_USEC_PER_SEC);
  g_assert_finalize_object (source);
}

/* Greetings and marks are no metrics, and no failures. */
static void
test_talk (Fixture       *fixture,
           gconstpointer  data)
{
  SySource *source = start (fixture, "/ws/talk");

  sy_fixture_wait_scrapes (source, 4);
  g_assert_cmpuint (sy_source_get_n_failures (source), ==, 0);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_LIVE);
  g_assert_finalize_object (source);
}

static void
test_drop (Fixture       *fixture,
           gconstpointer  data)
{
  static const char *const paths[] = { "/ws/ok", "/ws/stalled-head", "/ws/endless-fragments", "/ws/flood" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      SySource *source = start (fixture, paths[i]);

      sy_fixture_wait_request (fixture->server, paths[i], 1);
      g_assert_finalize_object (source);
    }
}

static void
test_request (void)
{
  static const struct { const char *url; const char *begin; } cases[] = {
    { "ws://h", "GET / HTTP/1.1\r\nHost: h\r\n" },
    { "ws://h:8080/feed?a=b", "GET /feed?a=b HTTP/1.1\r\nHost: h:8080\r\n" },
    { "wss://[::1]:443?a=/b", "GET /?a=/b HTTP/1.1\r\nHost: [::1]\r\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SyUrl) url = sy_url_parse (cases[i].url, NULL);
      g_autofree char *request = sy_web_socket_request (url, NULL, "a2V5");

      g_assert_true (g_str_has_prefix (request, cases[i].begin));
      g_assert_true (g_str_has_suffix (request, "\r\n\r\n"));
      g_assert_nonnull (strstr (request, "\r\nSec-WebSocket-Key: a2V5\r\n"));
    }
}

/* The key and the answer of RFC 6455, section 1.3. */
static void
test_answer (void)
{
  static const char key[] = "dGhlIHNhbXBsZSBub25jZQ==";
#define GOOD "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: keep-alive, upgrade\r\n"
#define ACCEPT "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
  static const struct { const char *head; int code; } cases[] = {
    { GOOD ACCEPT "\r\n", 0 },
    { GOOD ACCEPT "Sec-WebSocket-Protocol: " SY_WEB_SOCKET_PROTOCOL "\r\n\r\n", 0 },
    { GOOD ACCEPT "Sec-WebSocket-Protocol: chat\r\n\r\n", SY_ERROR_PROTOCOL },
    { GOOD ACCEPT "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n", SY_ERROR_PROTOCOL },
    { GOOD "\r\n", SY_ERROR_PROTOCOL },
    { GOOD "Sec-WebSocket-Accept: c3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n", SY_ERROR_PROTOCOL },
    { "HTTP/1.1 101 OK\r\n" ACCEPT "\r\n", SY_ERROR_PROTOCOL },
    { "HTTP/1.1 200 OK\r\n\r\n", SY_ERROR_HTTP_STATUS },
    { "HTTP/1.1 404 Not Found\r\n\r\n", SY_ERROR_HTTP_STATUS },
    { "HTTP/1.1 307 Temporary\r\nLocation: ws://x/\r\n\r\n", SY_ERROR_REDIRECT_BLOCKED },
    { "ICY 200 OK\r\n\r\n", SY_ERROR_HTTP_STATUS },
    { "SSH-2.0-OpenSSH\r\n\r\n", SY_ERROR_PROTOCOL },
    { "\r\n\r\n", SY_ERROR_PROTOCOL },
  };
  g_autoptr (SyUrl) url = sy_url_parse ("ws://h/", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      SyWebSocketAnswer answer;

      if (sy_web_socket_check (url, key, cases[i].head, strlen (cases[i].head), &answer, &error))
        g_assert_cmpint (cases[i].code, ==, 0);
      else
        g_assert_error (error, SY_ERROR, cases[i].code);
    }
#undef GOOD
#undef ACCEPT
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/web-socket-source/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("life", test_life);
  ADD ("fragments", test_fragments);
  ADD ("ping", test_ping);
  ADD ("silence", test_silence);
  ADD ("retry-now", test_retry_now);
  ADD ("close-codes", test_close_codes);
  ADD ("retry-after", test_retry_after);
  ADD ("talk", test_talk);
  ADD ("drop", test_drop);
#undef ADD
  g_test_add_func ("/web-socket-source/request", test_request);
  g_test_add_func ("/web-socket-source/answer", test_answer);
  return g_test_run ();
}
