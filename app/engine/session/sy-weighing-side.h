/* sy-weighing-side.h: one backend cut into windows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-backend.h"
#include "sy-time-window.h"

G_BEGIN_DECLS

/* A finished window. Its place is the number of the interval of the clock that
 * it began in, so that two backends' windows of one place are simultaneous but
 * for the time between two scrapes. */
typedef struct {
  gint64       place;
  SyTimeWindow window;
  SyBuckets   *durations; /* (owned) (nullable): of this window alone */
  double       uptime;    /* seconds since the process' start, at the beginning; NAN */
} SySlice;

void sy_slice_free (SySlice *self);

/**
 * SyWeighingSide:
 *
 * Takes a copy of the backend's cumulative durations at the first scrape of
 * each interval and hands out what lies between two of them. Not an object; the
 * weighing owns two.
 */
typedef struct _SyWeighingSide SyWeighingSide;

/* @slo in seconds; NAN: none. */
SyWeighingSide *sy_weighing_side_new        (SyBackend *backend, gint64 window_us, double slo);
void            sy_weighing_side_free       (SyWeighingSide *self);
SyBackend      *sy_weighing_side_get        (SyWeighingSide *self); /* (transfer none) */

/* After readings have arrived. The window that they finished, or NULL; where
 * the backend was silent for more than a window there is none.
 * (transfer full) (nullable) */
SySlice        *sy_weighing_side_update     (SyWeighingSide *self);

/* Begins anew at the next scrape. */
void            sy_weighing_side_reset      (SyWeighingSide *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SySlice, sy_slice_free)

G_END_DECLS
