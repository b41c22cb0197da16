/* test-feed.c
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-feed.h"

#define START_US (100 * SY_USEC_PER_SEC)

typedef struct
{
  SyRecogniser  *recogniser;
  SyClock       *clock;
  SySeriesTable *table;
  SyFeed        *feed;

  guint          n_calls;
  guint          n_items;
  SyFeedItem     last;       /* message not owned here */
  char          *last_message;
  char          *exporter_metric; /* of the requests signal, as a sign that the mapping came */
} Fixture;

static void
feed_cb (const GArray      *items,
         const SyFeedState *state,
         gpointer           user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpuint (items->len, >, 0);
  fixture->n_calls++;
  fixture->n_items += items->len;
  fixture->last = g_array_index (items, SyFeedItem, items->len - 1);
  g_free (fixture->last_message);
  fixture->last_message = g_strdup (fixture->last.message);

  if (state->mapping != NULL && sy_mapping_find (state->mapping, "requests") != NULL)
    {
      g_free (fixture->exporter_metric);
      fixture->exporter_metric = g_strdup (sy_mapping_find (state->mapping, "requests")->metric);
    }
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *directory = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (GError) error = NULL;

  fixture->recogniser = sy_recogniser_new_from_directory (directory, &error);
  g_assert_no_error (error);
  fixture->clock = sy_clock_new_manual (START_US, 0);
  fixture->table = sy_series_table_new (0);
  fixture->feed = sy_feed_new (fixture->recogniser, fixture->clock, feed_cb, fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  sy_feed_close (fixture->feed);
  sy_feed_unref (fixture->feed);
  sy_series_table_unref (fixture->table);
  g_object_unref (fixture->clock);
  sy_recogniser_unref (fixture->recogniser);
  g_free (fixture->last_message);
  g_free (fixture->exporter_metric);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
scrape (Fixture *fixture,
        guint    requests)
{
  g_autofree char *text =
    g_strdup_printf ("# TYPE http_requests_total counter\nhttp_requests_total{code=\"200\"} %u\n"
                     "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds 1000\n", requests);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (SyScrape) one = sy_scrape_new ();
  g_autoptr (GError) error = NULL;

  one->monotonic_us = one->answered_us = sy_clock_get_monotonic (fixture->clock);
  one->exposition = sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, NULL, fixture->table, &error);
  g_assert_no_error (error);
  sy_feed_scrape (one, fixture->feed);
}

static void
miss (Fixture     *fixture,
      SyErrorCode  code)
{
  g_autoptr (SyScrape) one = sy_scrape_new ();

  one->monotonic_us = one->answered_us = sy_clock_get_monotonic (fixture->clock);
  one->error = g_error_new_literal (SY_ERROR, code, "it did not answer");
  sy_feed_scrape (one, fixture->feed);
}

static void
test_rate (Fixture       *fixture,
           gconstpointer  data)
{
  scrape (fixture, 100);
  settle ();
  g_assert_cmpuint (fixture->n_calls, ==, 1);
  g_assert_true (isnan (fixture->last.reading.throughput));
  g_assert_cmpstr (fixture->exporter_metric, ==, "http_requests_total");

  sy_clock_advance (fixture->clock, SY_USEC_PER_SEC);
  scrape (fixture, 150);
  settle ();
  g_assert_cmpuint (fixture->n_calls, ==, 2);
  g_assert_cmpfloat_with_epsilon (fixture->last.reading.throughput, 50, 1e-9);
}

/* Fifty scrapes within a tenth of a second are one batch, and none is lost. */
static void
test_batches (Fixture       *fixture,
              gconstpointer  data)
{
  scrape (fixture, 0);
  settle ();
  g_assert_cmpuint (fixture->n_calls, ==, 1);

  for (guint i = 1; i <= 50; i++)
    {
      sy_clock_advance (fixture->clock, SY_USEC_PER_MSEC);
      scrape (fixture, i);
      settle ();
    }
  g_assert_cmpuint (fixture->n_calls, ==, 1);

  sy_clock_advance (fixture->clock, 100 * SY_USEC_PER_MSEC);
  settle ();
  g_assert_cmpuint (fixture->n_calls, ==, 2);
  g_assert_cmpuint (fixture->n_items, ==, 51);
}

static void
test_miss (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct {
    SyErrorCode code;
    SyGap       gap;
  } cases[] = {
    { SY_ERROR_CONNECT, SY_GAP_DOWN },
    { SY_ERROR_DEADLINE, SY_GAP_LATE },
    { SY_ERROR_FORMAT, SY_GAP_FORMAT_CHANGED },
    { SY_ERROR_OVERRUN, SY_GAP_OVERRUN },
    { SY_ERROR_SUSPENDED, SY_GAP_SUSPENDED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      miss (fixture, cases[i].code);
      sy_clock_advance (fixture->clock, SY_USEC_PER_SEC);
      settle ();
      g_assert_cmpint (fixture->last.reading.gap, ==, cases[i].gap);
      g_assert_cmpstr (fixture->last_message, ==, "it did not answer");
      g_assert_true (isnan (fixture->last.reading.rss));
    }
}

/* A machine that slept is told from one that was busy, and the hours are no rate. */
static void
test_sleep (Fixture       *fixture,
            gconstpointer  data)
{
  scrape (fixture, 100);
  sy_clock_advance (fixture->clock, SY_USEC_PER_SEC);
  scrape (fixture, 150);
  settle ();
  g_assert_cmpuint (fixture->n_items, ==, 2);

  sy_clock_sleep (fixture->clock, 8 * 3600 * SY_USEC_PER_SEC);
  scrape (fixture, 100000);
  settle ();
  g_assert_cmpuint (fixture->n_items, ==, 4);
  g_assert_cmpint (fixture->last.reading.gap, ==, SY_GAP_FIRST);
  g_assert_true (isnan (fixture->last.reading.throughput));

  sy_clock_advance (fixture->clock, SY_USEC_PER_SEC);
  scrape (fixture, 100070);
  settle ();
  g_assert_cmpfloat_with_epsilon (fixture->last.reading.throughput, 70, 1e-9);

  /* awake, and nobody asked for a while */
  sy_clock_advance (fixture->clock, 20 * SY_USEC_PER_SEC);
  scrape (fixture, 101000);
  settle ();
  g_assert_cmpuint (fixture->n_items, ==, 6);
  g_assert_false (isnan (fixture->last.reading.throughput));

  sy_clock_sleep (fixture->clock, 60 * SY_USEC_PER_SEC);
  miss (fixture, SY_ERROR_DEADLINE);
  settle ();
  g_assert_cmpuint (fixture->n_items, ==, 8);
  g_assert_cmpint (fixture->last.reading.gap, ==, SY_GAP_LATE);
}

/* Nobody collects: memory stays bounded, and the loss is told. */
static void
test_bounded (Fixture       *fixture,
              gconstpointer  data)
{
  for (guint i = 0; i < 5000; i++)
    {
      sy_clock_advance (fixture->clock, SY_USEC_PER_MSEC);
      scrape (fixture, i);
    }
  g_assert_cmpuint (sy_feed_get_n_waiting (fixture->feed), ==, SY_FEED_MAX_WAITING);
  settle ();
  g_assert_cmpuint (fixture->n_items, ==, 4096);
  g_assert_cmpuint (sy_feed_get_n_waiting (fixture->feed), ==, 0);
}

static void
test_closed (Fixture       *fixture,
             gconstpointer  data)
{
  scrape (fixture, 1);
  sy_feed_close (fixture->feed);
  scrape (fixture, 2);
  sy_clock_advance (fixture->clock, SY_USEC_PER_SEC);
  settle ();
  g_assert_cmpuint (fixture->n_calls, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/feed/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("rate", test_rate);
  ADD ("batches", test_batches);
  ADD ("miss", test_miss);
  ADD ("sleep", test_sleep);
  ADD ("bounded", test_bounded);
  ADD ("closed", test_closed);
#undef ADD
  return g_test_run ();
}
