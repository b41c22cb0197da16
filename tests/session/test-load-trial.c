/* test-load-trial.c: a trial with a generator that is a formula, and a clock turned by hand
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-load-plan.h"
#include "sy-load-trial.h"
#include "sy-still-source.h"
#include "sy-workload-book.h"

#define START_US (1000 * SY_USEC_PER_SEC)
#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)

typedef struct
{
  SyClock     *clock;
  SyBackend   *backends[2];
  SyLoadTrial *trial;
  guint        n_steps;
  guint        stop_after;
  double       progress;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  static const char *const addresses[] = { "http://127.0.0.1:8101/metrics", "http://127.0.0.1:8102/metrics" };
  g_autofree char *folder = sy_datadir_build_path ("recognisers", NULL);
  g_autofree char *fake = g_test_build_filename (G_TEST_DIST, "session", "fake-drive.sh", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecogniser) recogniser = sy_recogniser_new_from_directory (folder, &error);

  g_assert_no_error (error);
  g_setenv ("STEELYARD_CLI", fake, TRUE);
  g_unsetenv ("FAKE_DRIVE");
  f->clock = sy_clock_new_manual (START_US, WALL_US);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SySource) source = sy_still_source_new (addresses[i], f->clock);

      f->backends[i] = sy_backend_new (i == 0 ? "one" : "two", source, recogniser);
    }
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_clear_object (&f->trial);
  for (guint i = 0; i < 2; i++)
    g_clear_object (&f->backends[i]);
  g_clear_object (&f->clock);
}

/* What the pause after a step waits for. */
static gboolean
advance_cb (gpointer user_data)
{
  Fixture *f = user_data;

  sy_clock_advance (f->clock, 10 * SY_USEC_PER_SEC);
  return G_SOURCE_REMOVE;
}

static void
step_cb (SyLoadTrial *trial,
         Fixture     *f)
{
  f->n_steps++;
  if (f->n_steps == f->stop_after)
    sy_load_trial_stop (trial);
  g_idle_add (advance_cb, f);
}

static void
progress_cb (SyLoadTrial *trial,
             GParamSpec  *pspec,
             Fixture     *f)
{
  f->progress = sy_load_trial_get_progress (trial);
  g_assert_cmpfloat (f->progress, >=, 0);
  g_assert_cmpfloat (f->progress, <=, 1);
}

static void
make (Fixture   *f,
      SyBackend *b)
{
  g_autoptr (GError) error = NULL;

  f->trial = sy_load_trial_new (f->clock, f->backends[0], b, "mobile-api", TRUE, &error);
  g_assert_no_error (error);
  g_signal_connect (f->trial, "step", G_CALLBACK (step_cb), f);
  g_signal_connect (f->trial, "notify::progress", G_CALLBACK (progress_cb), f);
}

static void
run (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  sy_load_trial_start (f->trial, &error);
  g_assert_no_error (error);
  while (sy_load_trial_get_state (f->trial) == SY_TRIAL_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_whole (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (SyLoadConclusion) conclusion = NULL;
  SyLoadCapacity capacity;

  make (f, f->backends[1]);
  g_assert_null (sy_load_trial_needs_consent (f->trial));
  run (f);

  g_assert_cmpint (sy_load_trial_get_state (f->trial), ==, SY_TRIAL_DONE);
  g_assert_cmpfloat (f->progress, ==, 1);
  g_assert_cmpuint (f->n_steps, ==, sy_load_protocol_get_steps (sy_load_trial_get_protocol (f->trial))->len);
  capacity = sy_load_protocol_get_capacity (sy_load_trial_get_protocol (f->trial), 0);
  g_assert_cmpint (capacity.state, ==, SY_CAPACITY_MEASURED);
  g_assert_cmpfloat (capacity.low, <, 500);
  g_assert_cmpfloat (capacity.high, >, 500);

  conclusion = sy_load_trial_conclude (f->trial);
  g_assert_cmpint (conclusion->state, ==, SY_VERDICT_A_AHEAD);
  g_assert_cmpfloat_with_epsilon (conclusion->levels[0].effect.ratio, 2.0 / 3, 1e-6);
  g_assert_cmpint (sy_load_trial_get_basis (f->trial), ==, SY_TRIAL_EQUAL_TIME);
}

static void
test_stop (Fixture       *f,
           gconstpointer  data)
{
  make (f, f->backends[1]);
  f->stop_after = 3;
  run (f);

  g_assert_cmpint (sy_load_trial_get_state (f->trial), ==, SY_TRIAL_STOPPED);
  g_assert_cmpuint (sy_load_protocol_get_steps (sy_load_trial_get_protocol (f->trial))->len, ==, 3);
  g_assert_cmpint (sy_load_trial_get_remaining (f->trial), ==, 0);
}

/* Ending it while the generator runs ends the generator. */
static void
test_dispose (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  make (f, f->backends[1]);
  sy_load_trial_start (f->trial, &error);
  g_assert_no_error (error);
  g_clear_object (&f->trial);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_same (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (SyLoadConclusion) conclusion = NULL;

  make (f, NULL);
  run (f);
  conclusion = sy_load_trial_conclude (f->trial);
  g_assert_true (conclusion->same);
  g_assert_cmpfloat_with_epsilon (conclusion->noise, 0, 1e-9);
}

static void
test_failures (Fixture       *f,
               gconstpointer  data)
{
  static const struct { const char *mode; const char *says; } cases[] = {
    { "fail", "no luck" }, { "nonsense", "no result" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_setenv ("FAKE_DRIVE", cases[i].mode, TRUE);
      make (f, f->backends[1]);
      run (f);
      g_assert_cmpint (sy_load_trial_get_state (f->trial), ==, SY_TRIAL_FAILED);
      g_assert_nonnull (strstr (sy_load_trial_get_error (f->trial)->message, cases[i].says));
      g_clear_object (&f->trial);
    }
}

static void
test_consent (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *folder = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (SyRecogniser) recogniser = sy_recogniser_new_from_directory (folder, NULL);
  g_autoptr (SySource) source = sy_still_source_new ("http://other.example/metrics", f->clock);
  g_autoptr (SyBackend) other = sy_backend_new ("other", source, recogniser);
  g_autoptr (GError) error = NULL;

  make (f, other);
  g_assert_cmpstr (sy_load_trial_needs_consent (f->trial), ==, "http://other.example:80");
  g_assert_false (sy_load_trial_start (f->trial, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  g_assert_cmpint (sy_load_trial_get_state (f->trial), ==, SY_TRIAL_READY);

  sy_load_trial_add_consent (f->trial, "http://other.example:80");
  g_assert_null (sy_load_trial_needs_consent (f->trial));
}

/* A limit of a person's choice, within the caps; the fake carries 500. */
static void
test_limit (Fixture       *f,
            gconstpointer  data)
{
  const GPtrArray *steps;

  make (f, f->backends[1]);
  sy_load_trial_limit_rate (f->trial, 1e9);
  g_assert_cmpfloat (sy_load_protocol_get_plan (sy_load_trial_get_protocol (f->trial))->max_rate, <=, SY_LOAD_MAX_RATE);
  sy_load_trial_limit_rate (f->trial, 100);
  g_assert_cmpfloat (sy_load_protocol_get_plan (sy_load_trial_get_protocol (f->trial))->max_rate, <=, 100);
  run (f);

  steps = sy_load_protocol_get_steps (sy_load_trial_get_protocol (f->trial));
  g_assert_cmpuint (steps->len, >, 0);
  for (guint i = 0; i < steps->len; i++)
    g_assert_cmpfloat (((SyLoadStep *) g_ptr_array_index (steps, i))->throughput, <=, 101);
  g_assert_cmpint (sy_load_protocol_get_limit (sy_load_trial_get_protocol (f->trial), 0), ==, SY_LOAD_HOLDS);
}

static void
test_book (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) book = sy_workload_book_read (&error);

  g_assert_no_error (error);
  g_assert_cmpuint (book->len, ==, 11);
}

#define ADD(name, func) g_test_add ("/session/load-trial/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("whole", test_whole);
  ADD ("stop", test_stop);
  ADD ("dispose", test_dispose);
  ADD ("same", test_same);
  ADD ("failures", test_failures);
  ADD ("consent", test_consent);
  ADD ("limit", test_limit);
  g_test_add_func ("/session/load-trial/book", test_book);

  return g_test_run ();
}
