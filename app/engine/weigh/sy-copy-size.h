/* sy-copy-size.h: what one copy takes of a machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-packing.h"
#include "sy-price.h"
#include "sy-time-window.h"

G_BEGIN_DECLS

typedef struct {
  double cores;     /* at least one: so much one thread of it can use */
  double bytes;     /* NAN: not measured */
  guint  n_windows; /* whole ones that told its cores; 0: one core is assumed */
} SyCopySize;

/* What it was seen to take: a high quantile over the whole windows, so that a gap
 * or a single odd reading says nothing, with a number of cores that is nearly whole
 * taken as whole: a saturated event loop reads 1.00 as well as 1.03. */
void      sy_copy_size_read (const SyTimeWindow *windows, guint n, SyCopySize *ret_size);

/* So many of them fit on @machine beside the system: each asks for a little less
 * than its cores, as copies are planned well below what they can do, and for more
 * memory than it was seen to use. pods_per_node 0: the machine is too small for
 * one. NAN: its cores are not known. */
SyPacking sy_copy_size_pack (const SyCopySize *self, const SyPrice *machine);

G_END_DECLS
