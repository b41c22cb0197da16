/* fuzz-workload.c: any bytes as a workload profile, and what is drawn from it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stddef.h>
#include <stdint.h>

#include "sy-schedule.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const double rates[] = { 50, 200 };
  g_autoptr (GError) error = NULL;
  g_autoptr (SyWorkload) workload = sy_workload_parse ((const char *) data, size, &error);

  g_assert_true ((workload == NULL) == (error != NULL));

  if (workload != NULL)
    {
      g_autoptr (SySchedule) schedule = sy_schedule_new (workload, rates, G_N_ELEMENTS (rates), 100000, size);

      for (gsize i = 0; i < schedule->n; i++)
        {
          g_assert_cmpint (schedule->arrivals[i].at_us, >=, i > 0 ? schedule->arrivals[i - 1].at_us : 0);
          g_assert_cmpint (schedule->arrivals[i].at_us, <, schedule->duration_us);
          g_assert_cmpuint (schedule->arrivals[i].class_index, <, workload->n_classes);
        }
    }

  return 0;
}
