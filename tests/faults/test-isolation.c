/* test-isolation.c: a bad server costs its own column, never the other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-error.h"
#include "sy-fault-server.h"
#include "sy-http-source.h"

#define INTERVAL_US (SY_USEC_PER_SEC / 10)
#define HEALTHY_SCRAPES 5

typedef struct
{
  const char   *path;
  int           code;
  SySourceState state;
} Case;

static const Case cases[] = {
  { "/stall", SY_ERROR_DEADLINE, SY_SOURCE_RETRYING },
  { "/slow-body", SY_ERROR_DEADLINE, SY_SOURCE_RETRYING },
  { "/reset", SY_ERROR_RESET, SY_SOURCE_RETRYING },
  { "/reset-in-body", SY_ERROR_RESET, SY_SOURCE_RETRYING },
  { "/html", SY_ERROR_FORMAT, SY_SOURCE_RETRYING },
  { "/500", SY_ERROR_HTTP_STATUS, SY_SOURCE_RETRYING },
  { "/401", SY_ERROR_HTTP_STATUS, SY_SOURCE_BLOCKED },
  { "/digest", SY_ERROR_HTTP_STATUS, SY_SOURCE_BLOCKED },
  { "/bomb", SY_ERROR_BODY_TOO_LARGE, SY_SOURCE_RETRYING },
  { "/endless", SY_ERROR_BODY_TOO_LARGE, SY_SOURCE_RETRYING },
  { "/endless-continue", SY_ERROR_PROTOCOL, SY_SOURCE_RETRYING },
  { "/endless-header", SY_ERROR_HEADERS_TOO_LARGE, SY_SOURCE_RETRYING },
};

static SySource *
start (SyFaultServer *server,
       SyClock       *clock,
       const char    *path)
{
  g_autofree char *address = sy_fault_server_dup_url (server, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyUrl) url = sy_url_parse (address, &error);
  SySource *source;

  g_assert_no_error (error);
  source = sy_http_source_new (url, clock, INTERVAL_US);
  sy_source_start (source);
  return source;
}

static void
test_isolation (gconstpointer data)
{
  const Case *one = data;
  SyFaultServer *server = sy_fault_server_new ();
  g_autoptr (SyClock) clock = sy_clock_new ();
  SySource *good = start (server, clock, "/ok");
  SySource *bad;
  guint64 before;

  while (sy_source_get_state (good) != SY_SOURCE_LIVE)
    g_main_context_iteration (NULL, TRUE);

  bad = start (server, clock, one->path);
  before = sy_source_get_n_scrapes (good);
  while (sy_source_get_error (bad) == NULL || sy_source_get_n_scrapes (good) < before + HEALTHY_SCRAPES)
    g_main_context_iteration (NULL, TRUE);

  g_assert_error (sy_source_get_error (bad), SY_ERROR, one->code);
  g_assert_cmpint (sy_source_get_state (bad), ==, one->state);
  g_assert_cmpint (sy_source_get_failing_since (bad), >, 0);
  if (one->state == SY_SOURCE_RETRYING)
    g_assert_cmpint (sy_source_get_next_try (bad), >, 0);

  g_assert_cmpint (sy_source_get_state (good), ==, SY_SOURCE_LIVE);
  g_assert_cmpuint (sy_source_get_n_failures (good), ==, 0);

  g_assert_finalize_object (bad);
  g_assert_finalize_object (good);
  sy_fault_server_free (server);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/isolation%s", cases[i].path);

      g_test_add_data_func (name, &cases[i], test_isolation);
    }

  return g_test_run ();
}
