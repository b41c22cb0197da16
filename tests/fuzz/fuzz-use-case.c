/* fuzz-use-case.c: a use case or a list of criteria from anywhere is whole or refused with a reason
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <stdint.h>

#include "sy-error.h"
#include "sy-use-case.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) kinds_error = NULL;
  g_autoptr (SyUseCase) use_case = sy_use_case_new_from_data ("x", (const char *) data, size, &error);
  g_autoptr (GPtrArray) kinds = sy_criterion_kinds_new_from_data ("x", (const char *) data, size, &kinds_error);

  if (use_case == NULL)
    {
      g_assert_cmpint (error->domain, ==, SY_ERROR);
      g_assert_true (g_str_has_prefix (error->message, "x: "));
    }
  else
    {
      g_assert_cmpuint (use_case->priorities->len, >, 0);
      g_assert_true (use_case->slo_share >= 0 && use_case->slo_share <= 1);
      g_assert_true (isfinite (sy_traffic_shape_get_mean (&use_case->shape)));
    }

  g_assert_true ((kinds == NULL) == (kinds_error != NULL));
  for (guint i = 0; kinds != NULL && i < kinds->len; i++)
    g_assert_nonnull (((SyCriterionKind *) g_ptr_array_index (kinds, i))->label);

  return 0;
}
