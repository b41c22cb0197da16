/* beam-bullet.h: one value against its target and what is good enough
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-figure-class.h"
#include "beam-value-axis.h"

G_BEGIN_DECLS

#define BEAM_TYPE_BULLET (beam_bullet_get_type ())
G_DECLARE_FINAL_TYPE (BeamBullet, beam_bullet, BEAM, BULLET, BeamFigure)

GtkWidget     *beam_bullet_new            (int            identity);

/* Shared by bullets that are compared. Never NULL. */
BeamValueAxis *beam_bullet_get_value_axis (BeamBullet    *self);
void           beam_bullet_set_value_axis (BeamBullet    *self,
                                           BeamValueAxis *axis);

/* The value; NAN, the default: unknown. */
double         beam_bullet_get_value      (BeamBullet    *self);
void           beam_bullet_set_value      (BeamBullet    *self,
                                           double         value);

/* A stroke across: the objective. NAN, the default: none. */
double         beam_bullet_get_target     (BeamBullet    *self);
void           beam_bullet_set_target     (BeamBullet    *self,
                                           double         target);

/* The interval of the value. NAN, NAN: none. */
void           beam_bullet_set_interval   (BeamBullet    *self,
                                           double         low,
                                           double         high);

/* Where one grade of the ground ends and the next begins, ascending, at most
 * three ("comfortable", "tight"); the ground gets lighter from one to the next. */
void           beam_bullet_set_grades     (BeamBullet    *self,
                                           const double  *limits,
                                           guint          n);

/* Labels under the bar; off for all but the last of stacked bullets. */
gboolean       beam_bullet_get_show_axis  (BeamBullet    *self);
void           beam_bullet_set_show_axis  (BeamBullet    *self,
                                           gboolean       show_axis);

G_END_DECLS
