/* test-otlp-source.c: what is pushed becomes scrapes, what is not taken is told why
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-error.h"
#include "sy-otlp-source.h"
#include "sy-pusher.h"

#define START_S G_GINT64_CONSTANT (1795000000)
#define FULL_PATH "http://127.0.0.1:%u/v1/metrics"

typedef struct
{
  SyClock      *clock;  /* stands still unless it is advanced */
  guint16       port;
  SyOtlpLimits  limits;
  double        count;  /* of the last scrape; the worker's until it has stopped */
  gint64        answered_us;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->clock = sy_clock_new_manual (100 * SY_USEC_PER_SEC, START_S * SY_USEC_PER_SEC);
  self->port = sy_pusher_find_port ();
  self->limits = SY_OTLP_LIMITS_DEFAULT;
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_object_unref (self->clock);
}

static void
scrape_cb (const SyScrape *scrape,
           gpointer        user_data)
{
  Fixture *self = user_data;
  const SySample *samples;
  guint n;

  g_assert_true ((scrape->exposition != NULL) != (scrape->error != NULL));
  if (scrape->exposition == NULL)
    return;

  samples = sy_exposition_get_samples (scrape->exposition, &n);
  for (guint i = 0; i < n; i++)
    if (strcmp (samples[i].series->name, "http.server.request.duration_count") == 0)
      self->count = samples[i].value;
  self->answered_us = scrape->answered_us;
}

static SySource *
start (Fixture    *self,
       const char *service)
{
  g_autofree char *address = g_strdup_printf (FULL_PATH "?service=%s", self->port, service);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyUrl) url = sy_url_parse (address, &error);
  SySource *source;

  g_assert_no_error (error);
  source = sy_otlp_source_new (url, service, NULL, self->clock);
  sy_otlp_source_set_limits (SY_OTLP_SOURCE (source), &self->limits);
  sy_source_set_scrape_func (source, scrape_cb, self, NULL);
  sy_source_start (source);
  return source;
}

/* Until the port is listened to: then a bare connection is taken. */
static void
wait_listening (Fixture *self)
{
  for (;;)
    {
      g_autoptr (GSocketClient) client = g_socket_client_new ();
      g_autoptr (GSocketConnection) connection =
        g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, NULL);

      if (connection != NULL)
        return;
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
}

/* Status is told ten times a second at most. */
static void
wait_scrapes (Fixture  *self,
              SySource *source,
              guint64   n)
{
  sy_clock_advance (self->clock, SY_USEC_PER_SEC / 10);
  while (sy_source_get_n_scrapes (source) < n)
    g_main_context_iteration (NULL, TRUE);
}

static char *
push (Fixture    *self,
      const char *service,
      guint       count,
      gint64      at_s)
{
  g_autoptr (GBytes) body = sy_pusher_make (service, count, START_S - 5, START_S + at_s);

  return sy_pusher_push (self->port, NULL, body);
}

static void
assert_answer (const char *answer,
               const char *status,
               const char *body)
{
  g_test_message ("%s", answer);
  g_assert_true (g_str_has_prefix (answer, status));
  g_assert_nonnull (strstr (answer, "Content-Type: application/json\r\n"));
  g_assert_nonnull (strstr (answer, body));
}

static void
test_life (Fixture       *self,
           gconstpointer  data)
{
  SySource *source = start (self, "shop");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_CONNECTING);
  wait_listening (self);
  first = push (self, "shop", 7, 0);
  assert_answer (first, "HTTP/1.1 200 ", "\r\n\r\n{\"partialSuccess\":{}}");
  wait_scrapes (self, source, 1);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_LIVE);
  g_assert_cmpuint (sy_source_get_n_samples (source), ==, 6);
  g_assert_cmpuint (sy_source_get_wire_bytes (source), >, 0);
  g_assert_cmpint (sy_source_get_next_try (source), ==, 0);
  g_assert_null (sy_source_get_warning (source));

  /* It is here 3 s after it was collected, and speaks of that time. */
  sy_clock_advance (self->clock, 4 * SY_USEC_PER_SEC);
  second = push (self, "shop", 9, 1);
  wait_scrapes (self, source, 2);
  g_assert_cmpuint (sy_source_get_n_failures (source), ==, 0);
  sy_source_stop (source);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_STOPPED);

  /* The port is free, and can be had again. */
  sy_source_start (source);
  wait_listening (self);
  g_assert_finalize_object (source);
  g_assert_cmpfloat (self->count, ==, 9);
  g_assert_cmpint (self->answered_us, ==, 101 * SY_USEC_PER_SEC);
}

static void
test_two_services (Fixture       *self,
                   gconstpointer  data)
{
  SySource *shop = start (self, "shop");
  SySource *mail = start (self, "mail");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  wait_listening (self);
  while (first == NULL || strstr (first, "\"partialSuccess\":{}") == NULL)
    {
      g_free (first);
      first = push (self, "shop", 1, 0);
    }
  while (second == NULL || strstr (second, "\"partialSuccess\":{}") == NULL)
    {
      g_free (second);
      second = push (self, "mail", 2, 0);
    }
  wait_scrapes (self, shop, 1);
  wait_scrapes (self, mail, 1);
  g_assert_cmpint (sy_source_get_state (shop), ==, SY_SOURCE_LIVE);
  g_assert_cmpint (sy_source_get_state (mail), ==, SY_SOURCE_LIVE);

  /* Whom nobody watches learns that nobody does. */
  third = push (self, "carts", 3, 0);
  assert_answer (third, "HTTP/1.1 200 ", "\"rejectedDataPoints\":\"1\"");
  g_assert_nonnull (strstr (third, "nobody watches this service"));
  g_assert_finalize_object (shop);
  g_assert_finalize_object (mail);
}

/* Says since when, and what to do; and ends by itself. */
static void
test_silence (Fixture       *self,
              gconstpointer  data)
{
  SySource *source = start (self, "shop");
  g_autofree char *other = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *later = NULL;
  const char *get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  g_autofree char *refused = NULL;

  /* What is refused is heard, when nothing else waits: then the source is up. */
  wait_listening (self);
  refused = sy_pusher_send (self->port, get, strlen (get));
  wait_scrapes (self, source, 1);
  other = push (self, "mail", 1, 0);
  sy_clock_advance (self->clock, 10 * SY_USEC_PER_SEC);
  wait_scrapes (self, source, 2);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_RETRYING);
  g_assert_error (sy_source_get_error (source), SY_ERROR, SY_ERROR_SILENT);
  g_assert_nonnull (strstr (sy_source_get_error (source)->message, "service “shop”"));
  g_assert_nonnull (strstr (sy_source_get_error (source)->message, "OTEL_EXPORTER_OTLP_PROTOCOL=http/json"));
  g_assert_nonnull (strstr (sy_source_get_error (source)->message, "here push: mail"));
  g_assert_cmpint (sy_source_get_failing_since (source), >, 0);

  answer = push (self, "shop", 1, 10);
  wait_scrapes (self, source, 3);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_LIVE);
  later = push (self, "shop", 2, 11);
  wait_scrapes (self, source, 4);

  sy_clock_advance (self->clock, 6 * SY_USEC_PER_SEC);
  wait_scrapes (self, source, 5);
  g_assert_error (sy_source_get_error (source), SY_ERROR, SY_ERROR_SILENT);
  g_assert_nonnull (strstr (sy_source_get_error (source)->message, "has pushed nothing for 6 s"));
  g_assert_finalize_object (source);
}

/* How often it pushes is known with the second push: until then a minute without
 * one, which is what SDKs do by themselves, is no silence. */
static void
test_slow (Fixture       *self,
           gconstpointer  data)
{
  SySource *source = start (self, "shop");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  wait_listening (self);
  first = push (self, "shop", 1, 0);
  wait_scrapes (self, source, 1);
  sy_clock_advance (self->clock, 60 * SY_USEC_PER_SEC);
  second = push (self, "shop", 2, 60);
  wait_scrapes (self, source, 2);
  g_assert_cmpuint (sy_source_get_n_failures (source), ==, 0);
  g_assert_true (g_str_has_prefix (sy_source_get_warning (source), "it pushes every 60 s"));

  sy_clock_advance (self->clock, 200 * SY_USEC_PER_SEC);
  wait_scrapes (self, source, 3);
  g_assert_error (sy_source_get_error (source), SY_ERROR, SY_ERROR_SILENT);
  g_assert_finalize_object (source);
}

/* It speaks as often as it wants, whatever is wanted of it. */
static void
test_own_interval (Fixture       *self,
                   gconstpointer  data)
{
  SySource *source = start (self, "shop");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  wait_listening (self);
  first = push (self, "shop", 1, 0);
  wait_scrapes (self, source, 1);
  g_assert_cmpint (sy_source_get_interval (source), ==, SY_USEC_PER_SEC);

  sy_clock_advance (self->clock, 4 * SY_USEC_PER_SEC);
  second = push (self, "shop", 2, 4);
  wait_scrapes (self, source, 2);
  g_assert_cmpint (sy_source_get_interval (source), ==, 4 * SY_USEC_PER_SEC);
  sy_source_set_interval (source, 2 * SY_USEC_PER_SEC);
  g_assert_cmpint (sy_source_get_interval (source), ==, 4 * SY_USEC_PER_SEC);

  sy_source_stop (source);
  g_assert_cmpint (sy_source_get_interval (source), ==, 2 * SY_USEC_PER_SEC);
  g_assert_finalize_object (source);
}

static void
test_taken_port (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (GSocketListener) other = g_socket_listener_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, self->port);
  SySource *source;

  g_assert_true (g_socket_listener_add_address (other, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, NULL, NULL));
  source = start (self, "shop");
  wait_scrapes (self, source, 1);
  g_assert_error (sy_source_get_error (source), SY_ERROR, SY_ERROR_LISTEN);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_RETRYING);
  g_assert_cmpint (sy_source_get_next_try (source), >, 0);

  g_socket_listener_close (other);
  sy_source_retry_now (source);
  wait_listening (self);
  g_assert_finalize_object (source);
}

static void
test_gzip (Fixture       *self,
           gconstpointer  data)
{
  SySource *source = start (self, "shop");
  g_autoptr (GBytes) body = sy_pusher_make ("shop", 5, START_S - 5, START_S);
  g_autoptr (GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_bytes (body);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (plain, compressor);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *answer = NULL;

  g_output_stream_splice (memory, packed, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  wait_listening (self);
  answer = sy_pusher_push (self->port, "Content-Encoding: gzip\r\n", bytes);
  assert_answer (answer, "HTTP/1.1 200 ", "{\"partialSuccess\":{}}");
  wait_scrapes (self, source, 1);
  g_assert_finalize_object (source);
  g_assert_cmpfloat (self->count, ==, 5);
}

/* As Node.js sends it. */
static void
test_chunked (Fixture       *self,
              gconstpointer  data)
{
  SySource *source = start (self, "shop");
  g_autoptr (GBytes) body = sy_pusher_make ("shop", 6, START_S - 5, START_S);
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  g_autofree char *request =
    g_strdup_printf ("POST /v1/metrics HTTP/1.1\r\nHost: localhost:%u\r\nContent-Type: application/json; charset=utf-8\r\n"
                     "Transfer-Encoding: chunked\r\n\r\n%x\r\n%.*s\r\n%x\r\n%s\r\n0\r\n\r\n",
                     self->port, 10, 10, text, (guint) length - 10, text + 10);
  g_autofree char *answer = NULL;

  wait_listening (self);
  answer = sy_pusher_send (self->port, request, strlen (request));
  assert_answer (answer, "HTTP/1.1 200 ", "{\"partialSuccess\":{}}");
  wait_scrapes (self, source, 1);
  g_assert_finalize_object (source);
  g_assert_cmpfloat (self->count, ==, 6);
}

/* Some of it is not taken: the pusher is told, and so is the person. */
static void
test_partial (Fixture       *self,
              gconstpointer  data)
{
  SySource *source = start (self, "shop");
  const char *text = "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"shop\"}}]},"
                     "\"scopeMetrics\":[{\"metrics\":[{\"name\":\"a\",\"sum\":{\"dataPoints\":[{\"asInt\":1},{\"asInt\":2}]}},"
                     "{\"name\":\"b\",\"gauge\":{\"dataPoints\":[{\"asInt\":3}]}}]}]}]}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autofree char *answer = NULL;

  wait_listening (self);
  answer = sy_pusher_push (self->port, NULL, body);
  assert_answer (answer, "HTTP/1.1 200 ", "\"rejectedDataPoints\":\"2\",\"errorMessage\":\"resourceMetrics[0].scopeMetrics[0].metrics[0]");
  wait_scrapes (self, source, 1);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_LIVE);
  g_assert_true (g_str_has_prefix (sy_source_get_warning (source), "data points that cannot be taken: 2, the first: resourceMetrics[0]"));
  g_assert_finalize_object (source);
}

static const struct {
  const char *name;
  const char *head;
  const char *body;
  const char *status;
  const char *message;
  int         code;
} refusals[] = {
  { "protobuf", "POST /v1/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\n", "\n\001",
    "HTTP/1.1 415 ", "OTEL_EXPORTER_OTLP_PROTOCOL=http/json", SY_ERROR_FORMAT },
  { "type", "POST /v1/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n", "{}",
    "HTTP/1.1 415 ", "“text/plain” is not read here", SY_ERROR_FORMAT },
  { "no-type", "POST /v1/metrics HTTP/1.1\r\nHost: localhost\r\n", "{}", "HTTP/1.1 415 ", "“no Content-Type”", SY_ERROR_FORMAT },
  { "coding", "POST /v1/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Encoding: br\r\n", "{}",
    "HTTP/1.1 415 ", "Content-Encoding must be gzip", SY_ERROR_UNSUPPORTED_ENCODING },
  { "get", "GET /v1/metrics HTTP/1.1\r\nHost: 127.0.0.1:4318\r\n", "", "HTTP/1.1 405 ", "sent with POST", SY_ERROR_FORMAT },
  { "traces", "POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n", "{}",
    "HTTP/1.1 404 ", "OTEL_TRACES_EXPORTER=none", SY_ERROR_FORMAT },
  { "path", "POST /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n", "{}",
    "HTTP/1.1 404 ", "taken at /v1/metrics", SY_ERROR_FORMAT },
  { "json", "POST /v1/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n", "{\"resourceMetrics\":[5]}",
    "HTTP/1.1 400 ", "1:21: resourceMetrics[0]: expected an object", SY_ERROR_PARSE },
  { "gzip", "POST /v1/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n", "{}",
    "HTTP/1.1 400 ", "gzip body is damaged", SY_ERROR_DECODE },
  { "host", "POST /v1/metrics HTTP/1.1\r\nHost: evil.example:4318\r\nContent-Type: application/json\r\n", "{}",
    "HTTP/1.1 403 ", "must be of the loopback", SY_ERROR_FORMAT },
  { "origin", "POST /v1/metrics HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nContent-Type: application/json\r\n", "{}",
    "HTTP/1.1 403 ", "must be of the loopback", SY_ERROR_FORMAT },
};

/* The pusher is told, and so is whoever waits for it. */
static void
test_refusal (Fixture       *self,
              gconstpointer  data)
{
  const guint i = GPOINTER_TO_UINT (data);
  SySource *source = start (self, "shop");
  g_autofree char *request = g_strdup_printf ("%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", refusals[i].head, strlen (refusals[i].body),
                                              refusals[i].body);
  g_autofree char *answer = NULL;
  g_autofree char *good = NULL;

  wait_listening (self);
  answer = sy_pusher_send (self->port, request, strlen (request));
  assert_answer (answer, refusals[i].status, refusals[i].message);
  g_assert_nonnull (strstr (answer, "\r\n\r\n{\"code\":"));
  wait_scrapes (self, source, 1);
  g_assert_error (sy_source_get_error (source), SY_ERROR, refusals[i].code);
  g_assert_nonnull (strstr (sy_source_get_error (source)->message, refusals[i].message));

  good = push (self, "shop", 1, 0);
  assert_answer (good, "HTTP/1.1 200 ", "{}");
  wait_scrapes (self, source, 2);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_LIVE);
  g_assert_finalize_object (source);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/otlp-source/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("life", test_life);
  ADD ("two-services", test_two_services);
  ADD ("silence", test_silence);
  ADD ("slow", test_slow);
  ADD ("own-interval", test_own_interval);
  ADD ("taken-port", test_taken_port);
  ADD ("gzip", test_gzip);
  ADD ("chunked", test_chunked);
  ADD ("partial", test_partial);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/otlp-source/refusal/%s", refusals[i].name);

      g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_refusal, tear_down);
    }

  return g_test_run ();
}
