/* test-alert-watch.c: what two backends say, and what is told of it
 *
 * Sources and a clock that stand still.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "sy-alert-watch.h"
#include "sy-error.h"
#include "sy-session.h"
#include "sy-still-source.h"

typedef struct
{
  char         *folder;  /* (owned) */
  char         *path;    /* (owned) */
  SyClock      *clock;   /* (owned) */
  SySession    *session; /* (owned) */
  SyAlertBook  *book;    /* (owned) */
  SyAlertWatch *watch;   /* (owned) */
  GString      *told;    /* (owned): "+rule-1 -rule-1 " */
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
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
add_backend (Fixture    *f,
             const char *address,
             const char *name)
{
  g_autoptr (SySource) source = sy_still_source_new (address, f->clock);

  g_assert_nonnull (sy_session_add_source (f->session, source, name, NULL));
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("steelyard-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "alerts.json", NULL);
  f->clock = sy_clock_new_manual (1000 * SY_USEC_PER_SEC, 1795422736 * SY_USEC_PER_SEC);
  f->session = sy_session_new (f->clock, &error);
  g_assert_no_error (error);
  add_backend (f, "http://127.0.0.1:8101/metrics", "Orders");
  add_backend (f, "http://127.0.0.1:8102/metrics", "Basket");
  f->book = sy_alert_book_new (f->path);
  f->watch = sy_alert_watch_new (G_LIST_MODEL (f->session), f->clock, f->book);
  f->told = g_string_new (NULL);
  g_signal_connect (f->watch, "began", G_CALLBACK (began_cb), f);
  g_signal_connect (f->watch, "ended", G_CALLBACK (ended_cb), f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_clear_object (&f->watch);
  g_clear_object (&f->book);
  g_clear_object (&f->session);
  g_clear_object (&f->clock);
  g_string_free (f->told, TRUE);
  g_remove (f->path);
  g_rmdir (f->folder);
  g_free (f->path);
  g_free (f->folder);
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

  g_assert_true (sy_alert_book_add (f->book, &rule, G_MAXUINT, NULL));
  return sy_alert_book_get (f->book, sy_alert_book_get_n (f->book) - 1)->id;
}

static void
say (Fixture *f,
     guint    position,
     double   in_flight)
{
  SySource *source = sy_backend_get_source (sy_session_get (f->session, position));
  g_autofree char *text = g_strdup_printf ("# TYPE http_requests_in_flight gauge\nhttp_requests_in_flight %.0f\n", in_flight);

  if (isnan (in_flight))
    sy_still_source_fail (SY_STILL_SOURCE (source), SY_ERROR_CONNECT, "Nobody answers", 0);
  else
    sy_still_source_say (SY_STILL_SOURCE (source), text);
}

/* @n seconds in which both say that; NAN: it does not answer. */
static void
run (Fixture *f,
     guint    n,
     double   a,
     double   b)
{
  for (guint i = 0; i < n; i++)
    {
      sy_clock_advance (f->clock, 4 * SY_USEC_PER_SEC / 5);
      say (f, 0, a);
      if (sy_session_get_n (f->session) > 1)
        say (f, 1, b);
      iterate ();
      /* The feed delivers at most ten times a second. */
      sy_clock_advance (f->clock, SY_USEC_PER_SEC / 5);
      iterate ();
    }
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

  event = sy_alert_watch_find (f->watch, id);
  g_assert_nonnull (event);
  g_assert_cmpstr (event->name, ==, "Basket");
  g_assert_null (event->base);
  g_assert_cmpfloat (event->value, ==, 20);
  g_assert_cmpuint (sy_alert_watch_get_events (f->watch)->len, ==, 1);

  run (f, 60, 50, 10); /* within the limit, but not by a tenth of it */
  g_assert_cmpstr (f->told->str, ==, "+rule-1 ");
  run (f, 10, 50, 9);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 -rule-1 ");
  g_assert_cmpuint (sy_alert_watch_get_events (f->watch)->len, ==, 0);
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
  g_assert_cmpstr (sy_alert_watch_find (f->watch, id)->base, ==, "Orders");
  g_assert_cmpfloat (sy_alert_watch_find (f->watch, id)->value, ==, 1.6);
  run (f, 10, 20, 16);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 -rule-1 ");

  /* without A there is no ratio, and nothing is told of one */
  sy_alert_book_set_tells_lost (f->book, FALSE, NULL);
  run (f, 30, NAN, 500);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 -rule-1 ");
}

/* A backend that does not answer has crossed no limit. */
static void
test_gap (Fixture       *f,
          gconstpointer  data)
{
  add_rule (f, FALSE);
  sy_alert_book_set_tells_lost (f->book, FALSE, NULL);

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
  event = g_ptr_array_index (sy_alert_watch_get_events (f->watch), 0);
  g_assert_true (event->is_lost);
  g_assert_cmpstr (event->name, ==, "Basket");
  g_assert_cmpstr (event->message, ==, "Nobody answers");
  g_assert_cmpint (event->wall_us, ==, sy_clock_get_wall (f->clock) - 62 * SY_USEC_PER_SEC - SY_USEC_PER_SEC / 5);

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
  sy_alert_book_set_tells_lost (f->book, FALSE, NULL);
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
  sy_clock_advance (f->clock, 3600 * SY_USEC_PER_SEC);
  iterate ();
  g_assert_cmpstr (f->told->str, ==, "");
  run (f, 3, 5, 5);
  g_assert_cmpstr (f->told->str, ==, "");

  sy_clock_advance (f->clock, 3600 * SY_USEC_PER_SEC);
  iterate ();
  run (f, 4, 5, NAN);
  g_assert_cmpstr (f->told->str, ==, "+lost-b ");
}

static void
test_changed (Fixture       *f,
              gconstpointer  data)
{
  const guint id = add_rule (f, FALSE);
  SyAlertRule rule = *sy_alert_book_find (f->book, id);

  run (f, 10, 5, 20);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 ");
  rule.limit = 30;
  sy_alert_book_change (f->book, &rule, NULL);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 -rule-1 ");
  run (f, 10, 5, 20);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 -rule-1 ");

  g_string_truncate (f->told, 0);
  run (f, 10, 5, 40);
  rule.is_enabled = FALSE;
  sy_alert_book_change (f->book, &rule, NULL);
  run (f, 10, 5, 40);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 -rule-1 ");

  g_string_truncate (f->told, 0);
  rule.is_enabled = TRUE;
  sy_alert_book_change (f->book, &rule, NULL);
  run (f, 10, 5, 40);
  /* another rule is none of its business */
  add_rule (f, TRUE);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 ");
  sy_alert_book_remove (f->book, id, NULL);
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
  sy_session_remove (f->session, sy_session_get (f->session, 1));
  g_assert_cmpstr (f->told->str, ==, "+rule-1 +lost-b -rule-1 -lost-b ");

  g_string_truncate (f->told, 0);
  add_backend (f, "http://127.0.0.1:8103/metrics", "Cart");
  run (f, 3, 5, 20);
  g_assert_cmpstr (f->told->str, ==, "");
  run (f, 3, 5, 20);
  g_assert_cmpstr (f->told->str, ==, "+rule-1 ");
}

/* With the watch goes what it has told. */
static void
test_end (Fixture       *f,
          gconstpointer  data)
{
  add_rule (f, FALSE);
  run (f, 10, 5, 20);
  g_object_run_dispose (G_OBJECT (f->watch));
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
  ADD ("end", test_end);

  return g_test_run ();
}
