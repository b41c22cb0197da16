/* sy-times-private.h: what columns must know of the times they share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-column.h"

G_BEGIN_DECLS

#define SY_TIER_SHIFT 3 /* each tier joins 1 << 3 spans of the one below */

/* How many samples were dropped at the front since the beginning: always a
 * multiple of sy_times_get_block(). */
guint64 sy_times_get_dropped (const SyTimes *self);

/* The size of a dropped block: a power of 8, so that no span of a tier up to
 * that size is ever cut. */
guint   sy_times_get_block   (const SyTimes *self);

G_END_DECLS
