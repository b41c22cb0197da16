/* sy-quantile-json.h: a quantile of a histogram in what a command prints
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-buckets.h"
#include "sy-json-writer.h"

G_BEGIN_DECLS

/* "key": [lower, estimate, upper] */
void sy_quantile_write_json (const SyQuantile *self, const char *key, SyJsonWriter *w);

G_END_DECLS
