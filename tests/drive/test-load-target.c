/* test-load-target.c: the books, with times made up
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "sy-load-target.h"

#define MS G_GINT64_CONSTANT (1000)
#define SECOND (1000 * MS)
#define START (100 * SECOND)

/* A target whose sends are only noted. */
typedef struct {
  SyLoadTarget *target;
  GArray       *sent; /* of slots, in order */
} Fixture;

static const SyArrival arrival = { 0 };

static void
send_cb (guint            slot,
         const SyArrival *request,
         gpointer         user_data)
{
  Fixture *fixture = user_data;

  g_array_append_val (fixture->sent, slot);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  SyLoadTargetConfig config = {
    .n_classes = 1, .connections = 2, .queue = 3, .timeout_us = 10 * SECOND, .end_us = START + 10 * SECOND,
    .send = send_cb, .user_data = fixture,
  };

  fixture->sent = g_array_new (FALSE, FALSE, sizeof (guint));
  fixture->target = sy_load_target_new (&config);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  sy_load_target_free (fixture->target);
  g_array_unref (fixture->sent);
}

static void
offer (Fixture *fixture,
       gint64   intended_us,
       gint64   now_us)
{
  sy_load_target_offer (fixture->target, &arrival, START + intended_us, START + now_us);
}

static void
complete (Fixture     *fixture,
          guint        slot,
          SyLoadFault  fault,
          gint64       sent_us,
          gint64       done_us)
{
  SyLoadOutcome outcome = { .fault = fault, .sent_us = START + sent_us, .done_us = START + done_us, .attempts = 1 };

  sy_load_target_complete (fixture->target, slot, &outcome);
}

static const SyLoadTally *
tally (Fixture *fixture)
{
  return sy_load_target_get_tally (fixture->target, 0);
}

/* A quantile in milliseconds, to within what a histogram knows. */
#define assert_quantile(histogram, q, ms) \
  g_assert_cmpfloat_with_epsilon (sy_latency_histogram_quantile (&(histogram), q) * 1000, ms, (ms) / 256.0 + 0.0006)

static void
assert_sums (Fixture *fixture)
{
  const SyLoadTally *t = tally (fixture);

  g_assert_cmpuint (t->offered, ==, t->answered + t->errors + t->dropped + t->unfinished +
                                    sy_load_target_get_outstanding (fixture->target));
  g_assert_cmpuint (t->sent, ==, fixture->sent->len);
}

/* Due at 0, noticed at 2, on its way at 3, answered at 23. */
static void
test_times (Fixture      *fixture,
            gconstpointer data)
{
  offer (fixture, 0, 2 * MS);
  complete (fixture, 0, SY_LOAD_FAULT_NONE, 3 * MS, 23 * MS);

  assert_quantile (tally (fixture)->response, 0.5, 23);
  assert_quantile (tally (fixture)->service, 0.5, 20);
  assert_quantile (tally (fixture)->lateness, 0.5, 3);
  assert_quantile (tally (fixture)->generator_late, 0.5, 2);
  assert_quantile (tally (fixture)->connection_wait, 0.5, 1);
  assert_sums (fixture);
}

/* Two connections, three places to wait: five fit, all others are dropped and
 * count as never answered. */
static void
test_overflow (Fixture      *fixture,
               gconstpointer data)
{
  for (guint i = 0; i < 9; i++)
    offer (fixture, i * MS, i * MS);

  g_assert_cmpuint (fixture->sent->len, ==, 2);
  g_assert_cmpuint (sy_load_target_get_outstanding (fixture->target), ==, 5);
  g_assert_cmpuint (tally (fixture)->dropped, ==, 4);
  g_assert_cmpuint (tally (fixture)->response.n_censored, ==, 4);
  assert_quantile (tally (fixture)->response, 0.5, 10000);
  assert_sums (fixture);
}

/* First come, first served, on the slot that became free. */
static void
test_queue_order (Fixture      *fixture,
                  gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    offer (fixture, i * MS, i * MS);

  complete (fixture, 1, SY_LOAD_FAULT_NONE, 1 * MS, 50 * MS);
  g_assert_cmpuint (fixture->sent->len, ==, 3);
  g_assert_cmpuint (g_array_index (fixture->sent, guint, 2), ==, 1);

  /* The one due at 2 was sent at 50: it waited 48 for a connection. */
  complete (fixture, 1, SY_LOAD_FAULT_NONE, 50 * MS, 60 * MS);
  assert_quantile (tally (fixture)->response, 1, 58);
  assert_quantile (tally (fixture)->connection_wait, 1, 48);
  g_assert_cmpfloat (sy_latency_histogram_quantile (&tally (fixture)->generator_late, 1), ==, 0);
  assert_sums (fixture);
}

/* The queue is a ring: it must go round. */
static void
test_queue_goes_round (Fixture      *fixture,
                       gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    offer (fixture, i * MS, i * MS);

  for (guint i = 0; i < 20; i++)
    {
      complete (fixture, 0, SY_LOAD_FAULT_NONE, (5 + i) * MS, (6 + i) * MS);
      offer (fixture, (6 + i) * MS, (6 + i) * MS);
    }

  g_assert_cmpuint (tally (fixture)->dropped, ==, 0);
  g_assert_cmpuint (tally (fixture)->answered, ==, 20);
  assert_sums (fixture);
}

/* What is open at the end took at least as long as it was waited for. */
static void
test_unfinished (Fixture      *fixture,
                 gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    offer (fixture, 0, 0);

  complete (fixture, 0, SY_LOAD_FAULT_NONE, 0, 5 * MS);
  sy_load_target_close (fixture->target, START + 20 * SECOND);

  g_assert_cmpuint (tally (fixture)->answered, ==, 1);
  g_assert_cmpuint (tally (fixture)->unfinished, ==, 3);
  g_assert_cmpuint (tally (fixture)->response.n_censored, ==, 3);
  g_assert_cmpuint (tally (fixture)->sent, ==, 3);
  assert_quantile (tally (fixture)->response, 0.5, 20000);
  g_assert_true (sy_latency_histogram_is_bound (&tally (fixture)->response, 0.5));
  g_assert_cmpuint (sy_load_target_get_outstanding (fixture->target), ==, 0);
  assert_sums (fixture);
}

/* After an end before its time nothing goes out, and what waited is unfinished at once;
 * what is under way may be answered. */
static void
test_end (Fixture      *fixture,
          gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    offer (fixture, 0, 0);

  sy_load_target_end (fixture->target, START + 1 * SECOND);
  g_assert_cmpuint (tally (fixture)->unfinished, ==, 2);
  g_assert_cmpuint (sy_load_target_get_outstanding (fixture->target), ==, 2);
  g_assert_cmpint (sy_load_target_get_end_us (fixture->target), ==, START + 1 * SECOND);

  complete (fixture, 0, SY_LOAD_FAULT_NONE, 0, 1100 * MS);
  complete (fixture, 1, SY_LOAD_FAULT_NONE, 0, 1200 * MS);
  g_assert_cmpuint (fixture->sent->len, ==, 2);
  g_assert_cmpuint (tally (fixture)->answered, ==, 2);
  g_assert_cmpuint (sy_load_target_get_outstanding (fixture->target), ==, 0);
  assert_sums (fixture);
}

/* At its planned end those that wait are still owed: they were offered in time. */
static void
test_after_end (Fixture      *fixture,
                gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    offer (fixture, 9 * SECOND, 9 * SECOND);

  complete (fixture, 0, SY_LOAD_FAULT_NONE, 9 * SECOND, 11 * SECOND);
  g_assert_cmpuint (fixture->sent->len, ==, 3);
  assert_sums (fixture);
}

/* A quick refusal is no quick answer; a timeout is a slow one. */
static void
test_errors (Fixture      *fixture,
             gconstpointer data)
{
  offer (fixture, 0, 0);
  complete (fixture, 0, SY_LOAD_FAULT_STATUS, 0, 1 * MS);
  g_assert_cmpuint (tally (fixture)->response.n, ==, 0);

  offer (fixture, 2 * MS, 2 * MS);
  complete (fixture, 0, SY_LOAD_FAULT_TIMEOUT, 2 * MS, 2 * MS + 10 * SECOND);
  g_assert_cmpuint (tally (fixture)->response.n_censored, ==, 1);
  assert_quantile (tally (fixture)->response, 0.5, 10000);

  g_assert_cmpuint (tally (fixture)->errors, ==, 2);
  g_assert_cmpuint (tally (fixture)->faults[SY_LOAD_FAULT_STATUS], ==, 1);
  g_assert_cmpuint (tally (fixture)->faults[SY_LOAD_FAULT_TIMEOUT], ==, 1);
  g_assert_cmpuint (tally (fixture)->service.n, ==, 0);
  assert_sums (fixture);
}

/* Never sent: how late it would have been is not known of one that was refused, and
 * at least the wait of one for which no connection came about in time. */
static void
test_not_sent (Fixture      *fixture,
               gconstpointer data)
{
  SyLoadOutcome outcome = { .fault = SY_LOAD_FAULT_CONNECT, .sent_us = 0, .done_us = START + 4 * MS };

  offer (fixture, 0, 3 * MS);
  sy_load_target_complete (fixture->target, 0, &outcome);

  g_assert_cmpuint (tally (fixture)->errors, ==, 1);
  g_assert_cmpuint (tally (fixture)->lateness.n, ==, 0);
  assert_quantile (tally (fixture)->generator_late, 1, 3);

  outcome = (SyLoadOutcome) { .fault = SY_LOAD_FAULT_TIMEOUT, .sent_us = 0, .done_us = START + 10 * SECOND };
  offer (fixture, 0, 3 * MS);
  sy_load_target_complete (fixture->target, 0, &outcome);
  g_assert_cmpuint (tally (fixture)->lateness.n_censored, ==, 1);
  assert_quantile (tally (fixture)->lateness, 1, 10000);
  assert_quantile (tally (fixture)->connection_wait, 1, 9997);
}

/* A server that hangs: all but the two that have a connection wait for one, in vain.
 * That counts, at least as long as it lasted; what is dropped, as long as the timeout. */
static void
test_waited_in_vain (Fixture      *fixture,
                     gconstpointer data)
{
  SyLoadWindow window;

  for (guint i = 0; i < 6; i++)
    offer (fixture, 0, 2 * MS);

  sy_load_target_take_window (fixture->target, &window);
  g_assert_cmpfloat_with_epsilon (window.late_p99, 10, 0.05);

  sy_load_target_close (fixture->target, START + 4 * SECOND);

  g_assert_cmpuint (tally (fixture)->generator_late.n, ==, 6);
  assert_quantile (tally (fixture)->generator_late, 1, 2);
  g_assert_cmpuint (tally (fixture)->lateness.n, ==, 6);
  g_assert_cmpuint (tally (fixture)->connection_wait.n_censored, ==, 6);
  assert_quantile (tally (fixture)->connection_wait, 0.3, 0);
  assert_quantile (tally (fixture)->connection_wait, 0.5, 3998);
  assert_quantile (tally (fixture)->lateness, 0.5, 4000);
  assert_quantile (tally (fixture)->lateness, 1, 10000);
  assert_sums (fixture);
}

/* What got a connection late and was not finished was late at least until then. */
static void
test_unfinished_late (Fixture      *fixture,
                      gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    offer (fixture, 0, 0);

  complete (fixture, 0, SY_LOAD_FAULT_TIMEOUT, 0, 10 * SECOND);
  sy_load_target_close (fixture->target, START + 20 * SECOND);

  assert_quantile (tally (fixture)->connection_wait, 1, 10000);
  g_assert_true (sy_latency_histogram_is_bound (&tally (fixture)->connection_wait, 1));
}

/* Outstanding from 1 to 3 s and, beyond the end of the load, from 9 to 12 s:
 * (2 + 1) request-seconds. */
static void
test_outstanding (Fixture      *fixture,
                  gconstpointer data)
{
  offer (fixture, 1 * SECOND, 1 * SECOND);
  complete (fixture, 0, SY_LOAD_FAULT_NONE, 1 * SECOND, 3 * SECOND);
  offer (fixture, 9 * SECOND, 9 * SECOND);
  complete (fixture, 0, SY_LOAD_FAULT_NONE, 9 * SECOND, 12 * SECOND);

  g_assert_cmpfloat (tally (fixture)->outstanding_us, ==, 3e6);
  g_assert_cmpuint (tally (fixture)->answered, ==, 2);
  g_assert_cmpuint (tally (fixture)->answered_in_load, ==, 1);
}

static void
test_window (Fixture      *fixture,
             gconstpointer data)
{
  SyLoadWindow window;

  offer (fixture, 0, 0);
  complete (fixture, 0, SY_LOAD_FAULT_NONE, 0, 20 * MS);
  sy_load_target_take_window (fixture->target, &window);
  g_assert_cmpfloat_with_epsilon (window.p50, 0.020, 0.0001);

  sy_load_target_take_window (fixture->target, &window);
  g_assert_true (isnan (window.p50));
  g_assert_true (isnan (window.late_p99));
}

/* Seconds in a row in which more failed than not; a second without an end
 * neither counts nor forgives. */
static void
test_failing (Fixture      *fixture,
              gconstpointer data)
{
  SyLoadWindow window;

  for (guint i = 0; i < 3; i++)
    {
      offer (fixture, 0, 0);
      complete (fixture, 0, SY_LOAD_FAULT_RESET, 0, 1 * MS);
      sy_load_target_take_window (fixture->target, &window);
    }
  g_assert_cmpuint (sy_load_target_get_failing (fixture->target), ==, 3);

  sy_load_target_take_window (fixture->target, &window);
  g_assert_cmpuint (sy_load_target_get_failing (fixture->target), ==, 3);

  /* Exactly half is not more than half. */
  offer (fixture, 0, 0);
  complete (fixture, 0, SY_LOAD_FAULT_RESET, 0, 1 * MS);
  offer (fixture, 0, 0);
  complete (fixture, 0, SY_LOAD_FAULT_NONE, 0, 1 * MS);
  sy_load_target_take_window (fixture->target, &window);
  g_assert_cmpuint (sy_load_target_get_failing (fixture->target), ==, 0);
}

static void
test_retried (Fixture      *fixture,
              gconstpointer data)
{
  SyLoadOutcome outcome = { .sent_us = START + 1 * MS, .done_us = START + 9 * MS, .attempts = 2 };

  offer (fixture, 0, 0);
  sy_load_target_complete (fixture->target, 0, &outcome);

  g_assert_cmpuint (tally (fixture)->retried, ==, 1);
  g_assert_cmpuint (tally (fixture)->answered, ==, 1);
}

/* What is due while warming up is asked, but only what of it reaches into the
 * time that counts is counted: as load that is in flight, and as an answer. */
static void
test_warm_up (Fixture      *fixture,
              gconstpointer data)
{
  SyLoadTargetConfig config = {
    .n_classes = 1, .connections = 2, .queue = 3, .timeout_us = 10 * SECOND,
    .from_us = START + 1 * SECOND, .end_us = START + 10 * SECOND, .send = send_cb, .user_data = fixture,
  };

  sy_load_target_free (fixture->target);
  fixture->target = sy_load_target_new (&config);

  offer (fixture, 0, 0);
  complete (fixture, 0, SY_LOAD_FAULT_NONE, 0, 20 * MS);
  offer (fixture, 900 * MS, 900 * MS);
  complete (fixture, 0, SY_LOAD_FAULT_NONE, 900 * MS, 1100 * MS);
  g_assert_cmpuint (tally (fixture)->offered, ==, 0);
  g_assert_cmpuint (tally (fixture)->response.n, ==, 0);
  g_assert_cmpuint (tally (fixture)->answered_in_load, ==, 1);
  g_assert_cmpfloat (tally (fixture)->outstanding_us, ==, 100 * MS);

  offer (fixture, 1000 * MS, 1000 * MS);
  complete (fixture, 0, SY_LOAD_FAULT_NONE, 1000 * MS, 1030 * MS);
  g_assert_cmpuint (tally (fixture)->offered, ==, 1);
  assert_quantile (tally (fixture)->response, 0.5, 30);
  g_assert_cmpuint (tally (fixture)->answered_in_load, ==, 2);
}

#define ADD(name, func) g_test_add ("/drive/target/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("times", test_times);
  ADD ("overflow", test_overflow);
  ADD ("queue-order", test_queue_order);
  ADD ("queue-goes-round", test_queue_goes_round);
  ADD ("unfinished", test_unfinished);
  ADD ("end", test_end);
  ADD ("after-end", test_after_end);
  ADD ("errors", test_errors);
  ADD ("not-sent", test_not_sent);
  ADD ("waited-in-vain", test_waited_in_vain);
  ADD ("unfinished-late", test_unfinished_late);
  ADD ("outstanding", test_outstanding);
  ADD ("window", test_window);
  ADD ("failing", test_failing);
  ADD ("retried", test_retried);
  ADD ("warm-up", test_warm_up);

  return g_test_run ();
}
