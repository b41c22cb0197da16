/* test-alert-notifier.c: events as notifications, on a bus of its own; U01
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each case has a session bus, with GNOME's notifications on it or with those of the
 * other desktops. GLib keeps its choice of the two, and its connection, for the life
 * of a process, so each runs in a process of its own.
 */
#include "config.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "sy-alert-fixture.h"
#include "sy-alert-notifier.h"
#include "sy-alert-words.h"
#include "sy-error.h"
#include "sy-hostile-names.h"
#include "sy-text.h"

#define APPLICATION "org.example.Alerts"

typedef struct
{
  GTestDBus        *bus;         /* (owned) */
  GSubprocess      *server;      /* (owned) */
  GDataInputStream *output;      /* (owned): the server's */
  GApplication     *application; /* (owned) */
  SyAlertFixture    base;
  SyAlertNotifier  *notifier;    /* (owned) */
  char             *page;        /* (owned) (nullable): what was asked to be shown */
} Fixture;

static void
read_line_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* The next thing that the server says. (transfer full) */
static char *
read_line (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  char *line;

  g_data_input_stream_read_line_async (f->output, G_PRIORITY_DEFAULT, NULL, read_line_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  line = g_data_input_stream_read_line_finish_utf8 (f->output, result, NULL, NULL);
  g_assert_nonnull (line);
  return line;
}

static void
show_page_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  Fixture *f = user_data;

  g_free (f->page);
  f->page = g_variant_dup_string (parameter, NULL);
}

/* @mode: of the server, "" or "--gtk". */
static void
set_up (Fixture    *f,
        const char *mode,
        const char *name)
{
  static const GActionEntry actions[] = { { "show-page", show_page_cb, "s" } };
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "support", "notification_server.py", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  f->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (f->bus);
  f->server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE, &error,
                                "/usr/bin/python3", script, mode, NULL);
  g_assert_no_error (error);
  f->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (f->server));
  line = read_line (f);
  g_assert_nonnull (strstr (line, "ready"));

  f->application = g_application_new (APPLICATION, G_APPLICATION_DEFAULT_FLAGS);
  g_action_map_add_action_entries (G_ACTION_MAP (f->application), actions, G_N_ELEMENTS (actions), f);
  g_assert_true (g_application_register (f->application, NULL, &error));
  g_assert_no_error (error);

  sy_alert_fixture_set_up (&f->base, name);
  f->notifier = sy_alert_notifier_new (f->application, f->base.session, f->base.watch);
}

static void
tear_down (Fixture *f)
{
  g_clear_object (&f->notifier);
  sy_alert_fixture_tear_down (&f->base);
  g_subprocess_force_exit (f->server);
  g_subprocess_wait (f->server, NULL, NULL);
  g_clear_object (&f->output);
  g_clear_object (&f->server);
  g_clear_pointer (&f->page, g_free);
  g_clear_object (&f->application);
  g_test_dbus_stop (f->bus);
  g_clear_object (&f->bus);
}

/* @error: B does not answer. */
static void
run (Fixture    *f,
     guint       n,
     double      a,
     double      b,
     const char *error)
{
  g_autoptr (GError) why = error != NULL ? g_error_new_literal (SY_ERROR, SY_ERROR_HTTP_STATUS, error) : NULL;

  sy_alert_fixture_run (&f->base, n, a, error != NULL ? (double) NAN : b, why);
}

/* Twice as many requests in flight in B as in A. */
static void
add_rule (Fixture *f)
{
  const SyAlertRule rule = { 0, SY_QUANTITY_IN_FLIGHT, 1, TRUE, SY_ALERT_ABOVE, 2, 0.1, 3 * SY_USEC_PER_SEC, TRUE };

  g_assert_true (sy_alert_book_add (f->base.book, &rule, G_MAXUINT, NULL));
}

static void
press (Fixture    *f,
       const char *id)
{
  g_autofree char *line = g_strdup_printf ("press %s\n", id);

  g_assert_true (g_output_stream_write_all (g_subprocess_get_stdin_pipe (f->server), line, strlen (line), NULL, NULL, NULL));
  while (f->page == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* GLib cannot take back what it has not got the number of: GNOME's have none, the others'
 * server gives it. It answers its own methods in order (a Ping it would answer at once,
 * in another thread): with this answer that of before is there. */
static void
await_answer (Fixture    *f,
              const char *mode)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;

  if (*mode != '\0')
    return;

  answer = g_dbus_connection_call_sync (g_application_get_dbus_connection (f->application), "org.freedesktop.Notifications",
                                        "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "GetCapabilities",
                                        NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
check_rule (const char *mode,
            const char *id)
{
  Fixture f = { 0 };
  g_autofree char *sent = NULL;
  g_autofree char *taken_back = NULL;
  g_autofree char *start = g_strdup_printf ("{\"sent\": \"%s\", ", id);
  g_autofree char *end = g_strdup_printf ("{\"withdrawn\": \"%s\"}", id);

  set_up (&f, mode, "Basket");
  add_rule (&f);
  run (&f, 60, 10, 50, NULL);
  sent = read_line (&f);
  g_assert_true (g_str_has_prefix (sent, start));
  g_assert_nonnull (strstr (sent, "\"title\": \"Basket \\u00f7 Orders: Requests in flight over 2\\u00d7\""));
  g_assert_nonnull (strstr (sent, "\"body\": \"5\\u00d7 at "));
  g_assert_nonnull (strstr (sent, "\"application\": \"" APPLICATION "\""));

  await_answer (&f, mode);

  /* One for the whole minute: the next word is that it is over. */
  run (&f, 60, 50, 50, NULL);
  taken_back = read_line (&f);
  g_assert_cmpstr (taken_back, ==, end);
  tear_down (&f);
}

static void
check_press (const char *mode,
             const char *id)
{
  Fixture f = { 0 };
  g_autofree char *sent = NULL;

  set_up (&f, mode, "Basket");
  run (&f, 3, 10, 10, NULL);
  run (&f, 10, 10, 0, "HTTP 503");
  sent = read_line (&f);
  g_assert_nonnull (strstr (sent, "\"title\": \"Basket does not answer\""));
  g_assert_nonnull (strstr (sent, "HTTP 503"));
  await_answer (&f, mode);
  press (&f, id);
  g_assert_cmpstr (f.page, ==, "live");
  tear_down (&f);
}

/* Switched off, what is shown goes, and nothing comes; switched on, what is the case does. */
static void
test_enabled (void)
{
  Fixture f = { 0 };
  g_autofree char *sent = NULL;
  g_autofree char *taken_back = NULL;
  g_autofree char *again = NULL;

  set_up (&f, "--gtk", "Basket");
  add_rule (&f);
  run (&f, 60, 10, 50, NULL);
  sent = read_line (&f);
  g_assert_true (g_str_has_prefix (sent, "{\"sent\": \"rule-1\", "));
  g_object_set (f.notifier, "enabled", FALSE, NULL);
  taken_back = read_line (&f);
  g_assert_cmpstr (taken_back, ==, "{\"withdrawn\": \"rule-1\"}");

  run (&f, 60, 50, 50, NULL);
  run (&f, 60, 10, 50, NULL);
  g_object_set (f.notifier, "enabled", TRUE, NULL);
  again = read_line (&f);
  if (g_str_has_prefix (again, "{\"withdrawn\""))
    {
      g_free (again);
      again = read_line (&f);
    }
  g_assert_true (g_str_has_prefix (again, "{\"sent\": \"rule-1\", "));
  tear_down (&f);
}

static void
test_rule_gnome (void)
{
  check_rule ("--gtk", "rule-1");
}

static void
test_rule_others (void)
{
  check_rule ("", "1");
}

static void
test_press_gnome (void)
{
  check_press ("--gtk", "lost-b");
}

static void
test_press_others (void)
{
  check_press ("", "1");
}

/* --- U01 --- */

/* What json.dumps() makes of @text. (transfer full) */
static char *
dup_json (const char *text)
{
  GString *json = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);

      if (c == '"' || c == '\\')
        g_string_append_printf (json, "\\%c", (char) c);
      else if (c >= 0x20 && c < 0x7f)
        g_string_append_c (json, (char) c);
      else if (c < 0x10000)
        g_string_append_printf (json, "\\u%04x", c);
      else
        g_string_append_printf (json, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff));
    }

  return g_string_free (json, FALSE);
}

/* The value of "body". (transfer full) */
static char *
dup_body (const char *line)
{
  const char *start = strstr (line, "\"body\": \"");
  const char *end;

  g_assert_nonnull (start);
  start += strlen ("\"body\": \"");
  for (end = start; *end != '"'; end++)
    if (*end == '\\')
      end++;

  return g_strndup (start, (gsize) (end - start));
}

/* A name and an error that are hostile arrive as their safe forms: the name as it is
 * in the title, which nobody takes for markup, and the error without markup. */
static void
test_hostile (gconstpointer data)
{
  Fixture f = { 0 };
  g_autofree char *text = sy_hostile_name_dup (data);
  g_autofree char *safe = sy_display_text (text, -1, 60);
  g_autofree char *json = dup_json (safe);
  g_autofree char *title = g_strdup_printf ("\"title\": \"%s does not answer\"", json);
  g_autofree char *sent = NULL;
  g_autofree char *body = NULL;

  set_up (&f, "--gtk", text);
  run (&f, 3, 10, 10, NULL);
  run (&f, 10, 10, 0, text);
  sent = read_line (&f);
  g_assert_nonnull (strstr (sent, title));
  body = dup_body (sent);
  g_assert_true (g_str_has_prefix (body, "Its last answer came at "));
  g_assert_null (strpbrk (body, "<>&"));
  g_assert_cmpuint (strlen (body), <, 12 * (SY_DISPLAY_TEXT_MAX + 60));
  tear_down (&f);
}

static void
run_alone (gconstpointer data)
{
  g_test_trap_subprocess (data, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* @paths keeps what a test is called by inside: GLib frees it of tests that run only. */
static void
add (GPtrArray    *paths,
     const char   *name,
     GTestFunc     func,
     GTestDataFunc data_func,
     gconstpointer data)
{
  g_autofree char *path = g_strconcat ("/ui/alert-notifier/", name, NULL);
  char *inner = g_strconcat (path, "/subprocess", NULL);

  g_ptr_array_add (paths, inner);
  g_test_add_data_func (path, inner, run_alone);
  if (func != NULL)
    g_test_add_func (inner, func);
  else
    g_test_add_data_func (inner, data, data_func);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  g_test_init (&argc, &argv, NULL);

  add (paths, "rule-gnome", test_rule_gnome, NULL, NULL);
  add (paths, "enabled", test_enabled, NULL, NULL);
  add (paths, "rule-others", test_rule_others, NULL, NULL);
  add (paths, "press-gnome", test_press_gnome, NULL, NULL);
  add (paths, "press-others", test_press_others, NULL, NULL);
  for (guint i = 0; i < sy_n_hostile_names; i++)
    {
      g_autofree char *name = g_strconcat ("U01-", sy_hostile_names[i].id, NULL);

      add (paths, name, NULL, test_hostile, &sy_hostile_names[i]);
    }

  return g_test_run ();
}
