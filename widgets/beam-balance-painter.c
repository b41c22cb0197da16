/* beam-balance-painter.c: how the balance looks
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All lengths are parts of the half beam, so that the balance looks the same in
 * a strip and on a page. The strings hang straight down whatever the tilt.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-balance.h"
#include "beam-painter.h"
#include "beam-shapes.h"

#define MARGIN      4.0
#define LARGEST_TILT (15 * G_PI / 180)

/* In half beams. */
#define STRING_LENGTH 0.40
#define PAN_WIDTH     0.44
#define PAN_DEPTH     0.085
#define BASE_WIDTH    0.56
#define LONGEST       230.0 /* in pixels: a larger one is only emptier */

typedef struct {
  double x;    /* of the pivot */
  double y;
  double half; /* length of half the beam */
  double foot; /* y under the base */
  double line; /* width of thin lines */
} Layout;

static Layout
lay_out (const BeamFrame        *frame,
         const BeamBalanceState *state)
{
  double names = state->names[0] != NULL || state->names[1] != NULL ? frame->line_height + MARGIN : 0;
  double room = frame->height - 2 * MARGIN - names;
  double rise = sin (LARGEST_TILT);
  double tall = 2 * rise + STRING_LENGTH + PAN_DEPTH + 0.10;
  Layout self;

  self.half = fmin (fmin ((frame->width - 2 * MARGIN) / (2 + PAN_WIDTH), room / tall), LONGEST);
  self.half = fmax (self.half, 1);
  self.x = frame->width / 2;
  self.y = MARGIN + (room - self.half * tall) / 2 + self.half * (rise + 0.06);
  self.foot = self.y + self.half * (rise + STRING_LENGTH + PAN_DEPTH);
  self.line = CLAMP (self.half / 60, 1, 2);
  return self;
}

/* The end of the beam: side -1 is on the left; @angle > 0 lowers the right. */
static void
beam_end (const Layout *layout,
          double        side,
          double        angle,
          double       *ret_x,
          double       *ret_y)
{
  *ret_x = layout->x + side * layout->half * cos (angle);
  *ret_y = layout->y + side * layout->half * sin (angle);
}

/* Where the beam might be just as well: both halves of a fan. */
static void
paint_doubt (cairo_t                *cr,
             const BeamFrame        *frame,
             const Layout           *layout,
             const BeamBalanceState *state,
             double                  direction)
{
  double doubt = (1 - CLAMP (state->certainty, 0, 1)) * LARGEST_TILT;
  double from = direction * CLAMP (state->tilt, -1, 1) * LARGEST_TILT - doubt;
  double to = from + 2 * doubt;
  GdkRGBA color = frame->style->ink;

  if (isnan (state->certainty) || doubt < 0.002)
    return;

  from = CLAMP (from, -LARGEST_TILT, LARGEST_TILT);
  to = CLAMP (to, -LARGEST_TILT, LARGEST_TILT);
  color.alpha = frame->style->high_contrast ? 0.25f : 0.09f;
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_new_path (cr);
  cairo_move_to (cr, layout->x, layout->y);
  cairo_arc (cr, layout->x, layout->y, layout->half, from, to);
  cairo_close_path (cr);
  cairo_move_to (cr, layout->x, layout->y);
  cairo_arc (cr, layout->x, layout->y, layout->half, from + G_PI, to + G_PI);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
paint_stand (cairo_t         *cr,
             const BeamFrame *frame,
             const Layout    *layout)
{
  double half_width = fmax (layout->half * 0.016, 1);
  double base = layout->half * BASE_WIDTH / 2;
  double thick = fmax (layout->half * 0.05, 2.5);
  GdkRGBA color = beam_mix (&frame->style->background, &frame->style->ink, frame->style->high_contrast ? 1 : 0.72);

  gdk_cairo_set_source_rgba (cr, &color);
  cairo_new_path (cr);
  cairo_move_to (cr, layout->x - half_width, layout->y);
  cairo_line_to (cr, layout->x + half_width, layout->y);
  cairo_line_to (cr, layout->x + half_width * 2.2, layout->foot - thick);
  cairo_line_to (cr, layout->x - half_width * 2.2, layout->foot - thick);
  cairo_close_path (cr);
  cairo_fill (cr);
  beam_shape_rounded (cr, layout->x - base, layout->foot - thick, base * 2, thick, thick / 2);
  cairo_fill (cr);
}

/* Thick in the middle and thin at the ends, as one is made. */
static void
paint_beam (cairo_t         *cr,
            const BeamFrame *frame,
            const Layout    *layout,
            double           angle,
            gboolean         known)
{
  double thick = fmax (layout->half * 0.028, 1.6);
  double thin = fmax (layout->half * 0.011, 0.8);
  const double dashes[] = { layout->half * 0.05, layout->half * 0.04 };

  cairo_save (cr);
  cairo_translate (cr, layout->x, layout->y);
  cairo_rotate (cr, angle);
  gdk_cairo_set_source_rgba (cr, known ? &frame->style->ink : &frame->style->dim);
  cairo_new_path (cr);
  if (known)
    {
      cairo_move_to (cr, -layout->half, -thin);
      cairo_line_to (cr, 0, -thick);
      cairo_line_to (cr, layout->half, -thin);
      cairo_arc (cr, layout->half, 0, thin, -G_PI / 2, G_PI / 2);
      cairo_line_to (cr, 0, thick);
      cairo_line_to (cr, -layout->half, thin);
      cairo_arc (cr, -layout->half, 0, thin, G_PI / 2, 1.5 * G_PI);
      cairo_fill (cr);
    }
  else
    {
      cairo_move_to (cr, -layout->half, 0);
      cairo_line_to (cr, layout->half, 0);
      cairo_set_line_width (cr, thick);
      cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
      cairo_stroke (cr);
    }
  cairo_restore (cr);

  cairo_save (cr);
  gdk_cairo_set_source_rgba (cr, &frame->style->background);
  cairo_arc (cr, layout->x, layout->y, thick * 1.7, 0, 2 * G_PI);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &frame->style->ink);
  cairo_set_line_width (cr, fmax (thick * 0.7, 1.2));
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* Two strings, a shallow bowl, and what lies in it. */
static void
paint_pan (cairo_t                *cr,
           const BeamFrame        *frame,
           const Layout           *layout,
           const BeamBalanceState *state,
           int                     pan,
           double                  x,
           double                  y)
{
  double half_width = layout->half * PAN_WIDTH / 2;
  double depth = layout->half * PAN_DEPTH;
  double rim = y + layout->half * STRING_LENGTH;
  double size = CLAMP (layout->half * 0.23, 7, 42);
  /* A diamond is taller than a disc of the same ink. */
  double reach = size * (beam_identity_get_marker (state->identities[pan]) == BEAM_MARKER_DIAMOND ? 0.6 : 0.5);
  GdkRGBA color = beam_style_get_identity (frame->style, state->identities[pan]);
  GdkRGBA string = beam_mix (&frame->style->background, &frame->style->ink, frame->style->high_contrast ? 1 : 0.5);
  GdkRGBA dish = beam_mix (&frame->style->background, &frame->style->ink, frame->style->high_contrast ? 1 : 0.72);

  cairo_save (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  gdk_cairo_set_source_rgba (cr, &string);
  cairo_set_line_width (cr, layout->line);
  cairo_new_path (cr);
  cairo_move_to (cr, x - half_width, rim);
  cairo_line_to (cr, x, y);
  cairo_line_to (cr, x + half_width, rim);
  cairo_stroke (cr);

  beam_paint_marker (cr, x, rim - reach, size, beam_identity_get_marker (state->identities[pan]), &color,
                     &frame->style->background);

  gdk_cairo_set_source_rgba (cr, &dish);
  cairo_new_path (cr);
  cairo_move_to (cr, x - half_width, rim);
  cairo_curve_to (cr, x - half_width * 0.7, rim + depth * 1.3, x + half_width * 0.7, rim + depth * 1.3, x + half_width, rim);
  cairo_close_path (cr);
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, layout->line);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
write_name (cairo_t                *cr,
            const BeamFrame        *frame,
            const Layout           *layout,
            const BeamBalanceState *state,
            int                     pan,
            double                  x)
{
  double width = fmin (beam_frame_measure (frame, state->names[pan], BEAM_FRAME_LABEL), frame->width * 0.48);
  const BeamLabel label = {
    .x = CLAMP (x, width / 2, fmax (frame->width - width / 2, width / 2)), .y = frame->height - MARGIN,
    .align_x = 0.5, .align_y = 1, .max_width = frame->width * 0.48,
    .color = &frame->style->ink, .kind = BEAM_FRAME_LABEL,
  };

  beam_frame_write (frame, cr, state->names[pan], &label);
}

void
beam_paint_balance (cairo_t                *cr,
                    const BeamFrame        *frame,
                    const BeamBalanceState *state)
{
  Layout layout = lay_out (frame, state);
  gboolean known = isfinite (state->tilt);
  /* The first pan is where reading begins. */
  double direction = frame->rtl ? -1 : 1;
  double angle = known ? direction * CLAMP (state->tilt, -1.15, 1.15) * LARGEST_TILT : 0;

  cairo_save (cr);
  if (known)
    paint_doubt (cr, frame, &layout, state, direction);
  paint_stand (cr, frame, &layout);
  for (int pan = 0; pan < 2; pan++)
    {
      double side = pan == 0 ? -direction : direction;
      double x, y;

      beam_end (&layout, side, angle, &x, &y);
      paint_pan (cr, frame, &layout, state, pan, x, y);
      write_name (cr, frame, &layout, state, pan, layout.x + side * layout.half);
    }
  paint_beam (cr, frame, &layout, angle, known);
  cairo_restore (cr);
}
