/* fuzz-exposition.c: the parser agrees with itself, and the linter with it
 *
 * The first byte chooses the format and the limits; a byte 0xff in the rest
 * parts two bodies, as two scrapes of one target. Whatever they are:
 *
 *  - a table that has seen the first reads the second as a fresh one does
 *  - the same body again gives the same series and the same numbers
 *  - the linter calls a body wrong that does not parse
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "sy-exposition-lint.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const SyExpositionLimits small = {
  .max_line = 100,
  .max_samples = 10,
  .max_labels = 3,
  .max_name = 16,
  .max_value = 20,
};

static void
assert_same_series (const SySeries *a,
                    const SySeries *b)
{
  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpuint (a->n_labels, ==, b->n_labels);

  for (guint i = 0; i < a->n_labels; i++)
    {
      g_assert_cmpstr (a->labels[i].name, ==, b->labels[i].name);
      g_assert_cmpstr (a->labels[i].value, ==, b->labels[i].value);
      g_assert_true (g_utf8_validate (a->labels[i].value, -1, NULL));
    }
}

static void
assert_same_families (const SyExposition *a,
                      const SyExposition *b)
{
  guint n_a, n_b;
  const SyFamily *left = sy_exposition_get_families (a, &n_a);
  const SyFamily *right = sy_exposition_get_families (b, &n_b);

  g_assert_cmpuint (n_a, ==, n_b);
  for (guint i = 0; i < n_a; i++)
    {
      g_assert_cmpstr (left[i].name, ==, right[i].name);
      g_assert_cmpstr (left[i].help, ==, right[i].help);
      g_assert_cmpstr (left[i].unit, ==, right[i].unit);
      g_assert_cmpint (left[i].type, ==, right[i].type);
      g_assert_cmpuint (left[i].line, ==, right[i].line);
      g_assert_cmpint (left[i].declared, ==, right[i].declared);
      g_assert_true (g_utf8_validate (left[i].help, -1, NULL));
    }
}

static void
assert_same (const SyExposition *a,
             const SyExposition *b)
{
  guint n_a, n_b;
  const SySample *left = sy_exposition_get_samples (a, &n_a);
  const SySample *right = sy_exposition_get_samples (b, &n_b);

  assert_same_families (a, b);
  g_assert_cmpuint (n_a, ==, n_b);

  for (guint i = 0; i < n_a; i++)
    {
      assert_same_series (left[i].series, right[i].series);
      g_assert_cmpmem (&left[i].value, sizeof (double), &right[i].value, sizeof (double));
      g_assert_cmpmem (&left[i].timestamp, sizeof (double), &right[i].timestamp, sizeof (double));
      g_assert_cmpuint (left[i].family, ==, right[i].family);
      g_assert_cmpuint (left[i].line, ==, right[i].line);
      g_assert_cmpint (left[i].exemplar, ==, right[i].exemplar);
      if (left[i].exemplar >= 0)
        assert_same_series (sy_exposition_get_exemplar (a, left[i].exemplar)->labels_series,
                            sy_exposition_get_exemplar (b, right[i].exemplar)->labels_series);
    }
}

/* A steady scrape hands out the very same series. */
static void
assert_identical (const SyExposition *a,
                  const SyExposition *b)
{
  guint n_samples;
  const SySample *left = sy_exposition_get_samples (a, &n_samples);
  const SySample *right = sy_exposition_get_samples (b, NULL);

  assert_same (a, b);
  for (guint i = 0; i < n_samples; i++)
    g_assert_true (left[i].series == right[i].series);
}

static gboolean
has_error (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    if (((const SyFinding *) findings->pdata[i])->severity == SY_FINDING_ERROR)
      return TRUE;

  return FALSE;
}

static void
check_body (GBytes                   *body,
            SyFormat                  format,
            const SyExpositionLimits *limits,
            SySeriesTable            *table)
{
  g_autoptr (SySeriesTable) fresh = sy_series_table_new (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyExposition) reference = sy_exposition_parse (body, format, limits, fresh, &error);
  g_autoptr (SyExposition) exposition = sy_exposition_parse (body, format, limits, table, NULL);
  g_autoptr (SyExposition) again = sy_exposition_parse (body, format, limits, table, NULL);
  g_autoptr (GPtrArray) findings = sy_exposition_lint (body, format);

  g_assert_true ((reference == NULL) == (error != NULL));
  g_assert_true ((reference == NULL) == (exposition == NULL));
  g_assert_true ((reference == NULL) == (again == NULL));

  if (reference == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_true (limits != NULL || has_error (findings));
      return;
    }

  assert_same (reference, exposition);
  assert_identical (exposition, again);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const SyFormat formats[] = { SY_FORMAT_PROMETHEUS, SY_FORMAT_OPENMETRICS, SY_FORMAT_JSON, SY_FORMAT_AUTO };
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  const uint8_t *part;
  SyFormat format;
  gsize length;

  if (size == 0)
    return 0;

  format = formats[data[0] % G_N_ELEMENTS (formats)];
  part = memchr (data + 1, 0xff, size - 1);
  length = part != NULL ? (gsize) (part - data) - 1 : size - 1;

  for (guint i = 0; i < 2; i++)
    {
      /* A copy of its own: reading beyond the body is reading beyond a block. */
      g_autoptr (GBytes) first = g_bytes_new (data + 1, length);
      g_autoptr (GBytes) second = part != NULL ? g_bytes_new (part + 1, size - length - 2) : NULL;

      check_body (i == 0 || second == NULL ? first : second, format, data[0] & 0x10 ? &small : NULL, table);
    }

  return 0;
}
