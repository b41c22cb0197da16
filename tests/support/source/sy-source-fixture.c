/* sy-source-fixture.c: sources and a server that they are pointed at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-source-fixture.h"

#include <string.h>

#include "sy-http-source.h"
#include "sy-sse-source.h"
#include "sy-web-socket-source.h"

#define INTERVAL_US (SY_USEC_PER_SEC / 10)

const SyStreamLimits sy_fixture_limits = {
  .head_us = SY_USEC_PER_SEC,
  .silence_us = SY_USEC_PER_SEC / 2,
  .ping_us = SY_USEC_PER_SEC / 5,
  .slot_us = 20 * SY_USEC_PER_MSEC,
  .max_messages = 200,
  .max_bytes = 20 * 1000 * 1000,
  .flood_seconds = 1,
  .max_message = 1024 * 1024,
  .exposition = { .max_line = 65536, .max_samples = 1000, .max_labels = 64, .max_name = 1024, .max_value = 2048 },
};

static SySource *
new_for_url (SyUrl      *url,
             SyClock    *clock,
             const char *kind)
{
  SySource *source;

  if (g_str_equal (kind, "http"))
    return sy_http_source_new (url, clock, INTERVAL_US);

  if (g_str_equal (kind, "sse"))
    {
      source = sy_sse_source_new (url, clock);
      sy_sse_source_set_limits (SY_SSE_SOURCE (source), &sy_fixture_limits);
      return source;
    }

  source = sy_web_socket_source_new (url, clock);
  sy_web_socket_source_set_limits (SY_WEB_SOCKET_SOURCE (source), &sy_fixture_limits);
  return source;
}

SySource *
sy_fixture_source_new (SyFaultServer *server,
                       SyClock       *clock,
                       const char    *kind,
                       const char    *path)
{
  g_autofree char *http = sy_fault_server_dup_url (server, path);
  g_autofree char *address =
    g_str_equal (kind, "ws") ? g_strconcat ("ws", http + strlen ("http"), NULL) : g_strdup (http);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyUrl) url = sy_url_parse (address, &error);

  g_assert_no_error (error);
  return new_for_url (url, clock, kind);
}

void
sy_fixture_wait_state (SySource      *source,
                       SySourceState  state)
{
  while (sy_source_get_state (source) != state)
    g_main_context_iteration (NULL, TRUE);
}

void
sy_fixture_wait_scrapes (SySource *source,
                         guint64   n)
{
  while (sy_source_get_n_scrapes (source) < n)
    g_main_context_iteration (NULL, TRUE);
}

void
sy_fixture_wait_error (SySource *source)
{
  while (sy_source_get_error (source) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

void
sy_fixture_wait_request (SyFaultServer *server,
                         const char    *path,
                         guint          n)
{
  /* The supervisor's timer comes round four times a second. */
  while (sy_fault_server_get_n (server, path) < n)
    g_main_context_iteration (NULL, TRUE);
}

void
sy_fixture_pass_time (SyFaultServer *server,
                      SyClock       *clock,
                      guint          n)
{
  SySource *healthy = sy_fixture_source_new (server, clock, "http", "/ok");

  sy_source_start (healthy);
  sy_fixture_wait_scrapes (healthy, n);
  g_assert_cmpuint (sy_source_get_n_failures (healthy), ==, 0);
  g_assert_finalize_object (healthy);
}

void
sy_fixture_check_retry (SyFaultServer *server,
                        SyClock       *clock,
                        const char    *kind,
                        const char    *path)
{
  SySource *source = sy_fixture_source_new (server, clock, kind, path);
  SyStreamLimits limits = sy_fixture_limits;

  limits.head_us = limits.silence_us = limits.ping_us = 3600 * SY_USEC_PER_SEC;
  if (SY_IS_SSE_SOURCE (source))
    sy_sse_source_set_limits (SY_SSE_SOURCE (source), &limits);
  else
    sy_web_socket_source_set_limits (SY_WEB_SOCKET_SOURCE (source), &limits);

  sy_source_start (source);
  sy_fixture_wait_scrapes (source, 1);
  g_assert_cmpuint (sy_fault_server_get_n (server, path), ==, 1);
  for (guint n = 2; n <= 4; n++)
    {
      sy_source_retry_now (source);
      sy_fixture_wait_request (server, path, n);
    }

  sy_fixture_wait_scrapes (source, 2);
  g_assert_no_error (sy_source_get_error (source));
  g_assert_cmpuint (sy_source_get_n_failures (source), ==, 0);
  g_assert_finalize_object (source);
}
