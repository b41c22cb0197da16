/* test-push.c: steelyard-cli and a backend that pushes
 *
 * Runs the program that STEELYARD_CLI names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <string.h>

#include "sy-pusher.h"

#define START_S G_GINT64_CONSTANT (1795000000)
#define PAUSE_MS 20
#define MAX_ATTEMPTS 1000

static GSubprocess *
spawn (const char *const *arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_ptr_array_add (argv, (gpointer) g_getenv ("STEELYARD_CLI"));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  return process;
}

/* Waits for its end. Returns: its exit status */
static int
finish (GSubprocess *process,
        const char  *input,
        char       **output,
        char       **errors)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8 (process, input, NULL, output, errors, &error);
  g_assert_no_error (error);
  return g_subprocess_get_exit_status (process);
}

/* What the program says until it is about to listen. Returns: (transfer full) */
static GString *
hear (GSubprocess *process)
{
  GString *said = g_string_new (NULL);
  char buffer[512];

  while (strstr (said->str, "to be heard at ") == NULL)
    {
      g_autoptr (GError) error = NULL;
      const gssize n = g_input_stream_read (g_subprocess_get_stderr_pipe (process), buffer, sizeof buffer, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpint (n, >, 0);
      g_string_append_len (said, buffer, n);
    }

  return said;
}

static gboolean
pass_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* It says what to start before it listens. */
static void
wait_for_listener (guint16 port)
{
  for (guint i = 0; i < MAX_ATTEMPTS; i++)
    {
      g_autoptr (GSocketClient) client = g_socket_client_new ();
      g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
      gboolean has_passed = FALSE;

      if (connection != NULL)
        return;

      g_timeout_add (PAUSE_MS, pass_cb, &has_passed);
      while (!has_passed)
        g_main_context_iteration (NULL, TRUE);
    }

  g_error ("nobody listens at port %u", port);
}

/* It says what it waits for, and what it heard. */
static void
test_inspect (void)
{
  const guint16 port = sy_pusher_find_port ();
  g_autofree char *address = g_strdup_printf ("otlp://127.0.0.1:%u/shop", port);
  const char *const arguments[] = { "inspect", "--json", address, NULL };
  g_autoptr (GSubprocess) process = spawn (arguments);
  g_autoptr (GBytes) body = sy_pusher_make ("shop", 5, START_S, START_S + 1);
  g_autofree char *endpoint = g_strdup_printf ("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:%u\n", port);
  g_autoptr (GString) said = hear (process);
  g_autofree char *answer = NULL;
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autofree char *size = NULL;

  wait_for_listener (port);
  answer = sy_pusher_push (port, NULL, body);
  g_assert_nonnull (strstr (answer, "{\"partialSuccess\":{}}"));
  g_assert_cmpint (finish (process, NULL, &output, &errors), ==, 0);
  g_string_append (said, errors);
  g_assert_nonnull (strstr (said->str, endpoint));
  size = g_strdup_printf ("\"format\":\"otlp\",\"content_type\":\"application/json\",\"bytes\":%" G_GSIZE_FORMAT ",", g_bytes_get_size (body));
  g_assert_nonnull (strstr (output, size));
  g_assert_nonnull (strstr (output, "\"exporter\":\"opentelemetry-js\""));
  g_assert_nonnull (strstr (output, "\"role\":\"duration\",\"metric\":\"http.server.request.duration\""));
}

static void
test_saved (void)
{
  const char *const arguments[] = { "inspect", "--json", "-", NULL };
  g_autoptr (GSubprocess) process = spawn (arguments);
  g_autoptr (GBytes) body = sy_pusher_make ("shop", 5, START_S, START_S + 1);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;

  g_assert_cmpint (finish (process, text, &output, &errors), ==, 0);
  g_assert_nonnull (strstr (output, "\"format\":\"otlp\""));
  g_assert_nonnull (strstr (output, "\"findings\":[]"));
}

/* What cannot be taken is a finding, and with --strict a failure. */
static void
test_strict (void)
{
  const char *const arguments[] = { "inspect", "--strict", "--format", "otlp", "-", NULL };
  g_autoptr (GSubprocess) process = spawn (arguments);
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;

  g_assert_cmpint (finish (process, "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"a\",\"sum\":{\"dataPoints\":[{\"asInt\":1}]}}]}]}]}",
                           &output, &errors), ==, 1);
  g_assert_nonnull (strstr (output, "rejected-points"));
  g_assert_nonnull (strstr (errors, "aggregationTemporality is not told"));
}

static void
test_usage (void)
{
  static const char *const cases[][4] = {
    { "inspect", "otlp://10.0.0.1/shop", NULL },
    { "inspect", "--again=1s", "otlp://127.0.0.1/shop", NULL },
    { "watch", "otlp://127.0.0.1:4318/a/b", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GSubprocess) process = spawn (cases[i]);
      g_autofree char *output = NULL;
      g_autofree char *errors = NULL;

      g_assert_cmpint (finish (process, NULL, &output, &errors), ==, 2);
      g_assert_true (g_str_has_prefix (errors, "steelyard-cli: "));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/push/inspect", test_inspect);
  g_test_add_func ("/push/saved", test_saved);
  g_test_add_func ("/push/strict", test_strict);
  g_test_add_func ("/push/usage", test_usage);

  return g_test_run ();
}
