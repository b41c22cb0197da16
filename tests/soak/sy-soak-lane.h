/* sy-soak-lane.h: one backend of the soak, and what is done to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-session.h"

G_BEGIN_DECLS

/* What a lane speaks. */
typedef struct {
  const char        *path;     /* where, at the server */
  const char        *well;     /* what is played while all is well */
  const char *const *faults;   /* what is played otherwise; ends with NULL; none that waits for a person */
} SySoakKind;

/* Tells the other side what to play at @path from now on. */
typedef void (*SySoakTell) (const char *path, const char *script, gpointer user_data);

/**
 * Well, then at fault for some seconds, then getting better, and well again. Notes
 * what must not be: a failure while it is well, more than one after its fault
 * ended, and that it is not well again within two intervals and two seconds of the
 * time that its source announced.
 */
typedef struct _SySoakLane SySoakLane;

/* @backend is borrowed; @tell must outlive the lane. */
SySoakLane *sy_soak_lane_new        (const SySoakKind *kind, SyBackend *backend, SySoakTell tell, gpointer user_data);
void        sy_soak_lane_free       (SySoakLane *self);

/* Several times a second. @now_us: monotonic. */
void        sy_soak_lane_tick       (SySoakLane *self, gint64 now_us);

/* Plays fault number @fault of its kind, counted around, until @until_us. Only when
 * it is well. */
void        sy_soak_lane_break      (SySoakLane *self, guint fault, gint64 until_us);

gboolean    sy_soak_lane_is_well    (const SySoakLane *self);
guint       sy_soak_lane_get_n_faults (const SySoakLane *self);
double      sy_soak_lane_get_slowest (const SySoakLane *self);   /* s until it was well again, at most so far */

/* What must not be, one line each; the first hundred. (transfer none) (element-type utf8) */
const GPtrArray *sy_soak_lane_get_complaints (const SySoakLane *self);

G_END_DECLS
