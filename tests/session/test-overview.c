/* test-overview.c: a recording from one end to the other, at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <math.h>

#include "replay-fixture.h"
#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-opening.h"
#include "sy-overview.h"

typedef struct
{
  ReplayFixture  base;
  SyRecording   *recording;  /* (owned) */
  SyRecogniser  *recogniser; /* (owned) */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autofree char *folder = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (GError) error = NULL;

  replay_fixture_set_up (&self->base);
  self->recogniser = sy_recogniser_new_from_directory (folder, &error);
  g_assert_no_error (error);
  self->recording = sy_recording_open (self->base.path, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  sy_recording_unref (self->recording);
  sy_recogniser_unref (self->recogniser);
  replay_fixture_tear_down (&self->base);
}

/* However far apart the places are, rates miss nothing that lies between. */
static void
test_rates (Fixture       *self,
            gconstpointer  data)
{
  static const gint64 steps[] = { 0, 1, 7, 50 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    for (guint side = 0; side < 2; side++)
      {
        const SyRecordedTarget *target = sy_recording_get_target (self->recording, side);
        const gint64 length_us = MAX (target->to_us - target->from_us, steps[i] * SY_OVERVIEW_POINTS * SY_USEC_PER_SEC);
        const SyTimeRange range = { target->from_us, target->from_us + length_us };
        g_autoptr (GError) error = NULL;
        g_autoptr (SyHistory) overview = sy_overview_read (self->recording, side, &range, self->recogniser, NULL, &error);
        SyTimes *times = sy_history_get_times (overview);
        const guint n = sy_times_get_n (times);

        g_assert_no_error (error);
        g_assert_cmpuint (n, <=, REPLAY_SECONDS / MAX (steps[i], 1) + 1);
        g_assert_cmpuint (n, >=, REPLAY_SECONDS / MAX (steps[i], 1) / 2);
        g_assert_cmpint (sy_times_get_first (times), >=, 0);
        g_assert_cmpint (sy_times_get_last (times), <=, target->to_us - target->from_us + SY_USEC_PER_SEC);
        g_assert_cmpfloat_with_epsilon (sy_history_get_mean (overview, SY_QUANTITY_THROUGHPUT, 0, G_MAXINT64), 200, 1);
        g_assert_true (isfinite (sy_history_get_mean (overview, SY_QUANTITY_P99, 0, G_MAXINT64)));
        g_assert_true (isnan (sy_history_get_mean (overview, SY_QUANTITY_COST_PER_HOUR, 0, G_MAXINT64)));
      }
}

/* What nobody answered is a gap, with why. */
static void
test_gap (Fixture       *self,
          gconstpointer  data)
{
  const SyRecordedTarget *target = sy_recording_get_target (self->recording, 1);
  const SyTimeRange range = { target->from_us, target->to_us };
  g_autoptr (GError) error = NULL;
  g_autoptr (SyHistory) overview = sy_overview_read (self->recording, 1, &range, self->recogniser, NULL, &error);
  const GPtrArray *gaps = sy_history_get_gaps (overview);

  g_assert_no_error (error);
  g_assert_cmpuint (gaps->len, ==, 1);
  g_assert_cmpstr (((const SyGapSpan *) g_ptr_array_index (gaps, 0))->message, ==, "refused");
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(SyPlayer **) user_data = sy_opening_finish (result, &error);
  g_assert_no_error (error);
}

/* @seconds between the two answers of which it consists. (transfer full) */
static SyPlayer *
open_of_length (const char *path,
                gint64      seconds)
{
  const SyRecordTarget target = { "a", "Orders", "http://127.0.0.1:1/metrics", SY_USEC_PER_SEC };
  const char *const paths[] = { path, NULL };
  g_autoptr (SyClock) clock = sy_clock_new_manual (SY_USEC_PER_SEC, SY_USEC_PER_SEC);
  g_autoptr (GError) why = g_error_new_literal (SY_ERROR, SY_ERROR_CONNECT, "refused");
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecorder) recorder = sy_recorder_new (path, clock, NULL, &error);
  SyPlayer *player = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (sy_recorder_add_target (recorder, &target), ==, 0);
  for (gint64 i = 0; i < 2; i++)
    {
      const gint64 time_us = (1 + i * seconds) * SY_USEC_PER_SEC;
      const SyRecordEntry entry = { .moment = { .monotonic_us = time_us, .answered_us = time_us, .wall_us = time_us }, .error = why };

      sy_recorder_add (recorder, &entry);
    }
  g_assert_true (sy_recorder_finish (recorder, &error));

  sy_opening_start (paths, clock, NULL, opened_cb, &player);
  while (player == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_remove (path), ==, 0);
  return player;
}

/* What is opened has one where the charts do not show all at a time. */
static void
test_opening (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (self->base.folder, "long.steelyard", NULL);
  g_autoptr (SyPlayer) brief = open_of_length (path, 599);
  g_autoptr (SyPlayer) lengthy = open_of_length (path, 700);
  SyHistory *overview = sy_player_get_overview (lengthy, 0);

  g_assert_null (sy_player_get_overview (brief, 0));
  g_assert_nonnull (overview);
  g_assert_null (sy_player_get_overview (lengthy, 1));
  g_assert_cmpuint (sy_times_get_n (sy_history_get_times (overview)), ==, 2);
  g_assert_cmpint (sy_times_get_first (sy_history_get_times (overview)), ==, 0);
  g_assert_cmpint (sy_times_get_last (sy_history_get_times (overview)), ==, sy_player_get_length (lengthy));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/overview/rates", Fixture, NULL, set_up, test_rates, tear_down);
  g_test_add ("/overview/gap", Fixture, NULL, set_up, test_gap, tear_down);
  g_test_add ("/overview/opening", Fixture, NULL, set_up, test_opening, tear_down);
  return g_test_run ();
}
