/* test-recording-sketch.c: what is shown of a recording among other files
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "replay-fixture.h"
#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-recording-sketch.h"

typedef struct
{
  ReplayFixture replay;
  SyRecording  *recording;  /* (owned) */
  SyRecogniser *recogniser; /* (owned) */
  SyClock      *clock;      /* (owned): stands at 1000 */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autofree char *folder = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (GError) error = NULL;

  replay_fixture_set_up (&self->replay);
  self->recording = sy_recording_open (self->replay.path, &error);
  g_assert_no_error (error);
  self->recogniser = sy_recogniser_new (folder, NULL, &error);
  g_assert_no_error (error);
  self->clock = sy_clock_new_manual (1000, 0);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  sy_recording_unref (self->recording);
  g_object_unref (self->clock);
  sy_recogniser_unref (self->recogniser);
  replay_fixture_tear_down (&self->replay);
}

static double
find_median (const GArray *line)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < line->len; i++)
    {
      const double value = g_array_index (line, SyThumbnailPoint, i).value;
      guint at = 0;

      if (isnan (value))
        continue;
      while (at < values->len && g_array_index (values, double, at) < value)
        at++;
      g_array_insert_val (values, at, value);
    }

  g_assert_cmpuint (values->len, >, 50);
  return g_array_index (values, double, values->len / 2);
}

/* Both in about a hundred points, in order, B above A, and a gap where nobody answered. */
static void
test_lines (Fixture       *self,
            gconstpointer  data)
{
  g_auto (SyRecordingSketch) sketch = { { NULL } };
  g_autoptr (GError) error = NULL;
  guint n_gaps = 0;

  g_assert_true (sy_recording_sketch_read (self->recording, self->recogniser, self->clock, 1001, &sketch, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < SY_THUMBNAIL_LINES; i++)
    {
      double at = -1;

      g_assert_cmpuint (sketch.lines[i]->len, <, 110);
      for (guint k = 0; k < sketch.lines[i]->len; k++)
        {
          const SyThumbnailPoint *point = &g_array_index (sketch.lines[i], SyThumbnailPoint, k);

          g_assert_cmpfloat (point->at, >, at);
          g_assert_cmpfloat (point->at, <=, 1);
          at = point->at;
          if (i == 1 && isnan (point->value) && k > 0)
            {
              g_assert_cmpfloat_with_epsilon (point->at, REPLAY_GAP_AT / (double) REPLAY_SECONDS, 0.02);
              n_gaps++;
            }
        }
      g_assert_cmpfloat (at, >, 0.95);
    }

  g_assert_cmpuint (n_gaps, ==, 1);
  g_assert_cmpfloat (find_median (sketch.lines[1]), >, find_median (sketch.lines[0]));
}

/* The time is over before anything was read. */
static void
test_late (Fixture       *self,
           gconstpointer  data)
{
  g_auto (SyRecordingSketch) sketch = { { NULL } };
  g_autoptr (GError) error = NULL;

  g_assert_false (sy_recording_sketch_read (self->recording, self->recogniser, self->clock, 1000, &sketch, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_EMPTY);
  g_assert_null (sketch.lines[0]);
}

/* Whatever the lines hold, a picture comes of it. */
static void
test_any_line (void)
{
  const double values[] = { NAN, INFINITY, -INFINITY, -1, 0, 1e-300, 1e300, 3 };
  g_autoptr (GArray) line = g_array_new (FALSE, FALSE, sizeof (SyThumbnailPoint));
  g_autoptr (GArray) empty = g_array_new (FALSE, FALSE, sizeof (SyThumbnailPoint));
  GArray *const sides[] = { NULL, empty, line };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      const SyThumbnailPoint points[] = { { values[i], 2 }, { 0.5, values[i] } };

      g_array_append_vals (line, points, G_N_ELEMENTS (points));
    }

  for (guint a = 0; a < G_N_ELEMENTS (sides); a++)
    for (guint b = 0; b < G_N_ELEMENTS (sides); b++)
      {
        GArray *const lines[SY_THUMBNAIL_LINES] = { sides[a], sides[b] };
        g_autoptr (GBytes) png = sy_thumbnail_draw (lines, 64);

        g_assert_cmpuint (g_bytes_get_size (png), >, 100);
        g_assert_cmpmem (g_bytes_get_data (png, NULL), 4, "\x89PNG", 4);
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/recording-sketch/lines", Fixture, NULL, set_up, test_lines, tear_down);
  g_test_add ("/recording-sketch/late", Fixture, NULL, set_up, test_late, tear_down);
  g_test_add_func ("/recording-sketch/any-line", test_any_line);
  return g_test_run ();
}
