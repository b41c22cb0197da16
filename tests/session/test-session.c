/* test-session.c
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-error.h"
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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/letters", test_letters);
  g_test_add_func ("/session/refusals", test_refusals);
  g_test_add_func ("/session/names", test_names);
  g_test_add_func ("/session/price", test_price);
  g_test_add_func ("/session/nobody-there", test_nobody_there);
  g_test_add_func ("/session/probe-errors", test_probe_errors);
  return g_test_run ();
}
