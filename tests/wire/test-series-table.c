/* test-series-table.c: what is remembered from scrape to scrape
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "wire-fixture.h"

#define TEXT SY_FORMAT_PROMETHEUS

static void
assert_same_series (const SyExposition *a,
                    const SyExposition *b)
{
  guint n_a, n_b;
  const SySample *left = sy_exposition_get_samples (a, &n_a);
  const SySample *right = sy_exposition_get_samples (b, &n_b);

  g_assert_cmpuint (n_a, ==, n_b);
  for (guint i = 0; i < n_a; i++)
    g_assert_true (left[i].series == right[i].series);
}

/* An unchanged target: other numbers, the same addresses, nothing new. */
static void
test_steady (void)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (SyExposition) first = wire_parse ("# TYPE a gauge\na{b=\"1\"} 1\na{b=\"2\"} 2\n\nc 3 7000\n", TEXT, table);
  g_autoptr (SyExposition) second = wire_parse ("# TYPE a gauge\na{b=\"1\"} 10\na{b=\"2\"} 2.5\n\nc NaN\n", TEXT, table);
  g_autofree char *dump = wire_dump (second);

  assert_same_series (first, second);
  g_assert_cmpuint (sy_series_table_size (table), ==, 3);
  g_assert_cmpstr (dump, ==, "a{b=\"1\"} 10 a/gauge\na{b=\"2\"} 2.5 a/gauge\nc nan c/unknown\n");
  g_assert_cmpuint (sy_exposition_get_samples (second, NULL)[2].line, ==, 5);

  /* Families are not read again either. */
  g_assert_true (sy_exposition_get_families (first, NULL) == sy_exposition_get_families (second, NULL));
}

static void
test_ids (void)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (SyExposition) one = wire_parse ("a 1\nb 1\n", TEXT, table);
  g_autoptr (SyExposition) two = wire_parse ("c 1\na 1\n", TEXT, table);
  const SySample *samples = sy_exposition_get_samples (two, NULL);

  g_assert_cmpuint (samples[0].series->id, ==, 2);
  g_assert_cmpuint (samples[1].series->id, ==, 0);
  g_assert_cmpuint (sy_series_table_size (table), ==, 3);
  g_assert_cmpstr (sy_series_table_get (table, 1)->name, ==, "b");
  g_assert_true (sy_exposition_get_table (two) == table);
}

/* Lines come, go, move and change their metadata; every body reads as by a
 * table that never saw another, and known series keep their address. */
static void
test_changes (void)
{
  static const char *const bodies[] = {
    "# TYPE a gauge\na{b=\"1\"} 1\na{b=\"2\"} 2\nc 3\n",
    "# TYPE a gauge\na{b=\"2\"} 2\na{b=\"1\"} 1\nc 3\n",            /* another order */
    "# TYPE a gauge\na{b=\"1\"} 1\na{b=\"3\"} 9\na{b=\"2\"} 2\nc 3\n", /* one more */
    "# TYPE a gauge\na{b=\"2\"} 2\nc 3\n",                          /* fewer */
    "# TYPE a counter\na{b=\"2\"} 2\nc 3\n",                        /* another type */
    "\n# TYPE a counter\na{b=\"2\"} 2\n# HELP c x\nc 3\n",          /* other lines between */
    "a{b=\"2\"} 2\nc{} 3\nc {b=\"x\"} 4\n",                         /* other spellings */
    "a 1\na{b=\"2\"} 2\nc 3\nc 4\n",                                /* bare, repeated */
    "a{b=\"2\"} 2\nc",                                              /* cut off: fails */
    "a{b=\"2\"} 2\nc 3\nc 4\nc 5\n",
    "",
    "c 3 1\n",
    "c 3",
    "  c 3\n",
  };
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);

  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
      {
        g_autoptr (GBytes) body = wire_bytes (bodies[(i * (round + 1)) % G_N_ELEMENTS (bodies)]);
        g_autoptr (SySeriesTable) fresh = sy_series_table_new (0);
        g_autoptr (SyExposition) exposition = sy_exposition_parse (body, TEXT, NULL, table, NULL);
        g_autoptr (SyExposition) reference = sy_exposition_parse (body, TEXT, NULL, fresh, NULL);
        g_autofree char *dump = NULL;
        g_autofree char *expected = NULL;

        g_assert_cmpint (exposition == NULL, ==, reference == NULL);
        if (exposition == NULL)
          continue;

        dump = wire_dump (exposition);
        expected = wire_dump (reference);
        g_assert_cmpstr (dump, ==, expected);
      }
}

/* Labels of exemplars are new in every scrape and must not fill the table. */
static void
test_exemplars_are_not_remembered (void)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (2);

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *text = g_strdup_printf ("a_total 1 # {trace=\"%u\"} %u 5\n# EOF\n", i, i);
      g_autoptr (SyExposition) exposition = wire_parse (text, SY_FORMAT_OPENMETRICS, table);
      const SyExemplar *exemplar = sy_exposition_get_exemplar (exposition, 0);
      g_autofree char *trace = g_strdup_printf ("%u", i);

      g_assert_cmpstr (sy_series_get_label (exemplar->labels_series, "trace"), ==, trace);
      g_assert_cmpstr (exemplar->labels_series->name, ==, "");
      g_assert_cmpuint (sy_series_table_size (table), ==, 1);
    }
}

static void
test_cardinality (void)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (2);
  g_autoptr (SyExposition) full = wire_parse ("a 1\nb 1\n", TEXT, table);
  g_autoptr (SyExposition) known = NULL;
  g_autoptr (GBytes) body = wire_bytes ("a 1\nc 1\n");
  g_autoptr (GError) error = NULL;

  g_assert_null (sy_exposition_parse (body, TEXT, NULL, table, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_CARDINALITY);
  g_assert_cmpstr (error->message, ==, "2:1: more than 2 different series since the start");

  known = wire_parse ("b 1\na 1\n", TEXT, table);
  g_assert_cmpuint (sy_series_table_size (table), ==, 2);
}

/* Thousands of series: pages and slots grow, addresses stay. */
static void
test_growth (void)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  GString *text = g_string_new (NULL);
  g_autoptr (SyExposition) first = NULL;
  g_autoptr (SyExposition) second = NULL;
  guint n_series = 5000;

  for (guint i = 0; i < n_series; i++)
    g_string_append_printf (text, "a{n=\"%u\"} %u\n", i, i);
  first = wire_parse (text->str, TEXT, table);

  g_string_prepend (text, "b 1\n");
  second = wire_parse (text->str, TEXT, table);
  g_assert_cmpuint (sy_series_table_size (table), ==, n_series + 1);

  for (guint i = 0; i < n_series; i++)
    {
      const SySeries *series = sy_exposition_get_samples (first, NULL)[i].series;

      g_assert_true (series == sy_series_table_get (table, i));
      g_assert_true (series == sy_exposition_get_samples (second, NULL)[i + 1].series);
      g_assert_cmpuint (g_ascii_strtoull (sy_series_get_label (series, "n"), NULL, 10), ==, i);
    }

  g_string_free (text, TRUE);
}

/* What was handed out outlives the table's other owners. */
static void
test_life (void)
{
  SySeriesTable *table = sy_series_table_new (0);
  SyExposition *first = wire_parse ("# HELP a x\na{b=\"1\"} 1\n", TEXT, table);
  SyExposition *second = wire_parse ("# HELP a x\na{b=\"1\"} 2\n", TEXT, table);

  sy_series_table_unref (table);
  sy_exposition_unref (first);
  g_assert_cmpstr (sy_exposition_get_samples (second, NULL)->series->labels[0].value, ==, "1");
  g_assert_cmpstr (sy_exposition_get_families (second, NULL)->help, ==, "x");
  sy_exposition_unref (sy_exposition_ref (second));
  sy_exposition_unref (second);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/series-table/steady", test_steady);
  g_test_add_func ("/wire/series-table/ids", test_ids);
  g_test_add_func ("/wire/series-table/changes", test_changes);
  g_test_add_func ("/wire/series-table/exemplars-are-not-remembered", test_exemplars_are_not_remembered);
  g_test_add_func ("/wire/series-table/cardinality", test_cardinality);
  g_test_add_func ("/wire/series-table/growth", test_growth);
  g_test_add_func ("/wire/series-table/life", test_life);
  return g_test_run ();
}
