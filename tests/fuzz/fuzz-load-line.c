/* fuzz-load-line.c: any bytes as a line of a load
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "sy-load-line.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyLoadLine) line = sy_load_line_parse ((const char *) data, size, &error);

  g_assert_true ((line == NULL) == (error != NULL));

  if (line != NULL)
    {
      const double share = sy_load_line_share (line, 0.1);

      g_assert_true (isnan (share) || (share >= 0 && share <= 1));
      g_assert_true (line->n_buckets == 0 || sy_load_line_quantile (line, 0.5) <= sy_load_line_quantile (line, 0.99));
    }

  return 0;
}
