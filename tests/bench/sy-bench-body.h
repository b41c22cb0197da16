/* sy-bench-body.h: what backends answer in the benchmarks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* About 98 KB, 727 samples: a duration histogram of a web server with its labels,
 * some escapes, long sums as Python writes them, and 200 levels. @seed makes the
 * numbers, @order turns the routes round. (transfer full) */
GBytes *sy_bench_make_body   (guint seed, guint order);

/* @n samples of one counter, by label. (transfer full) */
GBytes *sy_bench_make_series (guint seed, guint n);

G_END_DECLS
