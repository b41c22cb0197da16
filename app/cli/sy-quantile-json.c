/* sy-quantile-json.c: a quantile of a histogram in what a command prints
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-quantile-json.h"

void
sy_quantile_write_json (const SyQuantile *self,
                        const char       *key,
                        SyJsonWriter     *w)
{
  sy_json_writer_key (w, key);
  sy_json_writer_begin_array (w);
  sy_json_writer_double (w, self->lower);
  sy_json_writer_double (w, self->estimate);
  sy_json_writer_double (w, self->upper);
  sy_json_writer_end_array (w);
}
