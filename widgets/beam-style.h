/* beam-style.h: the colours of a chart, resolved for one widget
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "beam-types.h"

G_BEGIN_DECLS

typedef struct {
  GdkRGBA  ink;        /* text that matters: the CSS colour of the widget */
  GdkRGBA  dim;        /* labels of axes */
  GdkRGBA  grid;
  GdkRGBA  axis;       /* the line at the bottom, the crosshair */
  GdkRGBA  background; /* behind the plot, for halos */
  GdkRGBA  threshold;
  GdkRGBA  series[BEAM_N_IDENTITIES];
  double   fill_alpha; /* of areas and bands */
  gboolean dark;
  gboolean high_contrast;
} BeamStyle;

/* Colours from CSS: the widget's colour, and where they are defined the named
 * colours beam_series_1 … beam_series_6 and beam_threshold; else fallbacks for
 * light or dark. Series colours that have less than 3:1 contrast against the
 * background (4.5:1 in high contrast) are moved towards the ink. */
void     beam_style_resolve        (BeamStyle     *self,
                                    GtkWidget     *widget);

/* The same from plain colours, without a widget. */
void     beam_style_init           (BeamStyle     *self,
                                    const GdkRGBA *ink,
                                    const GdkRGBA *background,
                                    gboolean       high_contrast);

/* The colour of an identity; any number is valid, neutral is the ink. */
GdkRGBA  beam_style_get_identity   (const BeamStyle *self,
                                    int              identity);

/* The shade of part @part of @n in @base, which says who it is: from dark to
 * light, so that parts are told apart in a print without colours. */
GdkRGBA  beam_style_get_part       (const BeamStyle *self,
                                    const GdkRGBA   *base,
                                    guint            part,
                                    guint            n);

/* Contrast of two opaque colours, 1 to 21, as WCAG 2.1 defines it. */
double   beam_style_contrast       (const GdkRGBA *a,
                                    const GdkRGBA *b);

G_END_DECLS
