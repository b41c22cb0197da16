/* sy-demo-summary.h: what the servers say beside what the client saw
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-demo.h"

G_BEGIN_DECLS

/* Prints the end of a demo whose load has finished: a table, or with @json one
 * steelyard.demo/1 object. @since_us (monotonic) is when the load began. */
gboolean sy_demo_summary_print (SyDemo *demo, gint64 since_us, gboolean json);

G_END_DECLS
