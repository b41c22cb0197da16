/* make-recording.c: a recording of two that differ, for tests of the window from outside
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: make-recording FILE
 * Three minutes on a clock of its own, so that there is enough evidence at once:
 * both answer 200 requests a second, "Orders" 99 of 100 within 50 ms, "Basket" as
 * many within half a second.
 */
#include "config.h"

#include "sy-session.h"
#include "sy-still-source.h"

#define SECONDS 180
#define RATE 200
#define START_US (1000 * SY_USEC_PER_SEC)
#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)

/* Requests of every second that took longer than 25, 50, 100, 250 ms. */
static const guint slower[2][4] = { { 60, 1, 0, 0 }, { 200, 160, 100, 8 } };

static const char *const names[2] = { "Orders", "Basket" };
static const char *const addresses[2] = { "http://127.0.0.1:1/metrics", "http://127.0.0.1:2/metrics" };

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* A second is not quite like the one before. */
static void
say (SyBackend *backend,
     guint      i,
     guint      second)
{
  const guint n = RATE * second;
  const guint apart = second % 7;
  g_autofree char *text = g_strdup_printf (
    "# TYPE http_server_request_duration_seconds histogram\n"
    "http_server_request_duration_seconds_bucket{le=\"0.025\"} %u\n"
    "http_server_request_duration_seconds_bucket{le=\"0.05\"} %u\n"
    "http_server_request_duration_seconds_bucket{le=\"0.1\"} %u\n"
    "http_server_request_duration_seconds_bucket{le=\"0.25\"} %u\n"
    "http_server_request_duration_seconds_bucket{le=\"0.5\"} %u\n"
    "http_server_request_duration_seconds_bucket{le=\"+Inf\"} %u\n"
    "http_server_request_duration_seconds_sum %u.5\n"
    "http_server_request_duration_seconds_count %u\n"
    "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total %u.25\n"
    "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes 41201664\n"
    "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds 1794990000\n",
    second * (RATE - slower[i][0]) + (i == 0 ? apart : 0), second * (RATE - slower[i][1]) + (i == 0 ? 0 : apart),
    second * (RATE - slower[i][2]), second * (RATE - slower[i][3]), n, n, n / (i == 0 ? 50 : 10), n, second);

  sy_still_source_say (SY_STILL_SOURCE (sy_backend_get_source (backend)), text);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyClock) clock = sy_clock_new_manual (START_US, WALL_US);
  g_autoptr (SySession) session = sy_session_new (clock, &error);

  if (argc != 2)
    g_error ("usage: make-recording FILE");

  g_assert_no_error (error);
  sy_session_start_recording (session, argv[1], "Two shops", NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SySource) source = sy_still_source_new (addresses[i], clock);

      g_assert_nonnull (sy_session_add_source (session, source, names[i], &error));
    }

  for (guint second = 0; second < SECONDS; second++)
    {
      for (guint i = 0; i < 2; i++)
        say (sy_session_get (session, i), i, second);
      iterate ();
      sy_clock_advance (clock, SY_USEC_PER_SEC);
      iterate ();
    }

  sy_session_stop_recording (session, &error);
  g_assert_no_error (error);
  return 0;
}
