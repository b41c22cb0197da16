/* test-weighing.c: from scrapes of two backends to a verdict, with a clock that stands still
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-generator-report.h"
#include "sy-random.h"
#include "sy-still-source.h"
#include "sy-weighing.h"

#define START_US (1000 * SY_USEC_PER_SEC)
#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)

#define NAME "http_server_request_duration_seconds"
#define TYPE "# TYPE " NAME " histogram\n"

static const double bounds[] = { 0.01, 0.02, 0.03, 0.05, 0.1, 0.2 };

typedef struct
{
  SyBackend *backend;  /* (owned) */
  double     counts[G_N_ELEMENTS (bounds) + 1]; /* cumulative over time */
  double     sum;
  double     cpu;
  double     started;  /* wall seconds */
  double     scale;    /* of its latencies */
  double     rate;
  gboolean   permuted; /* its labels and lines come in another order */
} Side;

typedef struct
{
  SyClock    *clock;
  SyWeighing *weighing;
  Side        sides[2];
  SyRandom    random;
  guint       n_revisions;
  gboolean    without_histogram; /* a summary of sum and count alone */
} Fixture;

static void
revision_cb (SyWeighing *weighing,
             GParamSpec *pspec,
             Fixture    *f)
{
  f->n_revisions++;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  static const char *const addresses[] = { "http://a.example/metrics", "http://b.example/metrics" };
  g_autofree char *folder = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecogniser) recogniser = sy_recogniser_new_from_directory (folder, &error);

  g_assert_no_error (error);
  f->clock = sy_clock_new_manual (START_US, WALL_US);
  sy_random_init (&f->random, 7, 7);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SySource) source = sy_still_source_new (addresses[i], f->clock);

      f->sides[i] = (Side) { .started = (double) WALL_US / SY_USEC_PER_SEC - 3600, .scale = 1, .rate = 200 };
      f->sides[i].backend = sy_backend_new (i == 0 ? "one" : "two", source, recogniser);
      sy_source_start (source);
    }

  f->weighing = sy_weighing_new (f->clock, f->sides[0].backend, f->sides[1].backend);
  g_signal_connect (f->weighing, "notify::revision", G_CALLBACK (revision_cb), f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_clear_object (&f->weighing);
  for (guint i = 0; i < 2; i++)
    g_clear_object (&f->sides[i].backend);
  g_clear_object (&f->clock);
}

/* A second of requests: 15 ms and an exponential tail. */
static void
work (Fixture *f,
      Side    *side)
{
  for (guint i = 0; i < side->rate; i++)
    {
      const double latency = side->scale * (0.015 + sy_random_exponential (&f->random, 0.01));
      guint j = 0;

      while (j < G_N_ELEMENTS (bounds) && latency > bounds[j])
        j++;
      side->counts[j]++;
      side->sum += latency;
    }
  side->cpu += 0.001 * side->rate;
}

static void
say (Fixture *f,
     Side    *side)
{
  g_autoptr (GString) text = g_string_new (f->without_histogram ? "# TYPE " NAME " summary\n" : TYPE);
  SySource *source = sy_backend_get_source (side->backend);
  double cumulative = 0;

  for (guint i = 0; i <= G_N_ELEMENTS (bounds); i++)
    {
      g_autofree char *bound = i < G_N_ELEMENTS (bounds) ? g_strdup_printf ("%g", bounds[i]) : g_strdup ("+Inf");

      cumulative += side->counts[i];
      if (f->without_histogram)
        continue;
      if (side->permuted)
        {
          g_autofree char *line =
            g_strdup_printf (NAME "_bucket{le=\"%s\",http_response_status_code=\"200\"} %.0f\n", bound, cumulative);

          g_string_insert (text, strlen (TYPE), line);
        }
      else
        g_string_append_printf (text, NAME "_bucket{http_response_status_code=\"200\",le=\"%s\"} %.0f\n", bound, cumulative);
    }
  g_string_append_printf (text, "http_server_request_duration_seconds_sum{http_response_status_code=\"200\"} %.9f\n", side->sum);
  g_string_append_printf (text, "http_server_request_duration_seconds_count{http_response_status_code=\"200\"} %.0f\n", cumulative);
  g_string_append_printf (text, "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total %.6f\n", side->cpu);
  g_string_append_printf (text, "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds %.3f\n", side->started);
  sy_still_source_say (SY_STILL_SOURCE (source), text->str);
}

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
pass (Fixture *f,
      guint    seconds)
{
  for (guint i = 0; i < seconds; i++)
    {
      for (guint j = 0; j < 2; j++)
        {
          work (f, &f->sides[j]);
          say (f, &f->sides[j]);
        }
      iterate ();
      sy_clock_advance (f->clock, SY_USEC_PER_SEC);
      iterate ();
    }
}

static void
test_ahead (Fixture       *f,
            gconstpointer  data)
{
  const SyVerdict *verdict;

  f->sides[0].scale = 3;
  pass (f, 61);
  g_assert_cmpint (sy_weighing_get_verdict (f->weighing)->state, ==, SY_VERDICT_TOO_EARLY);

  pass (f, 120);
  verdict = sy_weighing_get_verdict (f->weighing);
  g_assert_cmpint (verdict->state, ==, SY_VERDICT_B_AHEAD);
  g_assert_cmpint (sy_weighing_get_metric (f->weighing), ==, SY_METRIC_P95);
  g_assert_cmpuint (verdict->time.n_windows, ==, sy_weighing_get_windows (f->weighing, 0)->len);
  g_assert_cmpuint (verdict->time.n_windows, >=, 16);
  g_assert_cmpfloat (verdict->time.low, >, 2);
  g_assert_cmpfloat_with_epsilon (verdict->requests[0], 200.0 * 10 * verdict->time.n_windows, 1);
  g_assert_cmpfloat_with_epsilon (verdict->cpu_per_request[0], 0.001, 1e-5);

  /* One comparison a window, not one a scrape. */
  g_assert_cmpuint (f->n_revisions, ==, verdict->time.n_windows);
  g_assert_null (sy_verdict_find_gate (verdict, SY_GATE_SAMEHOST));
}

/* Without a difference nobody is ahead, and the means agree within 5 %. */
static void
test_equal (Fixture       *f,
            gconstpointer  data)
{
  sy_weighing_set_metric (f->weighing, SY_METRIC_MEAN);
  pass (f, 200);
  g_assert_cmpint (sy_weighing_get_verdict (f->weighing)->state, ==, SY_VERDICT_PRACTICALLY_EQUAL);
}

/* After a restart only what came since counts, and the young process does not. */
static void
test_restart (Fixture       *f,
              gconstpointer  data)
{
  const SyVerdict *verdict;
  Side *side = &f->sides[1];
  guint n;

  f->sides[0].scale = 3;
  pass (f, 150);
  g_assert_cmpint (sy_weighing_get_verdict (f->weighing)->state, ==, SY_VERDICT_B_AHEAD);
  sy_weighing_get_current_windows (f->weighing, 1, &n);
  g_assert_cmpuint (n, ==, sy_weighing_get_windows (f->weighing, 1)->len);

  side->started = (double) sy_clock_get_wall (f->clock) / SY_USEC_PER_SEC;
  memset (side->counts, 0, sizeof side->counts);
  side->sum = side->cpu = 0;
  pass (f, 40);
  verdict = sy_weighing_get_verdict (f->weighing);
  g_assert_cmpint (verdict->state, ==, SY_VERDICT_TOO_EARLY);
  g_assert_cmpint (sy_verdict_find_gate (verdict, SY_GATE_CHANGED)->effect, ==, SY_GATE_NOTICE);
  g_assert_cmpint (sy_verdict_find_gate (verdict, SY_GATE_WARM)->effect, ==, SY_GATE_WITHHOLD);

  /* Capacity and size are of what runs now. */
  sy_weighing_get_current_windows (f->weighing, 1, &n);
  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpuint (n, <=, 4);

  pass (f, 140);
  g_assert_cmpint (sy_weighing_get_verdict (f->weighing)->state, ==, SY_VERDICT_B_AHEAD);
}

/* A failed scrape takes its window out of the evidence, not the evidence. */
static void
test_gap (Fixture       *f,
          gconstpointer  data)
{
  guint before;

  pass (f, 100);
  before = sy_weighing_get_verdict (f->weighing)->time.n_windows;

  sy_still_source_fail (SY_STILL_SOURCE (sy_backend_get_source (f->sides[0].backend)), SY_ERROR_CONNECT, "refused", 0);
  sy_clock_advance (f->clock, SY_USEC_PER_SEC);
  iterate ();
  pass (f, 19);
  g_assert_cmpuint (sy_weighing_get_verdict (f->weighing)->time.n_windows, ==, before + 1);
}

static void
test_different_load (Fixture       *f,
                     gconstpointer  data)
{
  const SyVerdict *verdict;

  f->sides[1].rate = 300;
  pass (f, 150);
  verdict = sy_weighing_get_verdict (f->weighing);
  g_assert_cmpint (verdict->state, ==, SY_VERDICT_NOT_COMPARABLE);
  g_assert_cmpint (sy_verdict_find_gate (verdict, SY_GATE_LOAD)->effect, ==, SY_GATE_REFUSE);
  g_assert_cmpint (verdict->load.state, !=, SY_VERDICT_A_AHEAD);
  g_assert_cmpint (verdict->load.state, !=, SY_VERDICT_B_AHEAD);
}

/* What a load trial found speaks where the moment does not, outlives another
 * question, and ends with the process it was found on. */
static void
test_trial (Fixture       *f,
            gconstpointer  data)
{
  const SyVerdict *verdict;
  SyEffect trial;
  Side *side = &f->sides[1];

  sy_effect_init (&trial);
  trial.state = SY_VERDICT_A_AHEAD;
  trial.what = "p99 latency";
  trial.basis = SY_LOAD_BASIS_TRIAL;
  f->sides[1].rate = 300;
  sy_weighing_set_trial (f->weighing, &trial);
  pass (f, 150);
  verdict = sy_weighing_get_verdict (f->weighing);
  g_assert_cmpint (verdict->state, ==, SY_VERDICT_NOT_COMPARABLE);
  g_assert_cmpint (verdict->load.basis, ==, SY_LOAD_BASIS_TRIAL);
  g_assert_cmpint (verdict->load.state, ==, SY_VERDICT_A_AHEAD);

  sy_weighing_set_metric (f->weighing, SY_METRIC_MEAN);
  pass (f, 150);
  g_assert_cmpint (sy_weighing_get_verdict (f->weighing)->load.basis, ==, SY_LOAD_BASIS_TRIAL);

  sy_weighing_set_trial (f->weighing, NULL);
  g_assert_cmpint (sy_weighing_get_verdict (f->weighing)->load.basis, !=, SY_LOAD_BASIS_TRIAL);

  sy_weighing_set_trial (f->weighing, &trial);
  g_assert_cmpint (sy_weighing_get_verdict (f->weighing)->load.basis, ==, SY_LOAD_BASIS_TRIAL);
  side->started = (double) sy_clock_get_wall (f->clock) / SY_USEC_PER_SEC;
  memset (side->counts, 0, sizeof side->counts);
  side->sum = side->cpu = 0;
  pass (f, 250);
  g_assert_cmpint (sy_weighing_get_verdict (f->weighing)->state, ==, SY_VERDICT_NOT_COMPARABLE);
  g_assert_cmpint (sy_weighing_get_verdict (f->weighing)->load.basis, !=, SY_LOAD_BASIS_TRIAL);

  sy_weighing_set_metric (f->weighing, SY_METRIC_P95);
  pass (f, 150);
  g_assert_cmpint (sy_weighing_get_verdict (f->weighing)->load.basis, !=, SY_LOAD_BASIS_TRIAL);
}

/* On two that nobody asks a load run is all that is known, until one restarts. */
static void
test_trial_of_idle (Fixture       *f,
                    gconstpointer  data)
{
  const SyVerdict *verdict;
  SyEffect trial;

  sy_effect_init (&trial);
  trial.state = SY_VERDICT_A_AHEAD;
  trial.basis = SY_LOAD_BASIS_TRIAL;
  f->sides[0].rate = f->sides[1].rate = 0;
  pass (f, 60);
  sy_weighing_set_trial (f->weighing, &trial);
  pass (f, 60);
  verdict = sy_weighing_get_verdict (f->weighing);
  g_assert_cmpint (verdict->state, ==, SY_VERDICT_TOO_EARLY);
  g_assert_cmpint (verdict->load.basis, ==, SY_LOAD_BASIS_TRIAL);
  g_assert_true (sy_verdict_is_at_equal_load (verdict));
  g_assert_cmpint (sy_verdict_get_decided (verdict), ==, SY_VERDICT_A_AHEAD);

  f->sides[1].started = (double) sy_clock_get_wall (f->clock) / SY_USEC_PER_SEC;
  pass (f, 60);
  g_assert_cmpint (sy_verdict_get_decided (sy_weighing_get_verdict (f->weighing)), ==, SY_VERDICT_TOO_EARLY);
}

#define SUMMARY "{\"schema\":\"steelyard.drive/1\",\"event\":\"summary\",\"target\":\"t\",\"offered\":1000,\"answered\":%d," \
                "\"dropped\":%d,\"errors\":5,\"unfinished\":5,\"duration\":10,\"foreign_cores\":%s,\"generator_limited\":%s," \
                "\"response_histogram\":[[0.02,10]]}"

/* What the generator says of itself, target by target. */
static void
test_generator_report (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  SyGeneratorFacts facts;

  sy_generator_report_read (lines, &facts);
  g_assert_true (!facts.is_limited && isnan (facts.foreign_cores) && isnan (facts.lost[0]) && isnan (facts.lost[1]));

  g_ptr_array_add (lines, g_strdup_printf (SUMMARY, 990, 0, "0.01", "false"));
  g_ptr_array_add (lines, g_strdup_printf (SUMMARY, 400, 590, "0.3", "true"));
  g_assert_true (sy_generator_report_is_summary (g_ptr_array_index (lines, 0)));
  g_assert_false (sy_generator_report_is_summary ("{\"event\":\"tick\"}"));
  sy_generator_report_read (lines, &facts);
  g_assert_true (facts.is_limited);
  g_assert_cmpfloat (facts.foreign_cores, ==, 0.3);
  g_assert_cmpfloat_with_epsilon (facts.lost[0], 0.01, 1e-12);
  g_assert_cmpfloat_with_epsilon (facts.lost[1], 0.6, 1e-12);
}

/* Both driven by one schedule: what the generator has to say withholds the verdict,
 * and another load begins without it. */
static void
test_generator (Fixture       *f,
                gconstpointer  data)
{
  const SyGeneratorFacts late = { TRUE, NAN, { 0, 0 } };
  const SyGeneratorFacts good = { FALSE, 0, { 0, 0 } };

  sy_weighing_set_driven (f->weighing, TRUE);
  f->sides[0].scale = 3;
  pass (f, 150);
  g_assert_cmpint (sy_weighing_get_verdict (f->weighing)->state, ==, SY_VERDICT_B_AHEAD);

  sy_weighing_set_generator (f->weighing, &late);
  g_assert_cmpint (sy_weighing_get_verdict (f->weighing)->state, ==, SY_VERDICT_TOO_EARLY);
  g_assert_cmpint (sy_verdict_find_gate (sy_weighing_get_verdict (f->weighing), SY_GATE_GENERATOR)->effect, ==, SY_GATE_WITHHOLD);
  sy_weighing_set_generator (f->weighing, &good);
  g_assert_cmpint (sy_weighing_get_verdict (f->weighing)->state, ==, SY_VERDICT_B_AHEAD);

  sy_weighing_set_generator (f->weighing, &late);
  sy_weighing_set_driven (f->weighing, FALSE);
  pass (f, 150);
  g_assert_cmpint (sy_weighing_get_verdict (f->weighing)->state, ==, SY_VERDICT_B_AHEAD);
}

/* It times only its handler and finishes two of five: that is not ahead. */
static void
test_overloaded (Fixture       *f,
                 gconstpointer  data)
{
  sy_weighing_set_driven (f->weighing, TRUE);
  f->sides[0].rate = 80;
  f->sides[1].scale = 3;
  pass (f, 150);
  g_assert_cmpint (sy_weighing_get_verdict (f->weighing)->state, ==, SY_VERDICT_NOT_COMPARABLE);
  g_assert_cmpint (sy_verdict_get_decided (sy_weighing_get_verdict (f->weighing)), !=, SY_VERDICT_A_AHEAD);
}

/* A load run that takes turns on two that carry the same otherwise: what it made of
 * them is not held against the moment afterwards. */
static void
test_held (Fixture       *f,
           gconstpointer  data)
{
  const SyVerdict *verdict;
  guint before;

  f->sides[0].rate = f->sides[1].rate = 50;
  f->sides[0].scale = 3;
  pass (f, 205);
  before = sy_weighing_get_verdict (f->weighing)->time.n_windows;

  sy_weighing_set_held (f->weighing, TRUE);
  f->sides[0].rate = 450;
  pass (f, 120);
  g_assert_cmpuint (sy_weighing_get_verdict (f->weighing)->time.n_windows, ==, before);
  sy_weighing_set_held (f->weighing, FALSE);

  f->sides[0].rate = 50;
  pass (f, 200);
  verdict = sy_weighing_get_verdict (f->weighing);
  g_assert_cmpuint (verdict->time.n_windows, >=, before + 17);
  g_assert_cmpint (sy_verdict_find_gate (verdict, SY_GATE_LOAD)->effect, ==, SY_GATE_PASSED);
  g_assert_cmpint (verdict->state, ==, SY_VERDICT_B_AHEAD);
}

/* A restart within a load run is told all the same. */
static void
test_held_restart (Fixture       *f,
                   gconstpointer  data)
{
  Side *side = &f->sides[1];

  pass (f, 100);
  sy_weighing_set_held (f->weighing, TRUE);
  pass (f, 20);
  side->started = (double) sy_clock_get_wall (f->clock) / SY_USEC_PER_SEC;
  memset (side->counts, 0, sizeof side->counts);
  side->sum = side->cpu = 0;
  pass (f, 30);
  sy_weighing_set_held (f->weighing, FALSE);
  pass (f, 30);
  g_assert_cmpint (sy_verdict_find_gate (sy_weighing_get_verdict (f->weighing), SY_GATE_CHANGED)->effect, ==, SY_GATE_NOTICE);
}

/* The order of labels and lines of an exposition means nothing. */
static void
test_permuted (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (SyVerdict) straight = NULL;
  Fixture other = { 0 };
  const SyVerdict *verdict;

  f->sides[0].scale = 3;
  pass (f, 150);
  straight = sy_verdict_copy (sy_weighing_get_verdict (f->weighing));

  set_up (&other, NULL);
  other.sides[0].scale = 3;
  other.sides[0].permuted = other.sides[1].permuted = TRUE;
  pass (&other, 150);
  verdict = sy_weighing_get_verdict (other.weighing);
  g_assert_cmpint (verdict->state, ==, straight->state);
  g_assert_cmpfloat (verdict->time.ratio, ==, straight->time.ratio);
  g_assert_cmpfloat (verdict->time.low, ==, straight->time.low);
  tear_down (&other, NULL);
}

/* The verdict when the latencies of one are @first and of two @second times as long. */
static SyVerdictState
weigh_scaled (double first,
              double second)
{
  Fixture f = { 0 };
  SyVerdictState state;

  set_up (&f, NULL);
  f.sides[0].scale = first;
  f.sides[1].scale = second;
  pass (&f, 150);
  state = sy_weighing_get_verdict (f.weighing)->state;
  tear_down (&f, NULL);
  return state;
}

/* From the text of expositions to the verdict: swapping the two swaps it, and twice
 * the latency of both changes none. */
static void
test_scaled (void)
{
  g_assert_cmpint (weigh_scaled (1, 0.3), ==, SY_VERDICT_B_AHEAD);
  g_assert_cmpint (weigh_scaled (0.3, 1), ==, SY_VERDICT_A_AHEAD);
  g_assert_cmpint (weigh_scaled (2, 0.6), ==, SY_VERDICT_B_AHEAD);
  g_assert_cmpint (weigh_scaled (0.6, 2), ==, SY_VERDICT_A_AHEAD);
}

/* Nobody asks anything: there is nothing to weigh, and no division by nothing. */
static void
test_idle (Fixture       *f,
           gconstpointer  data)
{
  const SyVerdict *verdict;

  f->sides[0].rate = f->sides[1].rate = 0;
  pass (f, 60);
  verdict = sy_weighing_get_verdict (f->weighing);
  g_assert_cmpint (verdict->state, ==, SY_VERDICT_TOO_EARLY);
  g_assert_cmpuint (verdict->time.n_windows, ==, 0);
  g_assert_true (isnan (verdict->time.ratio));
}

/* However many ranges are excluded and whoever tells of it, all is weighed once, and
 * without a window that comes, as when the clock of a recording stands still. */
static void
test_excluded_once (Fixture       *f,
                    gconstpointer  data)
{
  const SyTimeRange ranges[] = {
    { START_US + 70 * SY_USEC_PER_SEC, START_US + 75 * SY_USEC_PER_SEC },
    { START_US + 100 * SY_USEC_PER_SEC, START_US + 115 * SY_USEC_PER_SEC },
  };
  g_autoptr (SyVerdict) before = NULL;
  guint n_revisions;

  pass (f, 181);
  before = sy_verdict_copy (sy_weighing_get_verdict (f->weighing));
  n_revisions = f->n_revisions;
  for (guint n = 1; n <= G_N_ELEMENTS (ranges); n++)
    for (guint i = 0; i < 2; i++)
      sy_history_set_excluded (sy_backend_get_history (f->sides[i].backend), ranges, n);
  g_assert_cmpuint (f->n_revisions, ==, n_revisions);

  iterate ();
  g_assert_cmpuint (f->n_revisions, ==, n_revisions + 1);
  g_assert_cmpuint (sy_weighing_get_verdict (f->weighing)->n_excluded, ==, 3);
  g_assert_cmpuint (sy_weighing_get_verdict (f->weighing)->time.n_windows, ==, before->time.n_windows - 3);

  /* Who cannot wait has it at once, and nothing is left to be done. */
  for (guint i = 0; i < 2; i++)
    sy_history_set_excluded (sy_backend_get_history (f->sides[i].backend), NULL, 0);
  sy_weighing_flush (f->weighing);
  g_assert_cmpuint (f->n_revisions, ==, n_revisions + 2);
  g_assert_cmpuint (sy_weighing_get_verdict (f->weighing)->time.n_windows, ==, before->time.n_windows);
  g_assert_cmpfloat (sy_weighing_get_verdict (f->weighing)->time.ratio, ==, before->time.ratio);
  iterate ();
  g_assert_cmpuint (f->n_revisions, ==, n_revisions + 2);
}

/* Without a histogram a window's figures are rates: windows shorter than these are
 * one piece of evidence in several, and short rates make them several again. */
static void
test_rates (Fixture       *f,
            gconstpointer  data)
{
  guint n;

  sy_weighing_set_metric (f->weighing, SY_METRIC_MEAN);
  f->without_histogram = TRUE;
  g_object_set (f->weighing, "window-us", 2 * SY_USEC_PER_SEC, "warm-up", 0.0, NULL);
  pass (f, 121);
  n = sy_weighing_get_verdict (f->weighing)->time.n_windows;
  g_assert_cmpuint (n, >=, 18);
  g_assert_cmpuint (n, <=, 24);

  for (guint i = 0; i < 2; i++)
    sy_backend_set_rate_window (f->sides[i].backend, SY_USEC_PER_SEC);
  sy_weighing_reset (f->weighing);
  pass (f, 121);
  g_assert_cmpuint (sy_weighing_get_verdict (f->weighing)->time.n_windows, >=, 58);
}

/* Another question begins anew. */
static void
test_properties (Fixture       *f,
                 gconstpointer  data)
{
  gint64 window_us;
  guint state;

  pass (f, 100);
  g_object_set (f->weighing, "window-us", 5 * SY_USEC_PER_SEC, "min-effect", 0.1, NULL);
  g_object_get (f->weighing, "window-us", &window_us, "state", &state, NULL);
  g_assert_cmpint (window_us, ==, 5 * SY_USEC_PER_SEC);
  g_assert_cmpuint (state, ==, SY_VERDICT_TOO_EARLY);
  g_assert_cmpuint (sy_weighing_get_windows (f->weighing, 0)->len, ==, 0);

  pass (f, 51);
  g_assert_cmpuint (sy_weighing_get_verdict (f->weighing)->time.n_windows, ==, 10);
  g_assert_cmpfloat (sy_weighing_get_verdict (f->weighing)->min_effect, ==, 0.1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/weighing/ahead", test_ahead);
  ADD ("/weighing/equal", test_equal);
  ADD ("/weighing/restart", test_restart);
  ADD ("/weighing/gap", test_gap);
  ADD ("/weighing/different-load", test_different_load);
  ADD ("/weighing/trial", test_trial);
  ADD ("/weighing/trial-of-idle", test_trial_of_idle);
  g_test_add_func ("/weighing/generator-report", test_generator_report);
  ADD ("/weighing/generator", test_generator);
  ADD ("/weighing/overloaded", test_overloaded);
  ADD ("/weighing/held", test_held);
  ADD ("/weighing/held-restart", test_held_restart);
  ADD ("/weighing/permuted", test_permuted);
  g_test_add_func ("/weighing/scaled", test_scaled);
  ADD ("/weighing/idle", test_idle);
  ADD ("/weighing/excluded-once", test_excluded_once);
  ADD ("/weighing/rates", test_rates);
  ADD ("/weighing/properties", test_properties);
#undef ADD
  return g_test_run ();
}
