/* test-keyring.c: credentials in the keyring of the desktop
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each case has a session bus of its own, with a keyring on it that remembers,
 * one that never answers, or none. libsecret keeps its connection to a service
 * for the life of a process, so a case runs in a process of its own.
 */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "sy-error.h"
#include "sy-keyring.h"

#define ORIGIN "https://orders.example:443"

typedef struct
{
  GSubprocess      *service; /* (owned) (nullable) */
  GDataInputStream *output;  /* (owned) (nullable): the service's */
  SyClock          *clock;   /* (owned) */
} Fixture;

/* Never let go: that would wait for the connection, which libsecret keeps for
 * the life of the process. */
static GTestDBus *bus;

/* @mode: NULL for no keyring, "" for one, "--silent". */
static void
set_up (Fixture       *fixture,
        gconstpointer  mode)
{
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  fixture->clock = sy_clock_new_manual (0, 0);
  g_test_dbus_up (bus);

  if (mode != NULL)
    {
      g_autofree char *script = g_test_build_filename (G_TEST_DIST, "support", "secret_service.py", NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *line = NULL;

      fixture->service = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/usr/bin/python3", script, mode, NULL);
      g_assert_no_error (error);
      fixture->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (fixture->service));
      line = g_data_input_stream_read_line (fixture->output, NULL, NULL, &error);
      g_assert_cmpstr (line, ==, "ready");
    }
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  mode)
{
  if (fixture->service != NULL)
    {
      g_subprocess_force_exit (fixture->service);
      g_subprocess_wait (fixture->service, NULL, NULL);
    }
  g_clear_object (&fixture->output);
  g_clear_object (&fixture->service);
  g_object_unref (fixture->clock);
  g_test_dbus_stop (bus);
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static SyCredential *
look_up (Fixture     *fixture,
         const char  *origin,
         GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sy_keyring_lookup_async (origin, fixture->clock, NULL, keep_cb, &result);
  wait_for (&result);
  return sy_keyring_lookup_finish (result, error);
}

static gboolean
store (Fixture     *fixture,
       const char  *line,
       GError     **error)
{
  g_autoptr (SyCredential) credential = sy_credential_parse (line, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  sy_keyring_store_async (credential, fixture->clock, NULL, keep_cb, &result);
  wait_for (&result);
  return sy_keyring_store_finish (result, error);
}

static void
test_remembers (Fixture       *fixture,
                gconstpointer  mode)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyCredential) none = look_up (fixture, ORIGIN, &error);
  g_autoptr (SyCredential) found = NULL;
  g_autoptr (SyCredential) other = NULL;
  g_autoptr (SyCredential) gone = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_no_error (error);
  g_assert_null (none);

  g_assert_true (store (fixture, ORIGIN " bearer first", &error));
  g_assert_true (store (fixture, ORIGIN " basic user:pass word", &error));
  g_assert_no_error (error);

  found = look_up (fixture, ORIGIN, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sy_credential_get_kind (found), ==, SY_CREDENTIAL_BASIC);
  g_assert_cmpstr (sy_credential_get_secret (found), ==, "user:pass word");
  g_assert_cmpstr (sy_credential_get_origin (found), ==, ORIGIN);

  other = look_up (fixture, "https://orders.example:8443", &error);
  g_assert_no_error (error);
  g_assert_null (other);

  sy_keyring_forget_async (ORIGIN, fixture->clock, NULL, keep_cb, &result);
  wait_for (&result);
  g_assert_true (sy_keyring_forget_finish (result, &error));
  gone = look_up (fixture, ORIGIN, &error);
  g_assert_no_error (error);
  g_assert_null (gone);
}

static void
test_absent (Fixture       *fixture,
             gconstpointer  mode)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (look_up (fixture, ORIGIN, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_FAILED);
  g_assert_cmpstr (error->message, ==, "no keyring is running here");
  g_clear_error (&error);

  g_assert_false (store (fixture, ORIGIN " bearer CANARY", &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_FAILED);
  g_assert_null (strstr (error->message, "CANARY"));
}

/* The caller is free at the deadline, by the clock, and not before. */
static void
test_silent (Fixture       *fixture,
             gconstpointer  mode)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  sy_keyring_lookup_async (ORIGIN, fixture->clock, NULL, keep_cb, &result);
  sy_clock_advance (fixture->clock, SY_KEYRING_DEADLINE_US - 1);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_null (result);

  sy_clock_advance (fixture->clock, 1);
  wait_for (&result);
  g_assert_null (sy_keyring_lookup_finish (result, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_DEADLINE);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  mode)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  sy_keyring_lookup_async (ORIGIN, fixture->clock, cancellable, keep_cb, &result);
  g_cancellable_cancel (cancellable);
  wait_for (&result);
  g_assert_null (sy_keyring_lookup_finish (result, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_CANCELLED);
}

typedef struct
{
  const char *name;
  const char *mode;
  void      (*func) (Fixture *fixture, gconstpointer mode);
} Case;

static const Case cases[] = {
  { "remembers", "", test_remembers },
  { "absent", NULL, test_absent },
  { "silent", "--silent", test_silent },
  { "cancel", "--silent", test_cancel },
};

static void
test_in_child (gconstpointer data)
{
  const Case *one = data;

  if (g_test_subprocess ())
    {
      Fixture fixture = { NULL };

      set_up (&fixture, one->mode);
      one->func (&fixture, one->mode);
      tear_down (&fixture, one->mode);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/keyring/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_in_child);
    }

  return g_test_run ();
}
