/* test-cut-text.c: N10b, text that is cut exactly at the end of a line
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing in such an answer is wrong. What it lacks must not become zero, and a
 * sum over what is left must not be shown: it is a gap first, and a doubt when
 * it repeats.
 */
#include "config.h"

#include <string.h>

#include "sy-cut-watch.h"
#include "sy-error.h"
#include "sy-http-source.h"
#include "sy-witness.h"

#define INTERVAL_US (SY_USEC_PER_SEC / 10)
#define HEAD "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/plain; version=0.0.4\r\n"
#define FIRST "# TYPE a gauge\na{b=\"1\"} 1\n"
#define REST "a{b=\"2\"} 2\na{b=\"3\"} 3\na{b=\"4\"} 4\n"
#define CHUNK(size, bytes) size "\r\n" bytes "\r\n"
#define WHOLE HEAD "\r\n" FIRST REST

typedef struct
{
  const char *name;
  const char *cut;
} Case;

/* The line feed is the last byte that comes; of the second, the end is missing: "0\r\n\r\n". */
static const Case cases[] = {
  { "close", HEAD "\r\n" FIRST },
  { "chunked", HEAD "Transfer-Encoding: chunked\r\n\r\n" CHUNK ("1a", FIRST) },
};

static SyClock *clock_;
static guint n_gaps;  /* atomic */
static guint n_read;  /* atomic */

static void
scrape_cb (const SyScrape *scrape,
           gpointer        user_data)
{
  if (scrape->error != NULL)
    {
      /* nothing of it is kept */
      g_assert_null (scrape->exposition);
      g_atomic_int_inc (&n_gaps);
    }
  else
    {
      g_atomic_int_inc (&n_read);
    }
}

static SySource *
start (SyWitness *server)
{
  g_autofree char *address = sy_witness_dup_url (server, "/metrics");
  g_autoptr (SyUrl) url = sy_url_parse (address, NULL);
  SySource *source = sy_http_source_new (url, clock_, INTERVAL_US);

  g_atomic_int_set (&n_gaps, 0);
  g_atomic_int_set (&n_read, 0);
  sy_source_set_scrape_func (source, scrape_cb, NULL, NULL);
  sy_source_start (source);
  return source;
}

static void
wait_for_state (SySource      *source,
                SySourceState  state)
{
  while (sy_source_get_state (source) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_warning (SySource *source,
                  gboolean  is_there)
{
  while ((sy_source_get_warning (source) != NULL) != is_there)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_cut (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (SyWitness) server = sy_witness_new (NULL);
  SySource *source;

  sy_witness_set_answer (server, WHOLE);
  source = start (server);
  wait_for_state (source, SY_SOURCE_LIVE);
  g_assert_null (sy_source_get_warning (source));

  sy_witness_set_answer (server, one->cut);
  wait_for_state (source, SY_SOURCE_RETRYING);
  g_assert_error (sy_source_get_error (source), SY_ERROR, SY_ERROR_TRUNCATED);
  g_assert_nonnull (strstr (sy_source_get_error (source)->message, "1 values came, before it were 4"));
  g_assert_cmpuint (sy_source_get_n_failures (source), ==, 1);

  /* a backend that goes on saying less is read, with a doubt */
  wait_for_state (source, SY_SOURCE_LIVE);
  wait_for_warning (source, TRUE);
  g_assert_cmpuint (g_atomic_int_get (&n_gaps), ==, 1);

  sy_witness_set_answer (server, WHOLE);
  wait_for_warning (source, FALSE);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_LIVE);
  g_assert_cmpuint (sy_source_get_n_failures (source), ==, 1);
  g_assert_finalize_object (source);
}

/* The same answer with its length is the whole truth. */
static void
test_length (void)
{
  g_autoptr (SyWitness) server = sy_witness_new (NULL);
  SySource *source;
  guint n;

  sy_witness_set_answer (server, WHOLE);
  source = start (server);
  wait_for_state (source, SY_SOURCE_LIVE);
  sy_witness_set_answer (server, HEAD "Content-Length: 26\r\n\r\n" FIRST);
  n = (guint) g_atomic_int_get (&n_read);
  while ((guint) g_atomic_int_get (&n_read) < n + 3)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (g_atomic_int_get (&n_gaps), ==, 0);
  g_assert_null (sy_source_get_warning (source));
  g_assert_cmpuint (sy_source_get_n_samples (source), ==, 1);
  g_assert_finalize_object (source);
}

/* Ten doubts, then the smaller answer is the usual one. */
static void
test_new_normal (void)
{
  SyCutWatch watch = { 0 };
  char *doubt = NULL;

  g_assert_true (sy_cut_watch_judge (&watch, 100, FALSE, &doubt));
  g_assert_true (sy_cut_watch_judge (&watch, 50, FALSE, &doubt));
  g_assert_true (sy_cut_watch_judge (&watch, 99, FALSE, &doubt));
  g_assert_null (doubt);

  for (guint i = 0; i < 10; i++)
    {
      g_assert_cmpint (sy_cut_watch_judge (&watch, 49, FALSE, &doubt), ==, i > 0);
      g_assert_nonnull (doubt);
      g_clear_pointer (&doubt, g_free);
    }

  g_assert_true (sy_cut_watch_judge (&watch, 49, FALSE, &doubt));
  g_assert_null (doubt);
  g_assert_cmpuint (watch.n_usual, ==, 49);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  clock_ = sy_clock_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/cut-text/N10b-", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_cut);
    }
  g_test_add_func ("/cut-text/length", test_length);
  g_test_add_func ("/cut-text/new-normal", test_new_normal);

  status = g_test_run ();
  g_object_unref (clock_);
  return status;
}
