/* replay-fixture.c: a recording of two backends, and what was said while it was made
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "replay-fixture.h"

#include <glib/gstdio.h>

#include "sy-error.h"
#include "sy-session.h"
#include "sy-still-source.h"
#include "sy-weighing.h"

#define START_US (1000 * SY_USEC_PER_SEC)
#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* 200 requests/s, and one every second of them slow; B's others are slower. */
static void
say (SyBackend *backend,
     guint      i,
     guint      second)
{
  const guint n = 200 * second;
  const guint fast = n - second * (i == 0 ? 1 : 60) - (second % 7);
  g_autofree char *text = g_strdup_printf (
    "# TYPE http_server_request_duration_seconds histogram\n"
    "http_server_request_duration_seconds_bucket{le=\"0.01\"} %u\n"
    "http_server_request_duration_seconds_bucket{le=\"0.1\"} %u\n"
    "http_server_request_duration_seconds_bucket{le=\"+Inf\"} %u\n"
    "http_server_request_duration_seconds_sum %u.5\n"
    "http_server_request_duration_seconds_count %u\n"
    "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total %u.25\n"
    "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds 1794990000\n", fast, n, n, n / 50, n, second);

  sy_still_source_say (SY_STILL_SOURCE (sy_backend_get_source (backend)), text);
}

static void
live (ReplayFixture *self,
      SySession     *session)
{
  SyClock *clock = sy_session_get_clock (session);
  g_autoptr (SyWeighing) weighing = sy_weighing_new (clock, sy_session_get (session, 0), sy_session_get (session, 1));

  for (guint second = 0; second < REPLAY_SECONDS; second++)
    {
      for (guint i = 0; i < 2; i++)
        if (second == REPLAY_GAP_AT && i == 1)
          sy_still_source_fail (SY_STILL_SOURCE (sy_backend_get_source (sy_session_get (session, i))), SY_ERROR_CONNECT, "refused", 0);
        else
          say (sy_session_get (session, i), i, second);
      iterate ();
      sy_clock_advance (clock, SY_USEC_PER_SEC);
      iterate ();
    }

  sy_weighing_flush (weighing);
  self->live = sy_verdict_copy (sy_weighing_get_verdict (weighing));
  for (guint i = 0; i < 2; i++)
    self->last[i] = sy_backend_get_reading (sy_session_get (session, i))->throughput;
}

void
replay_fixture_set_up (ReplayFixture *self)
{
  static const char *const addresses[] = { "http://127.0.0.1:1/metrics", "http://127.0.0.1:2/metrics" };
  g_autoptr (GError) error = NULL;
  g_autoptr (SyClock) clock = sy_clock_new_manual (START_US, WALL_US);
  g_autoptr (SySession) session = sy_session_new (clock, &error);

  g_assert_no_error (error);
  self->folder = g_dir_make_tmp ("replay-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "r.steelyard", NULL);
  sy_session_start_recording (session, self->path, "r", NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SySource) source = sy_still_source_new (addresses[i], clock);

      g_assert_nonnull (sy_session_add_source (session, source, i == 0 ? "one" : "two", &error));
    }

  live (self, session);
  sy_session_stop_recording (session, &error);
  g_assert_no_error (error);
}

void
replay_fixture_tear_down (ReplayFixture *self)
{
  g_remove (self->path);
  g_rmdir (self->folder);
  sy_verdict_free (self->live);
  g_free (self->path);
  g_free (self->folder);
}
