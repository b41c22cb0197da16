/* fuzz-prom-answer.c: an answer is read whole, with points in order, or named wrong
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "sy-error.h"
#include "sy-prom-answer.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
assert_series (const SyPromAnswer *answer)
{
  guint n_series, n_metadata;
  const SyPromSeries *series = sy_prom_answer_get_series (answer, &n_series);
  const SyPromMetadata *metadata = sy_prom_answer_get_metadata (answer, &n_metadata);
  const SyPromKind kind = sy_prom_answer_get_kind (answer);

  for (guint i = 0; i < n_series; i++)
    {
      g_assert_cmpuint (g_strv_length (series[i].labels) % 2, ==, 0);
      g_assert_true (series[i].n_points > 0 || kind == SY_PROM_SERIES);
      g_assert_true (series[i].n_points <= 1 || kind == SY_PROM_MATRIX);
      for (guint j = 1; j < series[i].n_points; j++)
        g_assert_cmpfloat (series[i].points[j].time, >, series[i].points[j - 1].time);
    }

  g_assert_true (n_metadata == 0 || kind == SY_PROM_METADATA);
  for (guint i = 0; i < n_metadata; i++)
    g_assert_true (metadata[i].type != NULL && metadata[i].unit != NULL && metadata[i].help != NULL);

  g_assert_true (sy_prom_answer_get_version (answer) == NULL || kind == SY_PROM_BUILD_INFO);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyPromAnswer) answer = sy_prom_answer_parse (body, &error);

  if (answer != NULL)
    {
      assert_series (answer);
      return 0;
    }

  g_assert_true (g_error_matches (error, SY_ERROR, SY_ERROR_PARSE) || g_error_matches (error, SY_ERROR, SY_ERROR_FORMAT)
                 || g_error_matches (error, SY_ERROR, SY_ERROR_QUERY) || g_error_matches (error, SY_ERROR, SY_ERROR_SAMPLE_LIMIT));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return 0;
}
