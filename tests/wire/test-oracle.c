/* test-oracle.c: real bodies as the reference parser reads them
 *
 * Every body of the data folder that has an oracle is compared with it: the
 * families with type and help, their samples in order with labels and exact
 * values, the exemplars. Two things differ by intent and are allowed for:
 *
 *  - `# UNIT` in text format: the reference takes it for a comment; it is the
 *    only place where OpenTelemetry's Node.js exporter says seconds or
 *    milliseconds, so we read it. Compared only where the oracle has a unit.
 *  - samples that no TYPE or HELP line mentions: the reference makes a family
 *    of each of them in text format; we make one of all that share a name
 *    (SyFamily.declared is FALSE). Compared sample by sample.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "wire-fixture.h"

/* One family as the reference would list it. */
typedef struct {
  const SyFamily *family;
  GPtrArray      *samples; /* of SySample, borrowed */
} View;

static void
view_free (View *self)
{
  g_ptr_array_unref (self->samples);
  g_free (self);
}

static View *
view_new (const SyFamily *family)
{
  View *self = g_new0 (View, 1);

  self->family = family;
  self->samples = g_ptr_array_new ();
  return self;
}

static int
compare_views (gconstpointer a,
               gconstpointer b)
{
  const View *left = *(View *const *) a;
  const View *right = *(View *const *) b;
  guint left_line = left->family->line;
  guint right_line = right->family->line;

  if (!left->family->declared)
    left_line = ((const SySample *) left->samples->pdata[0])->line;
  if (!right->family->declared)
    right_line = ((const SySample *) right->samples->pdata[0])->line;

  return (left_line > right_line) - (left_line < right_line);
}

static GPtrArray *
list_views (const SyExposition *exposition)
{
  GPtrArray *views = g_ptr_array_new_with_free_func ((GDestroyNotify) view_free);
  gboolean text = sy_exposition_get_format (exposition) == SY_FORMAT_PROMETHEUS;
  guint n_families, n_samples;
  const SyFamily *families = sy_exposition_get_families (exposition, &n_families);
  const SySample *samples = sy_exposition_get_samples (exposition, &n_samples);
  g_autofree View **by_family = g_new0 (View *, n_families + 1);

  for (guint i = 0; i < n_families; i++)
    if (families[i].declared || !text)
      {
        by_family[i] = view_new (&families[i]);
        g_ptr_array_add (views, by_family[i]);
      }

  for (guint i = 0; i < n_samples; i++)
    {
      View *view = by_family[samples[i].family];

      if (view == NULL)
        {
          view = view_new (&families[samples[i].family]);
          g_ptr_array_add (views, view);
        }
      g_ptr_array_add (view->samples, (gpointer) &samples[i]);
    }

  g_ptr_array_sort (views, compare_views);
  return views;
}

static void
assert_same_double (double      value,
                    const char *expected)
{
  double want = g_ascii_strtod (expected, NULL);

  if (isnan (want))
    g_assert_true (isnan (value));
  else
    g_assert_cmpmem (&value, sizeof value, &want, sizeof want);
}

static void
assert_same_labels (const SySeries *series,
                    JsonObject     *expected)
{
  g_assert_cmpuint (series->n_labels, ==, json_object_get_size (expected));

  for (guint i = 0; i < series->n_labels; i++)
    g_assert_cmpstr (series->labels[i].value, ==,
                     json_object_get_string_member_with_default (expected, series->labels[i].name, NULL));
}

static void
assert_same_exemplar (const SyExposition *exposition,
                      const SySample     *sample,
                      JsonNode           *expected)
{
  const SyExemplar *exemplar;
  JsonObject *object;

  if (JSON_NODE_HOLDS_NULL (expected))
    {
      g_assert_cmpint (sample->exemplar, ==, -1);
      return;
    }

  object = json_node_get_object (expected);
  exemplar = sy_exposition_get_exemplar (exposition, sample->exemplar);
  assert_same_labels (exemplar->labels_series, json_object_get_object_member (object, "labels"));
  assert_same_double (exemplar->value, json_object_get_string_member (object, "value"));

  if (json_object_get_null_member (object, "ts"))
    g_assert_true (isnan (exemplar->timestamp));
  else
    g_assert_cmpfloat (exemplar->timestamp, ==, json_object_get_double_member (object, "ts"));
}

static void
assert_same_family (const SyExposition *exposition,
                    const View         *view,
                    JsonObject         *expected)
{
  g_autofree char *name = sy_family_dup_canonical_name (view->family);
  const char *unit = json_object_get_string_member (expected, "unit");
  JsonArray *samples = json_object_get_array_member (expected, "samples");

  g_assert_cmpstr (name, ==, json_object_get_string_member (expected, "name"));
  g_assert_cmpstr (sy_metric_type_nick (view->family->type), ==, json_object_get_string_member (expected, "type"));
  g_assert_cmpstr (view->family->help, ==, json_object_get_string_member (expected, "help"));
  if (sy_exposition_get_format (exposition) == SY_FORMAT_OPENMETRICS || *unit != '\0')
    g_assert_cmpstr (view->family->unit, ==, unit);

  g_assert_cmpuint (view->samples->len, ==, json_array_get_length (samples));

  for (guint i = 0; i < view->samples->len; i++)
    {
      const SySample *sample = view->samples->pdata[i];
      JsonArray *row = json_array_get_array_element (samples, i);
      g_autofree char *sample_name = sy_sample_dup_canonical_name (sample, view->family);

      g_assert_cmpstr (sample_name, ==, json_array_get_string_element (row, 0));
      assert_same_labels (sample->series, json_array_get_object_element (row, 1));
      assert_same_double (sample->value, json_array_get_string_element (row, 2));
      g_assert_true (json_array_get_null_element (row, 3) == !!isnan (sample->timestamp));
      assert_same_exemplar (exposition, sample, json_array_get_element (row, 4));
    }
}

static guint
assert_same_exposition (const SyExposition *exposition,
                        JsonArray          *expected)
{
  g_autoptr (GPtrArray) views = list_views (exposition);
  guint n_samples;

  g_assert_cmpuint (views->len, ==, json_array_get_length (expected));
  for (guint i = 0; i < views->len; i++)
    assert_same_family (exposition, views->pdata[i], json_array_get_object_element (expected, i));

  sy_exposition_get_samples (exposition, &n_samples);
  return n_samples;
}

static void
test_oracle (void)
{
  g_autofree char *folder = wire_data_path ("expositions");
  g_autofree char *oracle_folder = NULL;
  g_autoptr (GPtrArray) names = NULL;
  guint n_samples = 0;

  if (folder == NULL)
    return;

  oracle_folder = g_build_filename (folder, "oracle", NULL);
  names = wire_list (oracle_folder, ".json");

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *oracle_path = g_build_filename (oracle_folder, names->pdata[i], NULL);
      g_autofree char *name = g_strndup (names->pdata[i], strlen (names->pdata[i]) - strlen (".json"));
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (JsonNode) oracle = wire_read_json (oracle_path);
      g_autoptr (GBytes) body = wire_read (path);
      g_autoptr (SySeriesTable) table = sy_series_table_new (0);

      g_test_message ("%s", name);

      /* Twice: the full pass and the steady one must read the same. */
      for (guint round = 0; round < 2; round++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (SyExposition) exposition = NULL;

          exposition = sy_exposition_parse (body, SY_FORMAT_AUTO, NULL, table, &error);
          g_assert_no_error (error);
          n_samples += assert_same_exposition (exposition, json_node_get_array (oracle));
        }
    }

  g_test_message ("%u bodies agree, %u samples", names->len, n_samples / 2);
}

/* Whatever real exporters write is read, with or without an oracle. */
static void
test_every_capture_is_read (void)
{
  g_autofree char *folder = wire_data_path ("expositions");
  g_autoptr (GPtrArray) names = NULL;

  if (folder == NULL)
    return;

  names = wire_list (folder, ".prom");

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);
      g_autoptr (GBytes) body = wire_read (path);
      g_autoptr (SySeriesTable) table = sy_series_table_new (0);
      g_autoptr (GError) error = NULL;
      g_autoptr (SyExposition) exposition = NULL;

      exposition = sy_exposition_parse (body, SY_FORMAT_AUTO, NULL, table, &error);
      g_assert_no_error (error);
      g_assert_cmpint (sy_exposition_ends_cleanly (exposition), ==, !g_str_has_prefix (names->pdata[i], "node-bullmq"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/oracle/agrees", test_oracle);
  g_test_add_func ("/wire/oracle/every-capture-is-read", test_every_capture_is_read);
  return g_test_run ();
}
