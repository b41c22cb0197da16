/* test-session.c
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-fault-server.h"
#include "sy-probe.h"

static SySession *
new_session (void)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GError) error = NULL;
  SySession *session = sy_session_new (clock, &error);

  g_assert_no_error (error);
  return session;
}

static SyBackend *
add (SySession  *session,
     const char *address)
{
  g_autoptr (GError) error = NULL;
  SyBackend *backend = sy_session_add (session, address, NULL, &error);

  g_assert_no_error (error);
  return backend;
}

/* Of a backend behind a Prometheus server nobody knows where it runs, and this machine
 * has many names. */
static void
test_shared_machine (void)
{
  static const struct { const char *addresses[2]; gboolean wanted; } cases[] = {
    { { "127.0.0.1:1/a", "127.0.0.1:2/a" }, TRUE },
    { { "localhost:1/a", "127.0.0.1:2/a" }, TRUE },
    { { "[::1]:1/a", "127.0.0.2:2/a" }, TRUE },
    { { "localhost:1/a", "192.0.2.1:2/a" }, FALSE },
    { { "192.0.2.1:1/a", "192.0.2.1:2/a" }, TRUE },
    { { "prometheus+http://127.0.0.1:1/?match={job=\"a\"}", "prometheus+http://127.0.0.1:1/?match={job=\"b\"}" }, FALSE },
    { { "prometheus+http://127.0.0.1:1/?match={job=\"a\"}", "127.0.0.1:2/a" }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SySession) session = new_session ();
      SyBackend *a = add (session, cases[i].addresses[0]);
      SyBackend *b = add (session, cases[i].addresses[1]);

      g_assert_cmpint (sy_backend_shares_machine (a, b), ==, cases[i].wanted);
      g_assert_cmpint (sy_backend_shares_machine (b, a), ==, cases[i].wanted);
    }
}

static void
count_cb (GListModel *model,
          guint       position,
          guint       removed,
          guint       added,
          guint      *n_changes)
{
  (*n_changes)++;
}

/* A letter is for life; a freed one is given to the next. Port 1 of loopback
 * has nobody: these backends fail quietly, which is not the matter here. */
static void
test_letters (void)
{
  g_autoptr (SySession) session = new_session ();
  guint n_changes = 0;
  SyBackend *a, *b, *c;

  g_signal_connect (session, "items-changed", G_CALLBACK (count_cb), &n_changes);
  a = add (session, "127.0.0.1:1/a");
  b = add (session, "127.0.0.1:1/b");
  c = add (session, "127.0.0.1:1/c");
  g_assert_cmpstr (sy_backend_get_letter (a), ==, "a");
  g_assert_cmpstr (sy_backend_get_letter (b), ==, "b");
  g_assert_cmpstr (sy_backend_get_letter (c), ==, "c");

  sy_session_remove (session, a);
  g_assert_cmpuint (sy_session_get_n (session), ==, 2);
  g_assert_cmpstr (sy_backend_get_letter (b), ==, "b");
  g_assert_cmpstr (sy_backend_get_letter (add (session, "127.0.0.1:1/d")), ==, "a");
  g_assert_cmpuint (n_changes, ==, 5);
}

/* What was removed comes back as it was, in its place; twice it cannot be here. */
static void
test_put_back (void)
{
  g_autoptr (SySession) session = new_session ();
  g_autoptr (SyBackend) a = g_object_ref (add (session, "127.0.0.1:1/a"));
  g_autoptr (GError) error = NULL;

  add (session, "127.0.0.1:1/b");
  sy_backend_set_name (a, "Orders");
  sy_session_remove (session, a);
  g_assert_cmpint (sy_source_get_state (sy_backend_get_source (a)), ==, SY_SOURCE_STOPPED);

  g_assert_true (sy_session_put_back (session, a, 0, &error));
  g_assert_no_error (error);
  g_assert_true (sy_session_get (session, 0) == a);
  g_assert_cmpstr (sy_backend_get_letter (a), ==, "a");
  g_assert_cmpstr (sy_backend_get_name (a), ==, "Orders");
  g_assert_cmpint (sy_source_get_state (sy_backend_get_source (a)), !=, SY_SOURCE_STOPPED);

  sy_session_remove (session, a);
  add (session, "127.0.0.1:1/a");
  g_assert_false (sy_session_put_back (session, a, 0, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  g_assert_cmpuint (sy_session_get_n (session), ==, 2);
}

static void
test_refusals (void)
{
  g_autoptr (SySession) session = new_session ();
  static const char *const bad[] = { "", "ftp://h/", "http://user:pass@h/", "http://h:0/", "http:// h/" };

  add (session, "127.0.0.1:1");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sy_session_add (session, bad[i], NULL, &error));
      g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
    }

  /* The same place, however it is spelled, and one too many. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sy_session_add (session, i == 0 ? "http://127.0.0.1:1/metrics" : "127.0.0.1:1/", NULL, &error));
      g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
    }

  for (guint i = 1; i < SY_SESSION_MAX_BACKENDS; i++)
    {
      g_autofree char *address = g_strdup_printf ("127.0.0.1:1/%u", i);

      add (session, address);
    }

  {
    g_autoptr (GError) error = NULL;

    g_assert_null (sy_session_add (session, "127.0.0.1:1/more", NULL, &error));
    g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
    g_assert_cmpuint (sy_session_get_n (session), ==, SY_SESSION_MAX_BACKENDS);
  }
}

static void
test_names (void)
{
  g_autoptr (SySession) session = new_session ();
  SyBackend *backend = add (session, "127.0.0.1:1");
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (sy_backend_get_name (backend), ==, "127.0.0.1:1");
  g_assert_cmpstr (sy_url_get_path (sy_source_get_url (sy_backend_get_source (backend))), ==, "/metrics");

  backend = sy_session_add (session, "127.0.0.1:1/x", "Orders", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sy_backend_get_name (backend), ==, "Orders");
}

static void
test_price (void)
{
  g_autoptr (SySession) session = new_session ();
  const char *before = sy_session_get_price (session)->id;

  g_assert_false (sy_session_set_price (session, "nobody/nowhere/none"));
  g_assert_cmpstr (sy_session_get_price (session)->id, ==, before);
  g_assert_true (sy_session_set_price (session, "hetzner/fsn1/ccx13"));
  g_assert_cmpstr (sy_session_get_price (session)->currency, ==, "EUR");
}

/* Nobody listens: the backend says so, keeps no reading, and its history has a
 * gap with the reason, not a zero. */
static void
test_nobody_there (void)
{
  g_autoptr (SySession) session = new_session ();
  SyBackend *backend = add (session, "127.0.0.1:1");
  SySource *source = sy_backend_get_source (backend);
  const GPtrArray *gaps = sy_history_get_gaps (sy_backend_get_history (backend));

  while (gaps->len == 0 || sy_source_get_error (source) == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      gaps = sy_history_get_gaps (sy_backend_get_history (backend));
    }

  g_assert_error (sy_source_get_error (source), SY_ERROR, SY_ERROR_CONNECT);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_RETRYING);
  g_assert_null (sy_backend_get_reading (backend));
  g_assert_true (isnan (sy_backend_get_cost (backend)->per_hour));
  g_assert_cmpint (((SyGapSpan *) g_ptr_array_index (gaps, 0))->gap, ==, SY_GAP_DOWN);
}

static void
probe_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_probe_errors (void)
{
  g_autoptr (SySession) session = new_session ();
  g_autoptr (GAsyncResult) not_an_address = NULL;
  g_autoptr (GAsyncResult) nobody = NULL;
  g_autoptr (SyProbe) probe = NULL;
  g_autoptr (GError) error = NULL;

  sy_session_probe_async (session, "gopher://x", NULL, probe_cb, &not_an_address);
  sy_session_probe_async (session, "127.0.0.1:1", NULL, probe_cb, &nobody);
  while (not_an_address == NULL || nobody == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_null (sy_session_probe_finish (session, not_an_address, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);

  g_clear_error (&error);
  probe = sy_session_probe_finish (session, nobody, &error);
  g_assert_no_error (error);
  g_assert_error (probe->error, SY_ERROR, SY_ERROR_CONNECT);
  g_assert_cmpstr (probe->redacted, ==, "http://127.0.0.1:1/metrics");
  g_assert_null (probe->mapping);
}

/* The address of a stream of the fault server. (transfer full) */
static char *
dup_stream (SyFaultServer *server,
            gboolean       web_socket)
{
  g_autofree char *http = sy_fault_server_dup_url (server, web_socket ? "/ws/ok" : "/sse/ok");

  return web_socket ? g_strconcat ("ws", http + strlen ("http"), NULL) : g_steal_pointer (&http);
}

/* A stream is watched and probed like a page. */
static void
test_streams (void)
{
  g_autoptr (SyFaultServer) server = sy_fault_server_new ();
  g_autoptr (SySession) session = new_session ();

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *address = dup_stream (server, i == 1);
      SyBackend *backend = add (session, address);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (SyProbe) probe = NULL;

      sy_session_probe_async (session, address, NULL, probe_cb, &result);
      /* A reading and the state of its source come by different ways. */
      while (result == NULL || sy_backend_get_reading (backend) == NULL
             || sy_source_get_state (sy_backend_get_source (backend)) != SY_SOURCE_LIVE)
        g_main_context_iteration (NULL, TRUE);

      probe = sy_session_probe_finish (session, result, &error);
      g_assert_no_error (error);
      g_assert_no_error (probe->error);
      g_assert_cmpstr (probe->format, ==, "prometheus");
      g_assert_cmpuint (probe->n_samples, ==, 1);
      g_assert_cmpstr (probe->address, ==, address);
      g_assert_nonnull (sy_backend_get_mapping (backend));
    }
}

/* Stopping a probe that listens to a stream without metrics ends it at once. */
static void
test_probe_cancel (void)
{
  g_autoptr (SyFaultServer) server = sy_fault_server_new ();
  g_autoptr (SySession) session = new_session ();
  g_autofree char *http = sy_fault_server_dup_url (server, "/ws/stalled-head");
  g_autofree char *address = g_strconcat ("ws", http + strlen ("http"), NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sy_session_probe_async (session, address, cancellable, probe_cb, &result);
  while (sy_fault_server_get_n (server, "/ws/stalled-head") == 0)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_null (sy_session_probe_finish (session, result, &error));
  g_assert_true (g_error_matches (error, SY_ERROR, SY_ERROR_CANCELLED) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

#define PRICE_FILE                                                                                                  \
  "{\"schema\":\"steelyard.prices/1\",\"default\":\"test/here/one\",\"items\":[{\"id\":\"test/here/one\",\"kind\":"    \
  "\"vm\",\"provider\":\"test\",\"region\":\"here\",\"sku\":\"one\",\"vcpu\":2,\"mem_gib\":8,\"burstable\":false,"   \
  "\"unit\":\"hour\",\"price\":\"0.5\",\"currency\":\"EUR\",\"observed\":\"2026-11-01\",\"source\":\"a test\","     \
  "\"grade\":\"A\"}]}"

/* A person's own list comes on top; a bad one changes nothing, and the prices of
 * former lists may still be read. */
static void
test_price_file (void)
{
  g_autoptr (SySession) session = new_session ();
  g_autoptr (SySession) other = new_session ();
  const SyPrice *former = sy_session_get_price (session);
  g_autofree char *folder = g_dir_make_tmp ("steelyard-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "own.json", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (sy_session_use_price_file (session, path, &error));
  g_assert_nonnull (strstr (error->message, "own.json"));
  g_clear_error (&error);
  g_assert_false (sy_session_use_price_file (session, folder, &error));
  g_assert_nonnull (strstr (error->message, "no price list"));
  g_clear_error (&error);
  g_assert_true (sy_session_get_price (session) == former);

  g_assert_true (g_file_set_contents (path, PRICE_FILE, -1, NULL));
  g_assert_true (sy_session_use_price_file (session, path, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (sy_session_get_price (session)->id, ==, former->id);
  g_assert_true (sy_session_get_price (session) != former);
  g_assert_true (sy_session_set_price (session, "test/here/one"));

  sy_session_set_price_book (other, sy_session_get_price_book (session));
  g_assert_true (sy_session_set_price (other, "test/here/one"));

  g_assert_true (sy_session_use_price_file (session, NULL, &error));
  g_assert_false (sy_session_set_price (session, "test/here/one"));
  g_assert_cmpstr (sy_session_get_price (session)->id, ==, former->id);
  g_assert_cmpstr (sy_session_get_price (other)->id, ==, "test/here/one");
  g_remove (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/letters", test_letters);
  g_test_add_func ("/session/shared-machine", test_shared_machine);
  g_test_add_func ("/session/put-back", test_put_back);
  g_test_add_func ("/session/refusals", test_refusals);
  g_test_add_func ("/session/names", test_names);
  g_test_add_func ("/session/price", test_price);
  g_test_add_func ("/session/price-file", test_price_file);
  g_test_add_func ("/session/nobody-there", test_nobody_there);
  g_test_add_func ("/session/probe-errors", test_probe_errors);
  g_test_add_func ("/session/streams", test_streams);
  g_test_add_func ("/session/probe-cancel", test_probe_cancel);
  return g_test_run ();
}
