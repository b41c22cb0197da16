/* test-last-session.c: what was watched is kept for another time, without secrets
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-last-session.h"

#define KEPT "last-backends"
#define HOW "reopen"

typedef struct {
  SyClock       *clock;
  GSettings     *settings;
  SySession     *session;
  SyLastSession *last;
} Fixture;

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
begin (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  f->session = sy_session_new (f->clock, &error);
  g_assert_no_error (error);
  f->last = sy_last_session_new (f->session, f->settings);
}

static void
end (Fixture *f)
{
  g_object_run_dispose (G_OBJECT (f->last));
  g_clear_object (&f->last);
  g_clear_object (&f->session);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->clock = sy_clock_new_manual (1000 * SY_USEC_PER_SEC, G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC);
  f->settings = g_settings_new (APPLICATION_ID);
  g_settings_reset (f->settings, KEPT);
  g_settings_reset (f->settings, HOW);
  begin (f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  end (f);
  g_settings_reset (f->settings, KEPT);
  g_settings_reset (f->settings, HOW);
  g_clear_object (&f->settings);
  g_clear_object (&f->clock);
  settle ();
}

static SyBackend *
add (Fixture    *f,
     const char *address,
     const char *name)
{
  g_autoptr (GError) error = NULL;
  SyBackend *backend = sy_session_add (f->session, address, name, &error);

  g_assert_no_error (error);
  return backend;
}

static void
assert_kept (Fixture    *f,
             const char *expected)
{
  g_autoptr (GVariant) kept = g_settings_get_value (f->settings, KEPT);
  g_autofree char *text = g_variant_print (kept, FALSE);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_kept (Fixture       *f,
           gconstpointer  data)
{
  SyBackend *orders = add (f, "http://127.0.0.1:1/metrics", "Orders");
  g_autofree char *names = NULL;

  add (f, "prometheus+http://127.0.0.1:1/?match={job=\"api\"}", "Basket");
  settle ();
  assert_kept (f, "[('Orders', 'http://127.0.0.1:1/metrics'), ('Basket', 'http://127.0.0.1:1/?match=%7Bjob=%22api%22%7D')]");

  sy_backend_set_name (orders, "Orders 2");
  settle ();
  names = sy_last_session_dup_names (f->last);
  g_assert_cmpstr (names, ==, "Orders 2\nBasket");

  /* The same at the next start, and the end of this one is no removal. */
  end (f);
  begin (f);
  g_assert_false (sy_last_session_is_wanted (f->last));
  g_assert_cmpuint (sy_session_get_n (f->session), ==, 0);
  {
    g_autoptr (GPtrArray) problems = sy_last_session_reopen (f->last);

    g_assert_cmpuint (problems->len, ==, 0);
  }
  g_assert_cmpuint (sy_session_get_n (f->session), ==, 2);
  g_assert_cmpstr (sy_backend_get_name (sy_session_get (f->session, 0)), ==, "Orders 2");
  g_assert_cmpstr (sy_url_get_string (sy_source_get_url (sy_backend_get_source (sy_session_get (f->session, 1)))), ==,
                   "http://127.0.0.1:1/?match=%7Bjob=%22api%22%7D");

  while (sy_session_get_n (f->session) > 0)
    sy_session_remove (f->session, sy_session_get (f->session, 0));
  settle ();
  assert_kept (f, "[]");
}

/* Neither the settings nor what a person reads have a secret. */
static void
test_secret (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) problems = NULL;

  add (f, "http://127.0.0.1:1/metrics?token=hunter2", "Orders");
  add (f, "http://127.0.0.1:1/b", "Basket");
  settle ();
  assert_kept (f, "[('Orders', ''), ('Basket', 'http://127.0.0.1:1/b')]");

  end (f);
  begin (f);
  problems = sy_last_session_reopen (f->last);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (problems, 0), "Orders is left out"));
  g_assert_cmpuint (sy_session_get_n (f->session), ==, 1);
}

/* The demo's servers are gone another time; they take nothing's place. */
static void
test_passing (Fixture       *f,
              gconstpointer  data)
{
  add (f, "http://127.0.0.1:1/metrics", "Orders");
  settle ();
  end (f);
  begin (f);

  sy_backend_set_passing (add (f, "http://127.0.0.1:2/metrics", "Event loop"), TRUE);
  settle ();
  assert_kept (f, "[('Orders', 'http://127.0.0.1:1/metrics')]");

  add (f, "http://127.0.0.1:3/metrics", "Basket");
  settle ();
  assert_kept (f, "[('Basket', 'http://127.0.0.1:3/metrics')]");
}

static void
test_never (Fixture       *f,
            gconstpointer  data)
{
  add (f, "http://127.0.0.1:1/metrics", "Orders");
  settle ();
  g_settings_set_string (f->settings, HOW, "never");
  settle ();
  assert_kept (f, "[]");
  g_assert_null (sy_last_session_dup_names (f->last));

  add (f, "http://127.0.0.1:1/b", "Basket");
  settle ();
  assert_kept (f, "[]");

  g_settings_set_string (f->settings, HOW, "always");
  settle ();
  g_assert_true (sy_last_session_is_wanted (f->last));
  assert_kept (f, "[('Orders', 'http://127.0.0.1:1/metrics'), ('Basket', 'http://127.0.0.1:1/b')]");
}

/* What waits is written before the end. */
static void
test_end (Fixture       *f,
          gconstpointer  data)
{
  add (f, "http://127.0.0.1:1/metrics", "Orders");
  end (f);
  assert_kept (f, "[('Orders', 'http://127.0.0.1:1/metrics')]");
  begin (f);
}

#define ADD(name, func) g_test_add ("/ui/last-session/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("kept", test_kept);
  ADD ("secret", test_secret);
  ADD ("passing", test_passing);
  ADD ("never", test_never);
  ADD ("end", test_end);
  return g_test_run ();
}
