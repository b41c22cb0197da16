/* fuzz-trust-file.c: the file of whom a person trusts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdint.h>

#include "kept-table.h"
#include "sy-trust-file.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  kept_table_check (sy_trust_file_parse, sy_trust_file_format, data, size);
  return 0;
}
