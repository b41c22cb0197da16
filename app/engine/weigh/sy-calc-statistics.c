/* sy-calc-statistics.c: how sure one may be, by name
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The formulas and their sources are in the headers that are called here; this
 * file only carries numbers in and out.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-calc.h"

#include "sy-many-tests.h"

static void
holm (SyCalcInputs *in,
      JsonObject   *out)
{
  guint n;
  g_autofree double *p = sy_calc_inputs_numbers (in, "p", &n);

  if (p == NULL)
    return;

  sy_holm_adjust (p, n);
  sy_calc_put_numbers (out, "adj", p, n);
}

const SyCalcFunction SY_CALC_STATISTICS[] = {
  { "holm", "p-values of several tests, adjusted for there being several", holm },
  { NULL },
};
