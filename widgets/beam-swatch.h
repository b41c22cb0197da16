/* beam-swatch.h: the sign of an identity, for headings and legends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "beam-types.h"

G_BEGIN_DECLS

#define BEAM_TYPE_SWATCH (beam_swatch_get_type ())
G_DECLARE_FINAL_TYPE (BeamSwatch, beam_swatch, BEAM, SWATCH, GtkWidget)

/* Draws the marker of @identity in its colour; with "line" a piece of its dashed
 * line behind it. Presentation only: the words stand beside it. */
GtkWidget *beam_swatch_new          (int         identity);

int        beam_swatch_get_identity (BeamSwatch *self);
void       beam_swatch_set_identity (BeamSwatch *self,
                                     int         identity);
gboolean   beam_swatch_get_line     (BeamSwatch *self);
void       beam_swatch_set_line     (BeamSwatch *self,
                                     gboolean    line);

G_END_DECLS
