/* beam-tornado.h: which assumption moves the result the most
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-figure-class.h"
#include "beam-value-axis.h"

G_BEGIN_DECLS

#define BEAM_TYPE_TORNADO (beam_tornado_get_type ())
G_DECLARE_FINAL_TYPE (BeamTornado, beam_tornado, BEAM, TORNADO, BeamFigure)

GtkWidget     *beam_tornado_new            (void);

/* The axis of the result: its scale, range and way of writing. Never NULL. */
BeamValueAxis *beam_tornado_get_value_axis (BeamTornado *self);

/* The result with every assumption as it stands. NAN: unknown. */
double         beam_tornado_get_base       (BeamTornado *self);
void           beam_tornado_set_base       (BeamTornado *self,
                                            double       base);

/* A result at which the decision flips ("both cost the same"), drawn as a line;
 * what lies under it has the colour of the first identity, what lies over it
 * that of the second. NAN, the default: none, and bars are of neutral ink. */
void           beam_tornado_set_flip       (BeamTornado *self,
                                            double       flip,
                                            int          identity_under,
                                            int          identity_over,
                                            const char  *label);

/* An assumption: the result at its low and at its high end, and both ends as
 * text ("30 ms"; nullable). Rows are kept with the widest on top; a row with an
 * unknown end is last, and hatched. */
void           beam_tornado_add            (BeamTornado *self,
                                            const char  *name,
                                            double       result_at_low,
                                            double       result_at_high,
                                            const char  *low_text,
                                            const char  *high_text);
void           beam_tornado_clear          (BeamTornado *self);

G_END_DECLS
