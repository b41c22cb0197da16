/* test-probe.c: where metrics are looked for, and in which order
 *
 * A server of this program answers by path. Nothing here waits for a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <string.h>

#include "sy-error.h"
#include "sy-probe.h"

#define TEXT "text/plain; version=0.0.4"
#define METRICS "# TYPE http_requests_total counter\nhttp_requests_total{code=\"200\"} 12\n"
#define PROMETHEUS "# TYPE prometheus_http_requests_total counter\nprometheus_http_requests_total{code=\"200\"} 12\n"
#define BUILD "{\"status\":\"success\",\"data\":{\"version\":\"2.42.0\"}}"

typedef struct {
  const char *path;
  const char *type;
  const char *body;
} Page;

typedef struct {
  SySession      *session;
  GSocketService *service;
  const Page     *pages;   /* ends with a NULL path */
  GPtrArray      *asked;   /* element-type utf8: "GET /path" */
  GMutex          lock;
  guint16         port;
} Fixture;

static const Page *
find_page (const Page *pages,
           const char *path)
{
  for (guint i = 0; pages[i].path != NULL; i++)
    if (g_str_equal (pages[i].path, path))
      return &pages[i];

  return NULL;
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        gpointer                user_data)
{
  Fixture *f = user_data;
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autofree char *request = NULL;
  g_autofree char *answer = NULL;
  g_auto (GStrv) words = NULL;
  const Page *page;
  char *line;

  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  request = g_data_input_stream_read_line (input, NULL, NULL, NULL);
  if (request == NULL)
    return TRUE;
  while ((line = g_data_input_stream_read_line (input, NULL, NULL, NULL)) != NULL && *line != '\0')
    g_free (line);
  g_free (line);

  words = g_strsplit (request, " ", 3);
  g_mutex_lock (&f->lock);
  g_ptr_array_add (f->asked, g_strconcat (words[0], " ", words[1], NULL));
  page = find_page (f->pages, words[1]);
  g_mutex_unlock (&f->lock);

  if (page != NULL)
    answer = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %u\r\nConnection: close\r\n\r\n%s",
                              page->type, (guint) strlen (page->body), page->body);
  else
    answer = g_strdup ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  g_output_stream_write_all (output, answer, strlen (answer), NULL, NULL, NULL);

  return TRUE;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&f->lock);
  f->asked = g_ptr_array_new_with_free_func (g_free);
  f->session = sy_session_new (clock, &error);
  g_assert_no_error (error);
  f->service = g_threaded_socket_service_new (4);
  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (f->service), any, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &address, &error));
  f->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  g_signal_connect (f->service, "run", G_CALLBACK (run_cb), f);
  g_socket_service_start (f->service);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_socket_service_stop (f->service);
  g_socket_listener_close (G_SOCKET_LISTENER (f->service));
  g_clear_object (&f->service);
  g_clear_object (&f->session);
  g_ptr_array_unref (f->asked);
  g_mutex_clear (&f->lock);
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static SyProbe *
probe (Fixture    *f,
       const Page *pages,
       const char *path)
{
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u%s", f->port, path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SyProbe *found;

  f->pages = pages;
  sy_session_probe_async (f->session, address, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  found = sy_session_probe_finish (f->session, result, &error);
  g_assert_no_error (error);

  return found;
}

static void
assert_asked (Fixture           *f,
              const SyProbe     *found,
              const char *const *paths)
{
  g_assert_cmpuint (f->asked->len, ==, g_strv_length ((char **) paths));
  g_assert_cmpuint (found->tries->len, ==, f->asked->len);

  for (guint i = 0; i < f->asked->len; i++)
    {
      const SyProbeTry *try = g_ptr_array_index (found->tries, i);

      g_assert_cmpstr (g_ptr_array_index (f->asked, i), ==, paths[i]);
      g_assert_true (g_str_has_suffix (try->redacted, paths[i] + strlen ("GET ")));
    }
}

static void
test_first_place (Fixture       *f,
                  gconstpointer  data)
{
  static const Page pages[] = { { "/metrics", TEXT, METRICS }, { NULL } };
  g_autoptr (SyProbe) found = probe (f, pages, "");

  g_assert_no_error (found->error);
  assert_asked (f, found, (const char *const []) { "GET /metrics", NULL });
  g_assert_cmpstr (sy_mapping_find (found->mapping, "requests")->metric, ==, "http_requests_total");
  g_assert_false (found->is_prometheus_api);

  /* what is missing is told with what adds it */
  g_assert_null (sy_mapping_find (found->mapping, "duration"));
  g_assert_nonnull (sy_mapping_find_advice (found->mapping, "duration"));
  g_assert_null (sy_mapping_find_advice (found->mapping, "weather"));
}

static void
test_other_places (Fixture       *f,
                   gconstpointer  data)
{
  static const Page pages[] = { { "/metrics", "text/html", "<!DOCTYPE html><title>Hello</title>" }, { "/actuator/prometheus", TEXT, METRICS }, { NULL } };
  g_autoptr (SyProbe) found = probe (f, pages, "/shop");

  g_assert_no_error (found->error);
  assert_asked (f, found, (const char *const []) { "GET /shop", "GET /metrics", "GET /api/v1/status/buildinfo", "GET /metrics/",
                                                   "GET /actuator/prometheus", NULL });
  g_assert_true (g_str_has_suffix (found->address, "/actuator/prometheus"));
  g_assert_error (((SyProbeTry *) g_ptr_array_index (found->tries, 0))->error, SY_ERROR, SY_ERROR_HTTP_STATUS);
  g_assert_error (((SyProbeTry *) g_ptr_array_index (found->tries, 1))->error, SY_ERROR, SY_ERROR_FORMAT);
  g_assert_no_error (((SyProbeTry *) g_ptr_array_index (found->tries, 4))->error);
}

static void
test_prometheus (Fixture       *f,
                 gconstpointer  data)
{
  static const Page pages[] = { { "/metrics", TEXT, PROMETHEUS }, { "/api/v1/status/buildinfo", "application/json", BUILD }, { NULL } };
  static const Page behind[] = { { "/api/v1/status/buildinfo", "application/json", BUILD }, { NULL } };
  g_autoptr (SyProbe) found = probe (f, pages, "");
  g_autoptr (SyProbe) api = NULL;

  g_assert_no_error (found->error);
  g_assert_true (found->is_prometheus_api);
  g_assert_true (g_str_has_suffix (found->address, "/metrics"));
  assert_asked (f, found, (const char *const []) { "GET /metrics", "GET /api/v1/status/buildinfo", NULL });

  /* only the API: no metrics, but it is known for what it is */
  api = probe (f, behind, "");
  g_assert_error (api->error, SY_ERROR, SY_ERROR_HTTP_STATUS);
  g_assert_true (api->is_prometheus_api);
  g_assert_null (api->mapping);
}

static void
test_nothing (Fixture       *f,
              gconstpointer  data)
{
  static const Page pages[] = { { NULL } };
  g_autoptr (SyProbe) found = probe (f, pages, "");

  g_assert_error (found->error, SY_ERROR, SY_ERROR_HTTP_STATUS);
  g_assert_true (g_str_has_suffix (found->address, "/metrics"));
  g_assert_cmpuint (found->tries->len, ==, 8);
  for (guint i = 0; i < f->asked->len; i++)
    g_assert_true (g_str_has_prefix (g_ptr_array_index (f->asked, i), "GET "));
}

/* Nobody there: asking again elsewhere is no use. */
static void
test_nobody (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SyProbe) found = NULL;
  g_autoptr (GError) error = NULL;

  sy_session_probe_async (f->session, "127.0.0.1:1", NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  found = sy_session_probe_finish (f->session, result, &error);
  g_assert_no_error (error);
  g_assert_error (found->error, SY_ERROR, SY_ERROR_CONNECT);
  g_assert_cmpuint (found->tries->len, ==, 1);
}

#define ADD(name, func) g_test_add ("/probe/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("first-place", test_first_place);
  ADD ("other-places", test_other_places);
  ADD ("prometheus", test_prometheus);
  ADD ("nothing", test_nothing);
  ADD ("nobody", test_nobody);

  return g_test_run ();
}
