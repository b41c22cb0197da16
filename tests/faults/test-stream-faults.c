/* test-stream-faults.c: what goes wrong with a stream has a name, costs little, and costs nobody else
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-error.h"
#include "sy-source-fixture.h"

#define HEALTHY_SCRAPES 3
#define MAX_MESSAGE_CHARS 240
#define MAX_GROWTH_KIB (64 * 1024)

typedef struct
{
  const char   *kind;
  const char   *path;
  int           code;
  SySourceState state;
} Case;

static const Case cases[] = {
  { "sse", "/sse/cut", SY_ERROR_TRUNCATED, SY_SOURCE_RETRYING },
  { "sse", "/sse/closing", SY_ERROR_TRUNCATED, SY_SOURCE_RETRYING },
  { "sse", "/sse/silent", SY_ERROR_DEADLINE, SY_SOURCE_RETRYING },
  { "sse", "/sse/204", SY_ERROR_HTTP_STATUS, SY_SOURCE_BLOCKED },
  { "sse", "/sse/401", SY_ERROR_HTTP_STATUS, SY_SOURCE_BLOCKED },
  { "sse", "/sse/302", SY_ERROR_REDIRECT_BLOCKED, SY_SOURCE_BLOCKED },
  { "sse", "/sse/500", SY_ERROR_HTTP_STATUS, SY_SOURCE_RETRYING },
  { "sse", "/sse/html", SY_ERROR_FORMAT, SY_SOURCE_RETRYING },
  { "sse", "/ok", SY_ERROR_FORMAT, SY_SOURCE_RETRYING },
  { "sse", "/sse/packed", SY_ERROR_UNSUPPORTED_ENCODING, SY_SOURCE_RETRYING },
  { "sse", "/sse/flood", SY_ERROR_FLOOD, SY_SOURCE_RETRYING },
  { "sse", "/sse/endless-event", SY_ERROR_BODY_TOO_LARGE, SY_SOURCE_RETRYING },
  { "sse", "/sse/endless-line", SY_ERROR_BODY_TOO_LARGE, SY_SOURCE_RETRYING },
  { "sse", "/sse/foreign", SY_ERROR_FORMAT, SY_SOURCE_RETRYING },
  { "sse", "/stall", SY_ERROR_DEADLINE, SY_SOURCE_RETRYING },
  { "sse", "/slow-head", SY_ERROR_DEADLINE, SY_SOURCE_RETRYING },
  { "sse", "/endless-continue", SY_ERROR_PROTOCOL, SY_SOURCE_RETRYING },
  { "ws", "/ws/bad-key", SY_ERROR_PROTOCOL, SY_SOURCE_RETRYING },
  { "ws", "/ws/200", SY_ERROR_HTTP_STATUS, SY_SOURCE_RETRYING },
  { "ws", "/ws/302", SY_ERROR_REDIRECT_BLOCKED, SY_SOURCE_BLOCKED },
  { "ws", "/ws/401", SY_ERROR_HTTP_STATUS, SY_SOURCE_BLOCKED },
  { "ws", "/ws/503", SY_ERROR_HTTP_STATUS, SY_SOURCE_RETRYING },
  { "ws", "/ws/garbage", SY_ERROR_PROTOCOL, SY_SOURCE_RETRYING },
  { "ws", "/ws/endless-head", SY_ERROR_HEADERS_TOO_LARGE, SY_SOURCE_RETRYING },
  { "ws", "/ws/stalled-head", SY_ERROR_DEADLINE, SY_SOURCE_RETRYING },
  { "ws", "/ws/masked", SY_ERROR_PROTOCOL, SY_SOURCE_RETRYING },
  { "ws", "/ws/reserved-bit", SY_ERROR_PROTOCOL, SY_SOURCE_RETRYING },
  { "ws", "/ws/reserved-opcode", SY_ERROR_PROTOCOL, SY_SOURCE_RETRYING },
  { "ws", "/ws/long-control", SY_ERROR_PROTOCOL, SY_SOURCE_RETRYING },
  { "ws", "/ws/split-control", SY_ERROR_PROTOCOL, SY_SOURCE_RETRYING },
  { "ws", "/ws/long-length", SY_ERROR_PROTOCOL, SY_SOURCE_RETRYING },
  { "ws", "/ws/huge-length", SY_ERROR_PROTOCOL, SY_SOURCE_RETRYING },
  { "ws", "/ws/large-frame", SY_ERROR_BODY_TOO_LARGE, SY_SOURCE_RETRYING },
  { "ws", "/ws/bad-text", SY_ERROR_DECODE, SY_SOURCE_RETRYING },
  { "ws", "/ws/split-text", SY_ERROR_DECODE, SY_SOURCE_RETRYING },
  { "ws", "/ws/interleaved", SY_ERROR_PROTOCOL, SY_SOURCE_RETRYING },
  { "ws", "/ws/continuation", SY_ERROR_PROTOCOL, SY_SOURCE_RETRYING },
  { "ws", "/ws/close-1005", SY_ERROR_PROTOCOL, SY_SOURCE_RETRYING },
  { "ws", "/ws/close-999", SY_ERROR_PROTOCOL, SY_SOURCE_RETRYING },
  { "ws", "/ws/close-65535", SY_ERROR_PROTOCOL, SY_SOURCE_RETRYING },
  { "ws", "/ws/half-close", SY_ERROR_PROTOCOL, SY_SOURCE_RETRYING },
  { "ws", "/ws/close-1001", SY_ERROR_TRUNCATED, SY_SOURCE_RETRYING },
  { "ws", "/ws/close-4001", SY_ERROR_TRUNCATED, SY_SOURCE_BLOCKED },
  { "ws", "/ws/half-frame", SY_ERROR_DEADLINE, SY_SOURCE_RETRYING },
  { "ws", "/ws/quiet", SY_ERROR_DEADLINE, SY_SOURCE_RETRYING },
  { "ws", "/ws/endless-fragments", SY_ERROR_BODY_TOO_LARGE, SY_SOURCE_RETRYING },
  { "ws", "/ws/flood", SY_ERROR_FLOOD, SY_SOURCE_RETRYING },
  { "ws", "/ws/ping-flood", SY_ERROR_FLOOD, SY_SOURCE_RETRYING },
  { "ws", "/ws/dropped", SY_ERROR_RESET, SY_SOURCE_RETRYING },
  { "ws", "/reset", SY_ERROR_RESET, SY_SOURCE_RETRYING },
  { "ws", "/close", SY_ERROR_RESET, SY_SOURCE_RETRYING },
};

static SyFaultServer *server;
static SyClock *clock_;

static guint64
peak_kib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = status != NULL ? strstr (status, "VmHWM:") : NULL;
  return line != NULL ? g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) : 0;
}

/* It says where and what, in one line that is safe to show. */
static void
check_message (const char *message)
{
  g_assert_nonnull (strstr (message, "127.0.0.1:"));
  g_assert_cmpint (g_utf8_strlen (message, -1), <=, MAX_MESSAGE_CHARS);
  for (const char *p = message; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  const guint64 before_kib = peak_kib ();
  SySource *good = sy_fixture_source_new (server, clock_, "http", "/ok");
  SySource *bad = sy_fixture_source_new (server, clock_, one->kind, one->path);
  guint64 n_before;

  sy_source_start (good);
  sy_fixture_wait_state (good, SY_SOURCE_LIVE);
  n_before = sy_source_get_n_scrapes (good);

  sy_source_start (bad);
  sy_fixture_wait_error (bad);
  sy_fixture_wait_scrapes (good, n_before + HEALTHY_SCRAPES);
  sy_fixture_wait_error (bad);

  g_assert_error (sy_source_get_error (bad), SY_ERROR, one->code);
  g_assert_cmpint (sy_source_get_state (bad), ==, one->state);
  g_assert_cmpint (sy_source_get_failing_since (bad), >, 0);
  check_message (sy_source_get_error (bad)->message);
  g_assert_cmpuint (sy_source_get_n_failures (good), ==, 0);

  g_assert_finalize_object (bad);
  g_assert_finalize_object (good);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (peak_kib () - before_kib, <, MAX_GROWTH_KIB);
#else
  (void) before_kib;
#endif
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

/* A hundred streams come and go; the server's own threads are left some room. */
static void
test_no_leak (void)
{
  static const Case some[] = { { "sse", "/sse/ok" }, { "ws", "/ws/ok" }, { "sse", "/sse/500" }, { "ws", "/ws/bad-key" } };
  guint threads = 0, files = 0;

  for (guint i = 0; i < 100; i++)
    {
      const Case *one = &some[i % G_N_ELEMENTS (some)];
      SySource *source = sy_fixture_source_new (server, clock_, one->kind, one->path);

      sy_source_start (source);
      if (i % 3 == 0)
        sy_fixture_wait_scrapes (source, 1);
      g_assert_finalize_object (source);

      if (i == 20)
        {
          threads = n_entries ("/proc/self/task");
          files = n_entries ("/proc/self/fd");
        }
    }

  g_assert_cmpuint (n_entries ("/proc/self/task"), <=, threads + 12);
  g_assert_cmpuint (n_entries ("/proc/self/fd"), <=, files + 24);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = sy_fault_server_new ();
  clock_ = sy_clock_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/stream-faults/%s%s", cases[i].kind, cases[i].path);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/stream-faults/no-leak", test_no_leak);

  status = g_test_run ();
  g_object_unref (clock_);
  sy_fault_server_free (server);
  return status;
}
