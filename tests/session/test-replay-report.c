/* test-replay-report.c: a recording replayed is decided and reported as the live session was
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both are whole sessions with an appraisal; the live one hears what the test says,
 * and records it.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sy-appraisal.h"
#include "sy-decision-json.h"
#include "sy-replay.h"
#include "sy-report-form.h"
#include "sy-still-source.h"

#define START_US (1000 * SY_USEC_PER_SEC)
#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)
#define SECONDS 150

typedef struct
{
  char          *folder;      /* (owned) */
  char          *path;        /* (owned): of the recording */
  SyClock       *pace;        /* (owned): decisions wait by it */
  SyAssumptions *assumptions; /* (owned) */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  const SyAssumption threshold = { 0.05, 0.05, 0.05, SY_EVIDENCE_USER, "a test" };
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("report-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "r.steelyard", NULL);
  self->pace = sy_clock_new_manual (0, 0);
  self->assumptions = sy_assumptions_new (NULL, &error);
  g_assert_no_error (error);
  g_assert_true (sy_assumptions_set (self->assumptions, "slo_threshold", &threshold, &error));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_object (&self->assumptions);
  g_clear_object (&self->pace);
  g_unlink (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
}

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* B is slower, spends more, fails now and then and restarts once. */
static void
say (SyBackend *backend,
     guint      side,
     guint      second)
{
  const guint since = side == 1 && second >= 20 ? second - 20 : second;
  const guint n = 200 * since + (since * (side + 3)) % 5;
  g_autofree char *text = g_strdup_printf (
    "# TYPE http_server_request_duration_seconds histogram\n"
    "http_server_request_duration_seconds_bucket{le=\"0.01\"} %u\n"
    "http_server_request_duration_seconds_bucket{le=\"0.05\"} %u\n"
    "http_server_request_duration_seconds_bucket{le=\"0.2\"} %u\n"
    "http_server_request_duration_seconds_bucket{le=\"+Inf\"} %u\n"
    "http_server_request_duration_seconds_sum %.3f\n"
    "http_server_request_duration_seconds_count %u\n"
    "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total %.2f\n"
    "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes %u\n"
    "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds %u\n",
    n / (side + 2), n - n / (40 - 20 * side), n - n / 100, n, n * (0.012 + 0.011 * side), n, since * (0.25 + 0.5 * side),
    40000000 + 1000 * since, 1794990000 + (side == 1 && second >= 20 ? 5000 : 0));

  sy_still_source_say (SY_STILL_SOURCE (sy_backend_get_source (backend)), text);
}

/* The day of the making alone may differ: when it was measured is evidence. */
static char *
without_making (const char *text)
{
  g_autoptr (GRegex) making = g_regex_new ("\"generated\":\"[^\"]*\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_assert_true (g_regex_match (making, text, 0, &match));
  return g_regex_replace_literal (making, text, -1, 0, "\"generated\":\"2026-11-27T00:00:00Z\"", 0, NULL);
}

/* The decision on what @session has said until now. (transfer full) */
static char *
decide (Fixture     *self,
        SyAppraisal *appraisal)
{
  g_autofree char *json = NULL;

  sy_weighing_flush (sy_appraisal_get_weighing (appraisal));
  sy_clock_advance (self->pace, SY_APPRAISAL_SPACING_US);
  while (sy_appraisal_is_busy (appraisal))
    if (!g_main_context_iteration (NULL, FALSE))
      {
        sy_clock_advance (self->pace, SY_APPRAISAL_SPACING_US);
        g_main_context_iteration (NULL, TRUE);
      }

  g_assert_no_error (sy_appraisal_get_error (appraisal));
  g_assert_nonnull (sy_appraisal_get_decision (appraisal));
  g_assert_nonnull (sy_appraisal_get_decision (appraisal)->verdict);
  g_assert_cmpuint (sy_appraisal_get_decision (appraisal)->verdict->time.n_windows, >, 8);
  json = sy_decision_to_json (sy_appraisal_get_decision (appraisal));
  return without_making (json);
}

/* (transfer full) */
static char *
decide_live (Fixture *self)
{
  static const char *const addresses[] = { "http://127.0.0.1:1/metrics", "http://127.0.0.1:2/metrics" };
  g_autoptr (GError) error = NULL;
  g_autoptr (SyClock) clock = sy_clock_new_manual (START_US, WALL_US);
  g_autoptr (SySession) session = sy_session_new (clock, &error);
  g_autoptr (SyAppraisal) appraisal = sy_appraisal_new_for_session (session, self->assumptions);
  g_autofree char *decision = NULL;

  sy_appraisal_set_pace (appraisal, self->pace);
  g_assert_nonnull (sy_session_start_recording (session, self->path, "r", NULL, &error));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SySource) source = sy_still_source_new (addresses[i], clock);

      g_assert_nonnull (sy_session_add_source (session, source, i == 0 ? "one" : "two", &error));
    }

  for (guint second = 0; second < SECONDS; second++)
    {
      for (guint i = 0; i < 2; i++)
        say (sy_session_get (session, i), i, second);
      iterate ();
      sy_clock_advance (clock, SY_USEC_PER_SEC);
      iterate ();
    }

  decision = decide (self, appraisal);
  g_assert_true (sy_session_stop_recording (session, &error));
  return g_steal_pointer (&decision);
}

/* (transfer full) */
static char *
decide_replayed (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = sy_recording_open (self->path, &error);
  g_autoptr (SyReplay) replay = sy_replay_new (&error);
  g_autoptr (SyAppraisal) appraisal = sy_appraisal_new_for_session (sy_replay_get_session (replay), self->assumptions);

  sy_appraisal_set_pace (appraisal, self->pace);
  for (guint i = 0; i < 2; i++)
    g_assert_nonnull (sy_replay_add (replay, recording, i, &error));
  sy_replay_play (replay, G_MAXINT64);
  return decide (self, appraisal);
}

static void
assert_same_reports (const char *live,
                     const char *replayed)
{
  for (guint form = 0; form < SY_N_REPORT_FORMS; form++)
    {
      const SyReportOptions options = { (SyReportForm) form, SY_REPORT_PAPER_A4, TRUE };
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) first = sy_report_write (live, strlen (live), &options, &error);
      g_autoptr (GBytes) second = sy_report_write (replayed, strlen (replayed), &options, &error);

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (first, second));
    }
}

static void
test_same (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *live = decide_live (self);
  g_autofree char *replayed = decide_replayed (self);

  g_assert_cmpstr (live, ==, replayed);
  g_assert_nonnull (strstr (live, "\"ratio\""));
  g_assert_nonnull (strstr (live, "\"function\":\"confidence_sequence\""));
  g_assert_nonnull (strstr (live, "\"from_\":\"2026-11-18T"));
  assert_same_reports (live, replayed);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/replay-report/same", Fixture, NULL, set_up, test_same, tear_down);
  return g_test_run ();
}
