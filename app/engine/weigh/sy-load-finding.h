/* sy-load-finding.h: what the steps of a load say of one backend under an objective
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-load-capacity.h"

G_BEGIN_DECLS

/* The objective of a decision: so many of the requests within so many seconds. */
typedef struct {
  double threshold;  /* seconds */
  double share;      /* 0 … 1 */
  double max_errors; /* share of the requests */
} SyLoadTarget;

/* What it did with one and a half times the load that it carries: answers within
 * the objective, as a share of the most it gave at any load. */
typedef struct {
  double share; /* 0 … 1; NAN: not measured, as no limit was found */
  double low;   /* 95 %, of the requests of that step alone */
  double high;
  double rate;  /* requests/s that were asked for then */
} SyLoadOverload;

typedef struct {
  SyLoadCapacity capacity;
  SyLoadOverload overload;
} SyLoadFinding;

/* @steps: (element-type SyLoadStep). Those of @side count, ramp and blocks, as the
 * client saw them, by the load that was asked for; those in which others or the
 * generator itself were in the way do not. Requests that failed, were dropped or
 * not answered are not within the objective. UNKNOWN where none counts, or where
 * the target is not known (NAN). */
void sy_load_find (const GPtrArray *steps, guint side, const SyLoadTarget *target, SyLoadFinding *ret);

G_END_DECLS
