/* fuzz-assumptions.c: what a person stated is read whole or refused with a reason, and written as it was read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "sy-assumption-set.h"
#include "sy-error.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyAssumptionSet) set = sy_assumption_set_parse ("x", (const char *) data, size, &error);
  g_autoptr (SyAssumptionSet) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *same = NULL;

  if (set == NULL)
    {
      g_assert_cmpint (error->domain, ==, SY_ERROR);
      g_assert_true (g_str_has_prefix (error->message, "x: "));
      return 0;
    }

  text = sy_assumption_set_format (set);
  again = sy_assumption_set_parse ("x", text, strlen (text), &error);
  g_assert_no_error (error);
  same = sy_assumption_set_format (again);
  g_assert_cmpstr (same, ==, text);
  return 0;
}
