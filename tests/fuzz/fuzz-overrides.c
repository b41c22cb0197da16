/* fuzz-overrides.c: the file of what a person has decided
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdint.h>

#include "kept-table.h"
#include "sy-overrides-file.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  kept_table_check (sy_overrides_file_parse, sy_overrides_file_format, data, size);
  return 0;
}
