/* test-http-source.c
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-error.h"
#include "sy-fault-server.h"
#include "sy-http-source.h"

#define INTERVAL_US (SY_USEC_PER_SEC / 10)

typedef struct
{
  SyFaultServer *server;
  SyClock       *clock;
  GThread       *owner;
  int            n_scrapes; /* atomic */
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

static SySource *
new_source (Fixture    *fixture,
            const char *path)
{
  g_autofree char *address = sy_fault_server_dup_url (fixture->server, path);
  g_autoptr (SyUrl) url = sy_url_parse (address, NULL);

  return sy_http_source_new (url, fixture->clock, INTERVAL_US);
}

static void
wait_for_state (SySource     *source,
                SySourceState state)
{
  while (sy_source_get_state (source) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
scrape_cb (const SyScrape *scrape,
           gpointer        user_data)
{
  Fixture *fixture = user_data;

  g_assert_true (g_thread_self () != fixture->owner);
  g_assert_true ((scrape->exposition != NULL) != (scrape->error != NULL));
  g_assert_cmpint (scrape->answered_us, >=, scrape->monotonic_us);
  g_atomic_int_inc (&fixture->n_scrapes);
}

static void
destroyed_cb (gpointer user_data)
{
  g_atomic_int_add (&((Fixture *) user_data)->n_scrapes, 1000000);
}

/* The function hears of each scrape on the worker, and is let go in the end. */
static void
test_life (Fixture       *fixture,
           gconstpointer  data)
{
  SySource *source = new_source (fixture, "/ok");
  int heard;

  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_STOPPED);
  sy_source_set_scrape_func (source, scrape_cb, fixture, destroyed_cb);
  sy_source_start (source);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_CONNECTING);

  while (sy_source_get_n_scrapes (source) < 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_LIVE);
  g_assert_cmpuint (sy_source_get_n_samples (source), ==, 1);
  g_assert_cmpuint (sy_source_get_wire_bytes (source), >, 0);
  g_assert_cmpint (sy_source_get_last_success (source), >, 0);

  sy_source_stop (source);
  heard = g_atomic_int_get (&fixture->n_scrapes);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_STOPPED);
  g_assert_cmpint (heard, >=, 3);

  /* again, and on another worker */
  sy_source_start (source);
  wait_for_state (source, SY_SOURCE_LIVE);
  sy_source_stop (source);
  heard = g_atomic_int_get (&fixture->n_scrapes);

  g_assert_finalize_object (source);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_scrapes), ==, heard + 1000000);
}

static void
test_retry_after (Fixture       *fixture,
                  gconstpointer  data)
{
  SySource *source = new_source (fixture, "/503");

  sy_source_start (source);
  wait_for_state (source, SY_SOURCE_RETRYING);
  g_assert_cmpint (sy_source_get_next_try (source) - sy_clock_get_monotonic (fixture->clock), >, 5 * SY_USEC_PER_SEC);
  g_assert_finalize_object (source);
}

/* Blocked means that only a person starts it again. */
static void
test_blocked (Fixture       *fixture,
              gconstpointer  data)
{
  SySource *source = new_source (fixture, "/401");

  sy_source_start (source);
  wait_for_state (source, SY_SOURCE_BLOCKED);
  g_assert_cmpint (sy_source_get_next_try (source), ==, 0);
  g_assert_cmpuint (sy_fault_server_get_n (fixture->server, "/401"), ==, 1);

  sy_source_retry_now (source);
  while (sy_source_get_n_scrapes (source) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (sy_fault_server_get_n (fixture->server, "/401"), ==, 2);
  g_assert_finalize_object (source);
}

/* A server that closes an idle connection as we ask is no failure. */
static void
test_idle_race (Fixture       *fixture,
                gconstpointer  data)
{
  SySource *source = new_source (fixture, "/idle-race");

  sy_source_start (source);
  while (sy_source_get_n_scrapes (source) < 4)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (sy_source_get_n_failures (source), ==, 0);
  g_assert_finalize_object (source);
}

/* Whatever the peer does, letting go of a source takes no more than two
 * seconds; with this one it takes none, since cancelling is enough. */
static void
test_drop_while_asking (Fixture       *fixture,
                        gconstpointer  data)
{
  SySource *source = new_source (fixture, "/stall");

  sy_source_start (source);
  while (sy_fault_server_get_n (fixture->server, "/stall") == 0)
    g_main_context_iteration (NULL, FALSE);
  g_assert_finalize_object (source);
}

static guint
n_entries (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* Nothing is left of a hundred sources. */
static void
test_no_leak (Fixture       *fixture,
              gconstpointer  data)
{
  guint threads = 0, files = 0;

  for (guint i = 0; i < 100; i++)
    {
      SySource *source = new_source (fixture, i % 2 == 0 ? "/ok" : "/500");

      sy_source_start (source);
      if (i % 3 == 0)
        while (sy_source_get_n_scrapes (source) == 0)
          g_main_context_iteration (NULL, TRUE);
      g_assert_finalize_object (source);

      if (i == 20)
        {
          threads = n_entries ("/proc/self/task");
          files = n_entries ("/proc/self/fd");
        }
    }

  /* the server's threads and sockets come and go: leave them room */
  g_assert_cmpuint (n_entries ("/proc/self/task"), <=, threads + 12);
  g_assert_cmpuint (n_entries ("/proc/self/fd"), <=, files + 12);
}

static void
test_interval (Fixture       *fixture,
               gconstpointer  data)
{
  SySource *source = new_source (fixture, "/ok");

  sy_source_set_interval (source, 1);
  g_assert_cmpint (sy_source_get_interval (source), ==, SY_USEC_PER_SEC / 10);
  sy_source_set_interval (source, G_MAXINT64);
  g_assert_cmpint (sy_source_get_interval (source), ==, 3600 * SY_USEC_PER_SEC);

  /* an hour until the next scrape, until somebody is in more of a hurry */
  sy_source_start (source);
  wait_for_state (source, SY_SOURCE_LIVE);
  sy_source_set_interval (source, INTERVAL_US);
  while (sy_source_get_n_scrapes (source) < 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (source);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/http-source/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("life", test_life);
  ADD ("retry-after", test_retry_after);
  ADD ("blocked", test_blocked);
  ADD ("idle-race", test_idle_race);
  ADD ("drop-while-asking", test_drop_while_asking);
  ADD ("no-leak", test_no_leak);
  ADD ("interval", test_interval);
#undef ADD
  return g_test_run ();
}
