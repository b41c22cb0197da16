/* fuzz-otlp.c: a push is read whole, in part, or named wrong; what is made of it
 * is an exposition
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "sy-error.h"
#include "sy-otlp-fold.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
assert_labels (const SyLabel *labels,
               guint          n)
{
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (*labels[i].name != '\0' && *labels[i].value != '\0');
      g_assert_true (g_utf8_validate (labels[i].value, -1, NULL));
      g_assert_true (i == 0 || strcmp (labels[i - 1].name, labels[i].name) < 0);
    }
}

static void
assert_request (const SyOtlpRequest *request)
{
  guint n, n_points = 0;
  const SyOtlpResource *resources = sy_otlp_request_get_resources (request, &n);
  const char *why;

  for (guint i = 0; i < n; i++)
    {
      assert_labels (resources[i].attributes, resources[i].n_attributes);
      for (guint j = 0; j < resources[i].n_metrics; j++)
        {
          const SyOtlpMetric *metric = &resources[i].metrics[j];

          n_points += metric->n_points;
          g_assert_true (*metric->name != '\0' && metric->kind != SY_OTLP_NONE);
          for (guint k = 0; k < metric->n_points; k++)
            assert_labels (metric->points[k].labels, metric->points[k].n_labels);
        }
    }

  g_assert_cmpuint (n_points, ==, sy_otlp_request_get_n_points (request));
  g_assert_true ((sy_otlp_request_get_n_rejected (request, &why) > 0) == (why != NULL));
}

/* Buckets never fall from one to the next unless what was pushed did. */
static void
assert_exposition (const SyExposition *exposition)
{
  guint n, n_families;
  const SySample *samples = sy_exposition_get_samples (exposition, &n);

  sy_exposition_get_families (exposition, &n_families);
  g_assert_cmpuint (n, <=, SY_EXPOSITION_LIMITS_DEFAULT.max_samples);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (samples[i].family, <, n_families);
      if (i > 0 && samples[i].family == samples[i - 1].family && samples[i].series->le > samples[i - 1].series->le
          && isfinite (samples[i].series->le))
        g_assert_true (samples[i].value >= samples[i - 1].value);
    }
}

static void
fold (SyOtlpRequest *request)
{
  g_autoptr (SyOtlpFold) self = sy_otlp_fold_new (NULL, NULL, NULL);
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);

  for (gint64 i = 1; i <= 2; i++)
    {
      const SyOtlpMoment moment = { i * G_USEC_PER_SEC, i * G_USEC_PER_SEC };
      g_autoptr (GError) error = NULL;
      g_autoptr (SyExposition) exposition = NULL;
      const gboolean is_any = sy_otlp_fold_take (self, request, &moment);

      exposition = sy_otlp_fold_render (self, table, &moment, &error);
      g_assert_true (is_any || g_error_matches (error, SY_ERROR, SY_ERROR_EMPTY));
      g_assert_true ((exposition != NULL) == (error == NULL));
      if (exposition != NULL)
        assert_exposition (exposition);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyOtlpRequest) request = sy_otlp_request_parse (body, NULL, &error);

  if (request != NULL)
    {
      assert_request (request);
      fold (request);
      return 0;
    }

  g_assert_true (g_error_matches (error, SY_ERROR, SY_ERROR_PARSE) || g_error_matches (error, SY_ERROR, SY_ERROR_SAMPLE_LIMIT));
  g_assert_true (g_ascii_isdigit (error->message[0]));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return 0;
}
