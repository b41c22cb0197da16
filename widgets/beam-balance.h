/* beam-balance.h: a balance that tilts with a verdict
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-figure-class.h"

G_BEGIN_DECLS

#define BEAM_TYPE_BALANCE (beam_balance_get_type ())
G_DECLARE_FINAL_TYPE (BeamBalance, beam_balance, BEAM, BALANCE, BeamFigure)

/* What the painter draws, as a plain value. */
typedef struct {
  double      tilt;        /* -1: the first pan is down, 1: the second; NAN: unknown */
  double      certainty;   /* 0 to 1; NAN: unknown */
  int         identities[2];
  const char *names[2];    /* (nullable), borrowed */
} BeamBalanceState;

void       beam_paint_balance         (cairo_t                *cr,
                                       const BeamFrame        *frame,
                                       const BeamBalanceState *state);

GtkWidget *beam_balance_new           (void);

/* Who is ahead, and by how much: -1 the first by far, 0 neither, 1 the second
 * by far. NAN, the default: not known; the beam is level and dashed. */
double     beam_balance_get_verdict   (BeamBalance *self);
void       beam_balance_set_verdict   (BeamBalance *self,
                                       double       verdict);

/* How sure that is, 0 to 1: the less, the wider the shade behind the beam. */
double     beam_balance_get_certainty (BeamBalance *self);
void       beam_balance_set_certainty (BeamBalance *self,
                                       double       certainty);

/* What lies in a pan (0 first, 1 second): the sign of an identity, and a name
 * written under it where there is room (nullable). */
void       beam_balance_set_subject   (BeamBalance *self,
                                       int          pan,
                                       int          identity,
                                       const char  *name);

/* Where the beam is now, which follows the verdict; NAN when it is unknown. */
double     beam_balance_get_tilt      (BeamBalance *self);

G_END_DECLS
