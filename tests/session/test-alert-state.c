/* test-alert-state.c: when a rule begins to speak and when it stops
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-alert-state.h"
#include "sy-clock.h"
#include "sy-error.h"

#define SECOND SY_USEC_PER_SEC
#define REACH (5 * SECOND / 2)

typedef struct
{
  SyAlertRule  rule;
  SyAlertState state;
  gint64       now_us;
} Fixture;

/* More than half a second for ten seconds; over at 400 ms. */
static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  sy_alert_rule_init (&f->rule);
  f->rule.limit = 0.5;
  f->rule.hysteresis = 0.2;
  f->rule.duration_us = 10 * SECOND;
  sy_alert_state_init (&f->state);
  f->now_us = 1000 * SECOND;
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
}

static SyAlertTurn
take (Fixture *f,
      double   value)
{
  f->now_us += SECOND;
  return sy_alert_state_take (&f->state, &f->rule, REACH, f->now_us, value);
}

/* How many of @n seconds with @value turn it to @turn; any other turn is a mistake. */
static guint
run (Fixture     *f,
     guint        n,
     double       value,
     SyAlertTurn  turn)
{
  guint found = 0;

  for (guint i = 0; i < n; i++)
    {
      const SyAlertTurn now = take (f, value);

      g_assert_true (now == SY_ALERT_NOTHING || now == turn);
      found += now == turn && turn != SY_ALERT_NOTHING;
    }

  return found;
}

static void
test_once (Fixture       *f,
           gconstpointer  data)
{
  run (f, 5, 0.2, SY_ALERT_NOTHING);
  run (f, 10, 0.7, SY_ALERT_NOTHING);
  g_assert_cmpint (take (f, 0.7), ==, SY_ALERT_BEGAN);
  run (f, 600, 0.7, SY_ALERT_NOTHING);

  run (f, 10, 0.2, SY_ALERT_NOTHING);
  g_assert_cmpint (take (f, 0.2), ==, SY_ALERT_ENDED);
  run (f, 600, 0.2, SY_ALERT_NOTHING);

  /* and the next time again */
  g_assert_cmpuint (run (f, 20, 0.7, SY_ALERT_BEGAN), ==, 1);
}

static void
test_short (Fixture       *f,
            gconstpointer  data)
{
  for (guint i = 0; i < 20; i++)
    {
      run (f, 9, 0.7, SY_ALERT_NOTHING);
      run (f, 1, 0.5, SY_ALERT_NOTHING); /* the limit itself is not over it */
    }
}

static void
test_hysteresis (Fixture       *f,
                 gconstpointer  data)
{
  g_assert_cmpuint (run (f, 11, 0.7, SY_ALERT_BEGAN), ==, 1);

  /* Below the limit, but not by a fifth of it: neither the end nor another event. */
  for (guint i = 0; i < 100; i++)
    {
      run (f, 1, 0.45, SY_ALERT_NOTHING);
      run (f, 1, 0.55, SY_ALERT_NOTHING);
    }
  g_assert_true (f->state.is_firing);

  /* Back for less than the duration is not back. */
  run (f, 10, 0.4, SY_ALERT_NOTHING);
  run (f, 1, 0.45, SY_ALERT_NOTHING);
  run (f, 10, 0.4, SY_ALERT_NOTHING);
  g_assert_cmpint (take (f, 0.4), ==, SY_ALERT_ENDED);
}

static void
test_gap (Fixture       *f,
          gconstpointer  data)
{
  /* Nothing but gaps is no event, however long. */
  run (f, 100, NAN, SY_ALERT_NOTHING);

  /* Nor does a gap in the middle count as time beyond the limit. */
  run (f, 6, 0.7, SY_ALERT_NOTHING);
  run (f, 60, NAN, SY_ALERT_NOTHING);
  run (f, 10, 0.7, SY_ALERT_NOTHING);
  g_assert_cmpint (take (f, 0.7), ==, SY_ALERT_BEGAN);

  /* What is not known is not over. */
  run (f, 600, NAN, SY_ALERT_NOTHING);
  run (f, 6, 0.2, SY_ALERT_NOTHING);
  run (f, 60, NAN, SY_ALERT_NOTHING);
  run (f, 10, 0.2, SY_ALERT_NOTHING);
  g_assert_cmpint (take (f, 0.2), ==, SY_ALERT_ENDED);
}

/* A single answer that did not come, every now and then, hides nothing. */
static void
test_single_gap (Fixture       *f,
                 gconstpointer  data)
{
  guint began = 0;

  for (guint i = 0; i < 6; i++)
    {
      began += run (f, 1, 0.7, SY_ALERT_BEGAN);
      run (f, 1, NAN, SY_ALERT_NOTHING);
    }
  g_assert_cmpuint (began, ==, 1);
}

static void
test_below (Fixture       *f,
            gconstpointer  data)
{
  f->rule.bound = SY_ALERT_BELOW;
  f->rule.limit = 100;
  f->rule.duration_us = 0;

  run (f, 3, 100, SY_ALERT_NOTHING);
  g_assert_cmpint (take (f, 99), ==, SY_ALERT_BEGAN);
  run (f, 3, 119, SY_ALERT_NOTHING);
  g_assert_cmpint (take (f, 120), ==, SY_ALERT_ENDED);
}

/* No errors at all is the one thing that is within a limit of zero. */
static void
test_zero (Fixture       *f,
           gconstpointer  data)
{
  f->rule.limit = 0;
  f->rule.duration_us = 0;

  g_assert_cmpint (take (f, 0.01), ==, SY_ALERT_BEGAN);
  g_assert_cmpint (take (f, 0), ==, SY_ALERT_ENDED);
  run (f, 3, 0, SY_ALERT_NOTHING);
}

static void
test_check (void)
{
  SyAlertRule rule;

  sy_alert_rule_init (&rule);
  g_assert_true (sy_alert_rule_check (&rule, NULL));

#define REFUSED(member, value) \
  G_STMT_START { \
    g_autoptr (GError) error = NULL; \
    SyAlertRule wrong = rule; \
    wrong.member = (value); \
    g_assert_false (sy_alert_rule_check (&wrong, &error)); \
    g_assert_error (error, SY_ERROR, SY_ERROR_INVALID); \
  } G_STMT_END

  REFUSED (quantity, SY_QUANTITY_P99_LOWER);
  REFUSED (backend, 6);
  REFUSED (is_ratio, TRUE); /* of A to itself */
  REFUSED (limit, -1);
  REFUSED (limit, (double) NAN);
  REFUSED (hysteresis, 1);
  REFUSED (hysteresis, (double) NAN);
  REFUSED (duration_us, -1);
  REFUSED (duration_us, SY_ALERT_MAX_DURATION_US + 1);
}

#define ADD(name, func) g_test_add ("/alert-state/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("once", test_once);
  ADD ("short", test_short);
  ADD ("hysteresis", test_hysteresis);
  ADD ("gap", test_gap);
  ADD ("single-gap", test_single_gap);
  ADD ("below", test_below);
  ADD ("zero", test_zero);
  g_test_add_func ("/alert-state/check", test_check);

  return g_test_run ();
}
