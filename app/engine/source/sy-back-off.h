/* sy-back-off.h: when to ask again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-random.h"

G_BEGIN_DECLS

#define SY_BACK_OFF_MAX_US (30 * G_GINT64_CONSTANT (1000000))

/* A plain value: the schedule of one source. */
typedef struct {
  SyRandom random;
  guint    n_failures; /* in a row */
  gint64   base_us;    /* the tick that others are counted from */
} SyBackOff;

/* @seed keeps the jitter of two sources apart, and each one's the same. */
void   sy_back_off_init    (SyBackOff *self, guint64 seed, gint64 now_us);

/* The next tick after a success: a multiple of @interval_us after the first.
 * Ticks that have passed meanwhile are skipped, never made up for. */
gint64 sy_back_off_succeed (SyBackOff *self, gint64 now_us, gint64 interval_us);

/* The next try after a failure: the interval doubled for each failure in a
 * row, at most 30 s (or the interval, if longer), each less up to a quarter by
 * chance; not before @retry_after_us (from now) when the server said so. */
gint64 sy_back_off_fail    (SyBackOff *self, gint64 now_us, gint64 interval_us, gint64 retry_after_us);

/* Failures so far do not count any more. */
void   sy_back_off_forget  (SyBackOff *self);

G_END_DECLS
