/* test-sse-source.c: server-sent events become scrapes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-error.h"
#include "sy-source-fixture.h"

typedef struct
{
  SyFaultServer *server;
  SyClock       *clock;
  GThread       *owner;
  double         value; /* of the last sample; the worker's until it has stopped */
  int            n_good;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = sy_fault_server_new ();
  fixture->clock = sy_clock_new ();
  fixture->owner = g_thread_self ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->clock);
  sy_fault_server_free (fixture->server);
}

static void
scrape_cb (const SyScrape *scrape,
           gpointer        user_data)
{
  Fixture *fixture = user_data;

  g_assert_true (g_thread_self () != fixture->owner);
  g_assert_true ((scrape->exposition != NULL) != (scrape->error != NULL));
  if (scrape->exposition == NULL)
    return;

  g_assert_nonnull (scrape->body);
  fixture->value = sy_exposition_get_samples (scrape->exposition, NULL)[0].value;
  fixture->n_good++;
}

static SySource *
start (Fixture    *fixture,
       const char *path)
{
  SySource *source = sy_fixture_source_new (fixture->server, fixture->clock, "sse", path);

  sy_source_set_scrape_func (source, scrape_cb, fixture, NULL);
  sy_source_start (source);
  return source;
}

static void
test_life (Fixture       *fixture,
           gconstpointer  data)
{
  SySource *source = start (fixture, "/sse/ok");

  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_CONNECTING);
  sy_fixture_wait_scrapes (source, 3);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_LIVE);
  g_assert_cmpint (sy_source_get_next_try (source), ==, 0);
  g_assert_cmpuint (sy_source_get_n_samples (source), ==, 1);
  g_assert_cmpuint (sy_source_get_total_samples (source), ==, sy_source_get_n_scrapes (source));
  g_assert_cmpuint (sy_source_get_wire_bytes (source), >, 0);
  g_assert_cmpint (sy_source_get_worker_cpu (source), >, 0);
  g_assert_cmpint (sy_source_get_last_success (source), >, 0);
  g_assert_cmpuint (sy_source_get_n_failures (source), ==, 0);

  sy_source_stop (source);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_STOPPED);
  sy_source_start (source);
  sy_fixture_wait_state (source, SY_SOURCE_LIVE);
  g_assert_finalize_object (source);
  g_assert_cmpfloat (fixture->value, ==, 12);
}

/* Lines that end in every way, a byte a packet, behind a byte order mark. */
static void
test_split (Fixture       *fixture,
            gconstpointer  data)
{
  SySource *source = start (fixture, "/sse/split");

  while (sy_source_get_n_scrapes (source) + sy_source_get_n_skipped (source) < 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (sy_source_get_n_failures (source), ==, 0);
  g_assert_finalize_object (source);
  g_assert_cmpint (fixture->n_good, >=, 1);
}

/* Comments are life: there is no silence, and nothing to read. */
static void
test_comments (Fixture       *fixture,
               gconstpointer  data)
{
  SySource *source = start (fixture, "/sse/comments");

  sy_fixture_wait_state (source, SY_SOURCE_LIVE);
  sy_fixture_pass_time (fixture->server, fixture->clock, 15);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_LIVE);
  g_assert_cmpuint (sy_source_get_n_scrapes (source), ==, 1);
  g_assert_cmpuint (sy_fault_server_get_n (fixture->server, "/sse/comments"), ==, 1);
  g_assert_finalize_object (source);
}

static void
test_silence (Fixture       *fixture,
              gconstpointer  data)
{
  SySource *source = start (fixture, "/sse/silent");

  sy_fixture_wait_error (source);
  g_assert_error (sy_source_get_error (source), SY_ERROR, SY_ERROR_DEADLINE);
  g_assert_cmpint (sy_source_get_next_try (source), >, 0);
  sy_fixture_wait_request (fixture->server, "/sse/silent", 2);
  g_assert_finalize_object (source);
}

static void
test_reconnects (Fixture       *fixture,
                 gconstpointer  data)
{
  SySource *source = start (fixture, "/sse/closing");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  sy_fixture_wait_request (fixture->server, "/sse/closing", 1);
  first = sy_fault_server_dup_head (fixture->server, "/sse/closing");
  g_assert_null (strstr (first, "Last-Event-ID"));
  g_assert_nonnull (strstr (first, "\r\nAccept: text/event-stream\r\n"));
  g_assert_nonnull (strstr (first, "\r\nAccept-Encoding: identity\r\n"));

  sy_fixture_wait_error (source);
  g_assert_error (sy_source_get_error (source), SY_ERROR, SY_ERROR_TRUNCATED);
  sy_fixture_wait_request (fixture->server, "/sse/closing", 2);
  second = sy_fault_server_dup_head (fixture->server, "/sse/closing");
  g_assert_nonnull (strstr (second, "\r\nLast-Event-ID: boot-1\r\n"));
  g_assert_finalize_object (source);
}

static void
test_bye (Fixture       *fixture,
          gconstpointer  data)
{
  SySource *source = start (fixture, "/sse/bye");

  sy_fixture_wait_error (source);
  g_assert_nonnull (strstr (sy_source_get_error (source)->message, "goodbye"));
  g_assert_finalize_object (source);
}

/* An event that no blank line ended did not happen. */
static void
test_cut (Fixture       *fixture,
          gconstpointer  data)
{
  SySource *source = start (fixture, "/sse/cut");

  sy_fixture_wait_error (source);
  g_assert_finalize_object (source);
  g_assert_cmpint (fixture->n_good, ==, 0);
}

/* Half a second is the least, a minute the most. */
static void
test_retry (Fixture       *fixture,
            gconstpointer  data)
{
  SySource *source = start (fixture, "/sse/odd-retry");
  gint64 wait_us;

  sy_fixture_wait_error (source);
  wait_us = sy_source_get_next_try (source) - sy_clock_get_monotonic (fixture->clock);
  g_assert_cmpint (wait_us, <=, SY_USEC_PER_SEC / 2);

  while (sy_source_get_n_failures (source) < 2)
    g_main_context_iteration (NULL, TRUE);
  wait_us = sy_source_get_next_try (source) - sy_clock_get_monotonic (fixture->clock);
  g_assert_cmpint (wait_us, <=, 60 * SY_USEC_PER_SEC);
  g_assert_cmpint (wait_us, >, 30 * SY_USEC_PER_SEC);
  g_assert_finalize_object (source);
}

static void
test_odd_id (Fixture       *fixture,
             gconstpointer  data)
{
  SySource *source = start (fixture, "/sse/odd-id");
  g_autofree char *head = NULL;

  sy_fixture_wait_request (fixture->server, "/sse/odd-id", 2);
  head = sy_fault_server_dup_head (fixture->server, "/sse/odd-id");
  g_assert_nonnull (strstr (head, "\r\nLast-Event-ID: good\r\n"));
  g_assert_null (strstr (head, "Injected"));
  g_assert_finalize_object (source);
}

/* What a server sends of the past is one look at the present. */
static void
test_past (Fixture       *fixture,
           gconstpointer  data)
{
  SySource *source = start (fixture, "/sse/past");

  sy_fixture_wait_scrapes (source, 1);
  g_assert_cmpuint (sy_source_get_n_skipped (source), ==, 99);
  g_assert_finalize_object (source);
  g_assert_cmpint (fixture->n_good, ==, 1);
  g_assert_cmpfloat (fixture->value, ==, 99);
}

/* As many as can be looked at are read, the rest is counted; then it ends. */
static void
test_flood (Fixture       *fixture,
            gconstpointer  data)
{
  SySource *source = start (fixture, "/sse/flood");
  guint64 n_scrapes;

  sy_fixture_wait_error (source);
  n_scrapes = sy_source_get_n_scrapes (source);
  g_assert_error (sy_source_get_error (source), SY_ERROR, SY_ERROR_FLOOD);
  g_assert_cmpuint (sy_source_get_n_skipped (source), >, n_scrapes);
  g_assert_cmpuint (n_scrapes, <=, 100);
  g_assert_finalize_object (source);
}

/* Blocked, with the reason, until a person says otherwise. */
static void
test_no_content (Fixture       *fixture,
                 gconstpointer  data)
{
  SySource *source = start (fixture, "/sse/204");

  sy_fixture_wait_state (source, SY_SOURCE_BLOCKED);
  g_assert_nonnull (strstr (sy_source_get_error (source)->message, "204"));
  sy_fixture_pass_time (fixture->server, fixture->clock, 15);
  g_assert_cmpuint (sy_fault_server_get_n (fixture->server, "/sse/204"), ==, 1);

  sy_source_retry_now (source);
  sy_fixture_wait_request (fixture->server, "/sse/204", 2);
  g_assert_finalize_object (source);
}

/* Who polls an address that turns out to be a stream listens from then on. */
static void
test_poll_becomes (Fixture       *fixture,
                   gconstpointer  data)
{
  SySource *source = sy_fixture_source_new (fixture->server, fixture->clock, "http", "/sse/ok");

  sy_source_set_scrape_func (source, scrape_cb, fixture, NULL);
  sy_source_start (source);
  sy_fixture_wait_scrapes (source, 4);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_LIVE);
  g_assert_cmpuint (sy_source_get_n_failures (source), ==, 0);
  g_assert_cmpuint (sy_fault_server_get_n (fixture->server, "/sse/ok"), ==, 2);
  g_assert_finalize_object (source);
  g_assert_cmpint (fixture->n_good, >=, 4);
}

static void
test_retry_now (Fixture       *fixture,
                gconstpointer  data)
{
  sy_fixture_check_retry (fixture->server, fixture->clock, "sse", "/sse/silent");
}

/* Connected, but nothing of use: what the banner's button is there for. */
static void
test_retry_foreign (Fixture       *fixture,
                    gconstpointer  data)
{
  SySource *source = start (fixture, "/sse/foreign");

  sy_fixture_wait_error (source);
  g_assert_cmpint (sy_source_get_next_try (source), ==, 0);
  sy_source_retry_now (source);
  sy_fixture_wait_request (fixture->server, "/sse/foreign", 2);
  g_assert_finalize_object (source);
}

static void
test_drop_while_connecting (Fixture       *fixture,
                            gconstpointer  data)
{
  SySource *source = start (fixture, "/stall");

  sy_fixture_wait_request (fixture->server, "/stall", 1);
  g_assert_finalize_object (source);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/sse-source/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("life", test_life);
  ADD ("split", test_split);
  ADD ("comments", test_comments);
  ADD ("silence", test_silence);
  ADD ("reconnects", test_reconnects);
  ADD ("bye", test_bye);
  ADD ("cut", test_cut);
  ADD ("retry", test_retry);
  ADD ("odd-id", test_odd_id);
  ADD ("past", test_past);
  ADD ("flood", test_flood);
  ADD ("no-content", test_no_content);
  ADD ("poll-becomes", test_poll_becomes);
  ADD ("retry-now", test_retry_now);
  ADD ("retry-foreign", test_retry_foreign);
  ADD ("drop-while-connecting", test_drop_while_connecting);
#undef ADD
  return g_test_run ();
}
