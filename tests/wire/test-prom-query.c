/* test-prom-query.c: selectors are what they say and nothing more
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-error.h"
#include "sy-prom-query.h"

static const struct
{
  const char *text;
  const char *matchers; /* NULL: refused */
} selectors[] = {
  { "{job=\"api\"}", "job=\"api\"" },
  { "job='api'", "job=\"api\"" },
  { " { job = \"api\" , instance =~ \"web.*\" , } ", "job=\"api\",instance=~\"web.*\"" },
  { "a!=\"1\",b!~\"2\"", "a!=\"1\",b!~\"2\"" },
  { "{a=\"say \\\"x\\\" \\\\d\"}", "a=\"say \\\"x\\\" \\\\d\"" },
  { "{a='\"}) or up{'}", "a=\"\\\"}) or up{\"" },
  { "", NULL },
  { "{}", NULL },
  { "{job=\"api\"", NULL },
  { "job=\"api\"}", NULL },
  { "{job=api}", NULL },
  { "{job==\"api\"}", NULL },
  { "{job=\"api\"} or up", NULL },
  { "up{job=\"api\"}", NULL },
  { "{1a=\"x\"}", NULL },
  { "{a=\"x\" b=\"y\"}", NULL },
  { "{a=\"\\d\"}", NULL },
  { "{a=\"x\\", NULL },
  { "{a=\"\xff\"}", NULL },
};

static void
test_selectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (selectors); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *matchers = sy_prom_selector_normalise (selectors[i].text, &error);

      g_assert_cmpstr (matchers, ==, selectors[i].matchers);
      if (matchers == NULL)
        g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
    }
}

/* What was written once is read as itself. */
static void
test_again (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (selectors); i++)
    if (selectors[i].matchers != NULL)
      {
        g_autofree char *again = sy_prom_selector_normalise (selectors[i].matchers, NULL);

        g_assert_cmpstr (again, ==, selectors[i].matchers);
      }
}

static void
test_series (void)
{
  char *labels[] = { (char *) "__name__", (char *) "up", (char *) "path", (char *) "a\"b\\c\nd", NULL };
  const SyPromSeries series = { labels, NULL, 0 };
  g_autofree char *selector = sy_prom_selector_of_series (&series);

  g_assert_cmpstr (selector, ==, "{__name__=\"up\",path=\"a\\\"b\\\\c\\x0ad\"}");
}

static void
test_join (void)
{
  g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_prom_query_free);
  g_autofree char *joined = NULL;

  g_ptr_array_add (queries, sy_prom_query_new ("a.0", g_strdup ("sum(x)")));
  g_ptr_array_add (queries, sy_prom_query_new ("b.1", g_strdup ("max(y)")));
  joined = sy_prom_query_join (queries);
  g_assert_cmpstr (joined, ==, "label_replace(sum(x),\"steelyard_id\",\"a.0\",\"\",\"\") or "
                               "label_replace(max(y),\"steelyard_id\",\"b.1\",\"\",\"\")");
}

/* A range never has more points than a server answers with. */
static void
test_step (void)
{
  const gint64 second = 1000000;

  g_assert_cmpint (sy_prom_choose_step (3600 * second, second, 720), ==, 5007 * 1000);
  g_assert_cmpint (sy_prom_choose_step (60 * second, second, 720), ==, second);
  g_assert_cmpint (sy_prom_choose_step (0, 0, 720), ==, 1000);

  for (gint64 span = second; span < G_MAXINT64 / 16; span *= 7)
    g_assert_cmpint (span / sy_prom_choose_step (span, 1, G_MAXUINT) + 1, <=, SY_PROM_MAX_POINTS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/prom-query/selectors", test_selectors);
  g_test_add_func ("/prom-query/again", test_again);
  g_test_add_func ("/prom-query/series", test_series);
  g_test_add_func ("/prom-query/join", test_join);
  g_test_add_func ("/prom-query/step", test_step);

  return g_test_run ();
}
