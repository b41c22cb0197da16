/* sy-load-cost.h: what the present load costs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-price-book.h"
#include "sy-reading.h"

G_BEGIN_DECLS

typedef struct {
  double per_hour;        /* NAN when the CPU is not known */
  double per_million;     /* per million requests; NAN when nothing is answered */
  double cpu_share;       /* share of the machine's cores in use, 0 … */
  double memory_share;
  gboolean memory_bound;  /* memory, not CPU, decides the price */
} SyLoadCost;

/* The part of a machine that the backend uses, times its price: the larger of
 * its share of cores and its share of memory, since either keeps others out.
 * A lower bound of what the load costs: a machine is rented whole. */
SyLoadCost sy_load_cost (const SyReading *reading, const SyPrice *price);

G_END_DECLS
