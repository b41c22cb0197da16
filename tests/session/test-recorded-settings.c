/* test-recorded-settings.c: a recording brings along what its figures depend on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sy-overrides-file.h"
#include "sy-recorded-settings.h"
#include "sy-replay.h"
#include "sy-still-source.h"

#define START_US (9000 * SY_USEC_PER_SEC)
#define WALL_US (G_GINT64_CONSTANT (1795500000) * SY_USEC_PER_SEC)
#define ADDRESS "http://127.0.0.1:8101/metrics"

typedef struct
{
  SyClock   *clock;   /* (owned) */
  SySession *session; /* (owned): with one live backend */
  char      *folder;  /* (owned) */
  char      *path;    /* (owned) */
} Fixture;

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SySource) source = NULL;

  self->clock = sy_clock_new_manual (START_US, WALL_US);
  self->session = sy_session_new (self->clock, &error);
  g_assert_no_error (error);
  source = sy_still_source_new (ADDRESS, self->clock);
  g_assert_nonnull (sy_session_add_source (self->session, source, "Orders", &error));
  self->folder = g_dir_make_tmp ("steelyard-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "r.steelyard", NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_object (&self->session);
  iterate ();
  g_clear_object (&self->clock);
  g_remove (self->path);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

/* Two counters that could be the requests; a person chose the second. */
static void
say (Fixture *self)
{
  SySource *source = sy_backend_get_source (sy_session_get (self->session, 0));

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("# TYPE http_requests_total counter\nhttp_requests_total %u\n"
                                               "# TYPE orders_total counter\norders_total %u\n", 100 * i, 7 * i);

      sy_still_source_say (SY_STILL_SOURCE (source), text);
      iterate ();
      sy_clock_advance (self->clock, SY_USEC_PER_SEC);
      iterate ();
    }
}

/* (transfer full) */
static SyRecording *
finish (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  SyRecording *recording;

  g_assert_true (sy_session_stop_recording (self->session, &error));
  g_assert_no_error (error);
  recording = sy_recording_open (self->path, &error);
  g_assert_no_error (error);
  return recording;
}

/* (transfer full) */
static SyOverrides *
choose_orders (void)
{
  SyOverrides *overrides = sy_overrides_new ();

  sy_overrides_set_role (overrides, "requests", "orders_total");
  return overrides;
}

/* Nothing of it is kept for the address on this machine, and yet it is replayed as it
 * was live; also after a rewind. */
static void
test_overrides (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (GHashTable) table = sy_overrides_table_new ();
  g_autoptr (SyOverrides) overrides = choose_orders ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;
  SyReplay *replay;

  sy_session_adopt_overrides (self->session, table);
  g_assert_nonnull (sy_session_start_recording (self->session, self->path, "day", NULL, &error));
  g_assert_true (sy_session_set_overrides (self->session, sy_session_get (self->session, 0), overrides, &error));
  say (self);
  g_assert_cmpfloat_with_epsilon (sy_backend_get_reading (sy_session_get (self->session, 0))->throughput, 7, 1e-6);
  recording = finish (self);

  replay = sy_replay_new (&error);
  g_assert_no_error (error);
  g_assert_nonnull (sy_replay_add (replay, recording, 0, &error));
  for (guint i = 0; i < 2; i++)
    {
      sy_replay_play (replay, G_MAXINT64);
      g_assert_cmpfloat_with_epsilon (sy_backend_get_reading (sy_session_get (sy_replay_get_session (replay), 0))->throughput, 7, 1e-6);
      g_assert_true (sy_replay_rewind (replay, &error));
    }
  sy_replay_free (replay);
}

/* Also of a backend that left before the end. */
static void
test_left (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GHashTable) table = sy_overrides_table_new ();
  g_autoptr (GHashTable) recorded = NULL;
  g_autoptr (SyOverrides) overrides = choose_orders ();
  g_autoptr (SySource) other = sy_still_source_new ("http://127.0.0.1:8102/metrics", self->clock);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;

  sy_session_adopt_overrides (self->session, table);
  g_assert_nonnull (sy_session_start_recording (self->session, self->path, "day", NULL, &error));
  g_assert_true (sy_session_set_overrides (self->session, sy_session_get (self->session, 0), overrides, &error));
  say (self);
  g_assert_nonnull (sy_session_add_source (self->session, other, "Basket", &error));
  sy_session_remove (self->session, sy_session_get (self->session, 0));
  g_assert_true (sy_session_set_overrides (self->session, sy_session_get (self->session, 0), overrides, &error));
  recording = finish (self);
  recorded = sy_recorded_settings_dup_overrides (recording, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (recorded), ==, 2);
}

/* The last word before the end counts: of the price, and of what was stated. */
static void
test_notes (Fixture       *self,
            gconstpointer  data)
{
  const SyAssumption objective = { 0.25, 0.25, 0.25, SY_EVIDENCE_USER, "stated", NULL };
  SyPriceBook *book = sy_session_get_price_book (self->session);
  const SyPrice *price = sy_price_book_get (book, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyAssumptions) stated = sy_assumptions_new (NULL, &error);
  g_autoptr (SyAssumptions) recorded = NULL;
  g_autoptr (SyRecording) recording = NULL;
  g_autofree char *before = sy_assumptions_dup_text (stated);
  g_autofree char *after = NULL;
  SyAssumption found;

  sy_session_note (self->session, SY_NOTE_ASSUMPTIONS, before);
  sy_session_note (self->session, SY_NOTE_WORKLOAD, "mixed");
  g_assert_nonnull (sy_session_start_recording (self->session, self->path, "day", NULL, &error));
  say (self);
  g_assert_true (sy_assumptions_set (stated, "slo_threshold", &objective, &error));
  after = sy_assumptions_dup_text (stated);
  sy_session_note (self->session, SY_NOTE_ASSUMPTIONS, after);
  g_assert_true (sy_session_set_price (self->session, price->id));
  recording = finish (self);

  g_assert_cmpstr (sy_recording_get_meta (recording, SY_NOTE_PRICE), ==, price->id);
  g_assert_cmpstr (sy_recording_get_meta (recording, SY_NOTE_WORKLOAD), ==, "mixed");
  recorded = sy_recorded_settings_dup_assumptions (recording, &error);
  g_assert_no_error (error);
  g_assert_true (sy_assumptions_get (recorded, "slo_threshold", &found));
  g_assert_cmpfloat (found.value, ==, 0.25);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/recorded-settings/overrides", Fixture, NULL, set_up, test_overrides, tear_down);
  g_test_add ("/recorded-settings/left", Fixture, NULL, set_up, test_left, tear_down);
  g_test_add ("/recorded-settings/notes", Fixture, NULL, set_up, test_notes, tear_down);

  return g_test_run ();
}
