/* test-schedule.c: when requests are due
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The seed is fixed, so a bound of four standard deviations either always
 * holds or never.
 */
#include <math.h>
#include <string.h>

#include "sy-schedule.h"

#define SECOND G_GINT64_CONSTANT (1000000)

static SySchedule *
make (const char *arrival,
      double      rate,
      gint64      duration_us,
      guint64     seed)
{
  g_autofree char *json =
    g_strdup_printf ("{\"schema\":\"steelyard.workload/1\",\"id\":\"t\",\"name\":\"T\",\"use_case\":\"t\","
                     "\"arrival\":%s,\"classes\":["
                     "{\"name\":\"a\",\"weight\":70,\"path\":\"/{io_ms}\",\"io\":{\"kind\":\"lognormal\",\"median_ms\":15,\"sigma\":0.5}},"
                     "{\"name\":\"b\",\"weight\":30,\"path\":\"/\",\"io\":40,\"cpu\":3}]}", arrival);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyWorkload) workload = sy_workload_parse (json, strlen (json), &error);

  g_assert_no_error (error);
  return sy_schedule_new (workload, &rate, 1, duration_us, seed);
}

static gboolean
is_equal (const SyArrival *a,
          const SyArrival *b)
{
  return a->at_us == b->at_us && a->class_index == b->class_index && a->io == b->io && a->cpu == b->cpu;
}

static guint
count_between (const SySchedule *schedule,
               gint64            from_us,
               gint64            to_us)
{
  guint n = 0;

  for (gsize i = 0; i < schedule->n; i++)
    if (schedule->arrivals[i].at_us >= from_us && schedule->arrivals[i].at_us < to_us)
      n++;

  return n;
}

static void
test_same_seed (void)
{
  g_autoptr (SySchedule) one = make ("{\"kind\":\"poisson\",\"rate\":1}", 200, 20 * SECOND, 42);
  g_autoptr (SySchedule) two = make ("{\"kind\":\"poisson\",\"rate\":1}", 200, 20 * SECOND, 42);
  g_autoptr (SySchedule) other = make ("{\"kind\":\"poisson\",\"rate\":1}", 200, 20 * SECOND, 43);

  g_assert_cmpuint (one->n, ==, two->n);
  for (gsize i = 0; i < one->n; i++)
    g_assert_true (is_equal (&one->arrivals[i], &two->arrivals[i]));

  g_assert_false (is_equal (&one->arrivals[0], &other->arrivals[0]));
}

/* Another rate asks the same requests, only sooner. */
static void
test_requests_do_not_depend_on_rate (void)
{
  g_autoptr (SySchedule) slow = make ("{\"kind\":\"poisson\",\"rate\":1}", 100, 10 * SECOND, 5);
  g_autoptr (SySchedule) fast = make ("{\"kind\":\"poisson\",\"rate\":1}", 200, 10 * SECOND, 5);

  g_assert_cmpuint (slow->n, <, fast->n);

  for (gsize i = 0; i < slow->n; i++)
    {
      g_assert_cmpuint (slow->arrivals[i].class_index, ==, fast->arrivals[i].class_index);
      g_assert_true (slow->arrivals[i].io == fast->arrivals[i].io);
      g_assert_cmpint (ABS (slow->arrivals[i].at_us - 2 * fast->arrivals[i].at_us), <=, 2);
    }
}

static void
test_poisson (void)
{
  g_autoptr (SySchedule) schedule = make ("{\"kind\":\"poisson\",\"rate\":1}", 500, 100 * SECOND, 1);
  double expected = 50000;
  double n = (double) schedule->n;
  double sum = 0;
  double squares = 0;

  g_assert_cmpfloat (fabs (n - expected), <, 4 * sqrt (expected));

  /* Gaps are exponential: mean and deviation are both 2 ms. */
  for (gsize i = 1; i < schedule->n; i++)
    {
      double gap = (double) (schedule->arrivals[i].at_us - schedule->arrivals[i - 1].at_us) / 1000;

      g_assert_cmpfloat (gap, >=, 0);
      sum += gap;
      squares += gap * gap;
    }

  double mean = sum / (n - 1);
  double deviation = sqrt (squares / (n - 1) - mean * mean);

  g_assert_cmpfloat (fabs (mean - 2), <, 4 * 2 / sqrt (n));
  g_assert_cmpfloat (fabs (deviation - 2), <, 4 * 2 * sqrt (2 / n));
}

static void
test_classes_and_draws (void)
{
  g_autoptr (SySchedule) schedule = make ("{\"kind\":\"poisson\",\"rate\":1}", 500, 100 * SECOND, 1);
  double n = (double) schedule->n;
  double first = 0;
  double below_median = 0;

  for (gsize i = 0; i < schedule->n; i++)
    {
      const SyArrival *arrival = &schedule->arrivals[i];

      if (arrival->class_index == 0)
        {
          first++;
          below_median += arrival->io < 0.015f;
          g_assert_true (arrival->io > 0 && arrival->io <= 20 * 0.015f);
          g_assert_true (arrival->cpu == 0);
        }
      else
        {
          g_assert_true (arrival->io == 0.040f);
          g_assert_true (arrival->cpu == 0.003f);
        }
    }

  g_assert_cmpfloat (fabs (first / n - 0.7), <, 4 * sqrt (0.7 * 0.3 / n));
  g_assert_cmpfloat (fabs (below_median / first - 0.5), <, 4 * sqrt (0.25 / first));
}

/* Without jitter the n-th request is due in the middle of the n-th gap. */
static void
test_periodic (void)
{
  g_autoptr (SySchedule) schedule = make ("{\"kind\":\"periodic\",\"rate\":1}", 100, 3 * SECOND, 1);

  g_assert_cmpuint (schedule->n, ==, 300);
  for (gsize i = 0; i < schedule->n; i++)
    g_assert_cmpint (ABS (schedule->arrivals[i].at_us - (5000 + 10000 * (gint64) i)), <=, 1);
}

static void
test_jitter (void)
{
  g_autoptr (SySchedule) schedule = make ("{\"kind\":\"periodic\",\"rate\":1,\"jitter\":0.1}", 100, 3 * SECOND, 1);
  gint64 largest = 0;

  g_assert_cmpuint (schedule->n, ==, 300);
  for (gsize i = 0; i < schedule->n; i++)
    {
      gint64 moved = ABS (schedule->arrivals[i].at_us - (5000 + 10000 * (gint64) i));

      g_assert_cmpint (moved, <=, 1001);
      largest = MAX (largest, moved);
    }

  g_assert_cmpint (largest, >, 900);
}

/* 100/s, and 300/s in the last 2 of every 10 seconds. */
static void
test_burst (void)
{
  g_autoptr (SySchedule) schedule =
    make ("{\"kind\":\"periodic\",\"rate\":1,\"burst\":{\"seconds\":2,\"every\":10,\"factor\":3}}", 100, 20 * SECOND, 1);

  g_assert_cmpuint (count_between (schedule, 0, 8 * SECOND), ==, 800);
  g_assert_cmpuint (count_between (schedule, 8 * SECOND, 10 * SECOND), ==, 600);
  g_assert_cmpuint (count_between (schedule, 10 * SECOND, 18 * SECOND), ==, 800);
  g_assert_cmpuint (schedule->n, ==, 2800);
}

static void
test_silent_phase (void)
{
  g_autoptr (SySchedule) schedule =
    make ("{\"kind\":\"onoff\",\"rate\":1,\"on_seconds\":1,\"off_seconds\":2}", 1000, 7 * SECOND, 1);

  g_assert_cmpuint (count_between (schedule, 1 * SECOND, 3 * SECOND), ==, 0);
  g_assert_cmpuint (count_between (schedule, 4 * SECOND, 6 * SECOND), ==, 0);
  g_assert_cmpuint (count_between (schedule, 0, 1 * SECOND), >, 800);
  g_assert_cmpuint (count_between (schedule, 6 * SECOND, 7 * SECOND), >, 800);
}

static void
test_steps (void)
{
  static const char json[] =
    "{\"schema\":\"steelyard.workload/1\",\"id\":\"t\",\"name\":\"T\",\"use_case\":\"t\","
    "\"arrival\":{\"kind\":\"periodic\",\"rate\":1},\"classes\":[{\"name\":\"a\",\"weight\":1,\"path\":\"/\"}]}";
  static const double rates[] = { 10, 20, 40 };
  g_autoptr (SyWorkload) workload = sy_workload_parse (json, strlen (json), NULL);
  g_autoptr (SySchedule) schedule = sy_schedule_new (workload, rates, 3, 9 * SECOND, 1);

  g_assert_cmpuint (count_between (schedule, 0, 3 * SECOND), ==, 30);
  g_assert_cmpuint (count_between (schedule, 3 * SECOND, 6 * SECOND), ==, 60);
  g_assert_cmpuint (count_between (schedule, 6 * SECOND, 9 * SECOND), ==, 120);
  g_assert_cmpuint (schedule->n, ==, 210);
}

static void
test_none_is_due (void)
{
  g_autoptr (SySchedule) schedule = make ("{\"kind\":\"periodic\",\"rate\":1}", 1, SECOND / 10, 1);

  g_assert_cmpuint (schedule->n, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drive/schedule/same-seed", test_same_seed);
  g_test_add_func ("/drive/schedule/requests-do-not-depend-on-rate", test_requests_do_not_depend_on_rate);
  g_test_add_func ("/drive/schedule/poisson", test_poisson);
  g_test_add_func ("/drive/schedule/classes-and-draws", test_classes_and_draws);
  g_test_add_func ("/drive/schedule/periodic", test_periodic);
  g_test_add_func ("/drive/schedule/jitter", test_jitter);
  g_test_add_func ("/drive/schedule/burst", test_burst);
  g_test_add_func ("/drive/schedule/silent-phase", test_silent_phase);
  g_test_add_func ("/drive/schedule/steps", test_steps);
  g_test_add_func ("/drive/schedule/none-is-due", test_none_is_due);

  return g_test_run ();
}
