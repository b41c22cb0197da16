/* test-alert-watch.c: what two backends say, and what is told of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-alert-fixture.h"
#include "sy-error.h"

typedef struct
{
  SyAlertFixture  base;
  GString        *told; /* (owned): "+rule-1 -rule-1 " */
} Fixture;

static void
began_cb (SyAlertWatch       *watch,
          const SyAlertEvent *event,
          Fixture            *f)
{
  g_string_append_printf (f->told, "+%s ", event->id);
}

static void
ended_cb (SyAlertWatch       *watch,
          const SyAlertEvent *event,
          Fixture            *f)
{
  g_string_append_printf (f->told, "-%s ", event->id);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  sy_alert_fixture_set_up (&f->base, "Basket");
  f->told = g_string_new (NULL);
  g_signal_connect (f->base.watch, "began", G_CALLBACK (began_cb), f);
  g_signal_connect (f->base.watch, "ended", G_CALLBACK (ended_cb), f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  sy_alert_fixture_tear_down (&f->base);
  g_string_free (f->told, TRUE);
}

/* More than ten requests in flight of B, or more than one and a half times as many
 * as A has, for three seconds. Returns its number. */
static guint
add_rule (Fixture  *f,
          gboolean  is_ratio)
{
  const SyAlertRule rule = {
    0, SY_QUANTITY_IN_FLIGHT, 1, is_ratio, SY_ALERT_ABOVE, is_ratio ? 1.5 : 10, 0.1, 3 * SY_USEC_PER_SEC, TRUE
  };

  g_assert_true (sy_alert_book_add (f->base.book, &rule, G_MAXUINT, NULL));
  return sy_alert_book_get (f->base.book, sy_alert_book_get_n (f->base.book) - 1)->id;
}

/* @n seconds in which both say that; NAN: it does not answer. */
static void
run (Fixture *f,
     guint    n,
     double   a,
     double   b)
{
  g_autoptr (GError) why = g_error_new_literal (SY_ERROR, SY_ERROR_CONNECT, "Nobody answers");

  sy_alert_fixture_run (&f->base, n, a, b, why);
}

static void
sleep_for (Fixture *f,
           gint64   seconds)
{
  sy_clock_advance (f->base.clock, seconds * SY_USEC_PER_SEC);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_level (Fixture       *f,
            gconstpointer  data)
{
  const guint id = add_rule (f, FALSE);
  const SyAlertEvent *event;

  run (f, 5, 50, 5);
  g_assert_cmpstr (f->told->str, ==, "");
  run (f, 60, 50, 20);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 ");

  event = sy_alert_watch_find (f->base.watch, id);
  g_assert_nonnull (event);
  g_assert_cmpstr (event->name, ==, "Basket");
  g_assert_null (event->base);
  g_assert_cmpfloat (event->value, ==, 20);
  g_assert_cmpuint (sy_alert_watch_get_events (f->base.watch)->len, ==, 1);

  run (f, 60, 50, 10); /* within the limit, but not by a tenth of it */
  g_assert_cmpstr (f->told->str, ==, "+rule-1 ");
  run (f, 10, 50, 9);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 -rule-1 ");
  g_assert_cmpuint (sy_alert_watch_get_events (f->base.watch)->len, ==, 0);
}

static void
test_ratio (Fixture       *f,
            gconstpointer  data)
{
  const guint id = add_rule (f, TRUE);

  run (f, 10, 10, 14);
  g_assert_cmpstr (f->told->str, ==, "");
  run (f, 10, 10, 16);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 ");
  g_assert_cmpstr (sy_alert_watch_find (f->base.watch, id)->base, ==, "Orders");
  g_assert_cmpfloat (sy_alert_watch_find (f->base.watch, id)->value, ==, 1.6);
  run (f, 10, 20, 16);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 -rule-1 ");

  /* without A there is no ratio, and nothing is told of one */
  sy_alert_book_set_tells_lost (f->base.book, FALSE, NULL);
  run (f, 30, NAN, 500);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 -rule-1 ");
}

/* A backend that does not answer has crossed no limit. */
static void
test_gap (Fixture       *f,
          gconstpointer  data)
{
  add_rule (f, FALSE);
  sy_alert_book_set_tells_lost (f->base.book, FALSE, NULL);

  run (f, 3, 5, 20);
  run (f, 30, 5, NAN);
  run (f, 3, 5, 20);
  g_assert_cmpstr (f->told->str, ==, "");
  run (f, 2, 5, 20);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 ");
  run (f, 30, 5, NAN);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 ");
}

static void
test_lost (Fixture       *f,
           gconstpointer  data)
{
  const SyAlertEvent *event;

  /* Who has never answered is not lost. */
  run (f, 10, 5, NAN);
  g_assert_cmpstr (f->told->str, ==, "");

  run (f, 3, 5, 5);
  run (f, 2, 5, NAN);
  g_assert_cmpstr (f->told->str, ==, ""); /* 2.2 of the 2.5 seconds */
  run (f, 60, 5, NAN);
  g_assert_cmpstr (f->told->str, ==, "+lost-b ");
  event = g_ptr_array_index (sy_alert_watch_get_events (f->base.watch), 0);
  g_assert_true (event->is_lost);
  g_assert_cmpstr (event->name, ==, "Basket");
  g_assert_cmpstr (event->message, ==, "Nobody answers");
  g_assert_cmpint (event->wall_us, ==, sy_clock_get_wall (f->base.clock) - 62 * SY_USEC_PER_SEC - SY_USEC_PER_SEC / 5);

  run (f, 2, 5, 5);
  g_assert_cmpstr (f->told->str, ==, "+lost-b -lost-b ");
}

static void
test_lost_off (Fixture       *f,
               gconstpointer  data)
{
  run (f, 3, 5, 5);
  run (f, 10, 5, NAN);
  g_assert_cmpstr (f->told->str, ==, "+lost-b ");
  sy_alert_book_set_tells_lost (f->base.book, FALSE, NULL);
  g_assert_cmpstr (f->told->str, ==, "+lost-b -lost-b ");
  run (f, 10, NAN, NAN);
  g_assert_cmpstr (f->told->str, ==, "+lost-b -lost-b ");
}

/* Whoever slept for an hour has heard nothing for an hour, and lost nobody. */
static void
test_asleep (Fixture       *f,
             gconstpointer  data)
{
  run (f, 3, 5, 5);
  sleep_for (f, 3600);
  g_assert_cmpstr (f->told->str, ==, "");
  run (f, 3, 5, 5);
  g_assert_cmpstr (f->told->str, ==, "");

  sleep_for (f, 3600);
  run (f, 4, 5, NAN);
  g_assert_cmpstr (f->told->str, ==, "+lost-b ");
}

static void
test_changed (Fixture       *f,
              gconstpointer  data)
{
  const guint id = add_rule (f, FALSE);
  SyAlertRule rule = *sy_alert_book_find (f->base.book, id);

  run (f, 10, 5, 20);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 ");
  rule.limit = 30;
  sy_alert_book_change (f->base.book, &rule, NULL);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 -rule-1 ");
  run (f, 10, 5, 20);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 -rule-1 ");

  g_string_truncate (f->told, 0);
  run (f, 10, 5, 40);
  rule.is_enabled = FALSE;
  sy_alert_book_change (f->base.book, &rule, NULL);
  run (f, 10, 5, 40);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 -rule-1 ");

  g_string_truncate (f->told, 0);
  rule.is_enabled = TRUE;
  sy_alert_book_change (f->base.book, &rule, NULL);
  run (f, 10, 5, 40);
  /* another rule is none of its business */
  add_rule (f, TRUE);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 ");
  sy_alert_book_remove (f->base.book, id, NULL);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 -rule-1 ");
}

/* Whoever has gone is told of no more, and what comes in its place begins anew. */
static void
test_removed (Fixture       *f,
              gconstpointer  data)
{
  add_rule (f, FALSE);
  run (f, 10, 5, 20);
  run (f, 10, 5, NAN);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 +lost-b ");
  sy_session_remove (f->base.session, sy_session_get (f->base.session, 1));
  g_assert_cmpstr (f->told->str, ==, "+rule-1 +lost-b -rule-1 -lost-b ");

  g_string_truncate (f->told, 0);
  sy_alert_fixture_add (&f->base, "http://127.0.0.1:8103/metrics", "Cart");
  run (f, 3, 5, 20);
  g_assert_cmpstr (f->told->str, ==, "");
  run (f, 3, 5, 20);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 ");
}

/* A Prometheus server tells the past hour when it is asked first: nobody is told of that. */
static void
test_past (Fixture       *f,
           gconstpointer  data)
{
  SyHistory *history = sy_backend_get_history (sy_session_get (f->base.session, 1));
  SyReading reading;

  add_rule (f, FALSE);
  sy_reading_init (&reading);
  reading.in_flight = 20;
  for (guint i = 0; i < 10; i++)
    {
      reading.monotonic_us = sy_clock_get_monotonic (f->base.clock) + ((gint64) i - 500) * SY_USEC_PER_SEC;
      sy_history_append (history, &reading, NAN, NAN, NULL);
    }
  run (f, 1, 5, 5);
  g_assert_cmpstr (f->told->str, ==, "");

  run (f, 10, 5, 20);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 ");
}

/* With the watch goes what it has told. */
static void
test_end (Fixture       *f,
          gconstpointer  data)
{
  add_rule (f, FALSE);
  run (f, 10, 5, 20);
  g_object_run_dispose (G_OBJECT (f->base.watch));
  g_assert_cmpstr (f->told->str, ==, "+rule-1 -rule-1 ");
}

#define ADD(name, func) g_test_add ("/alert-watch/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("level", test_level);
  ADD ("ratio", test_ratio);
  ADD ("gap", test_gap);
  ADD ("lost", test_lost);
  ADD ("lost-off", test_lost_off);
  ADD ("asleep", test_asleep);
  ADD ("changed", test_changed);
  ADD ("removed", test_removed);
  ADD ("past", test_past);
  ADD ("end", test_end);

  return g_test_run ();
}
