/* beam-types.h: the words that all of Beam shares
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _BeamSeries      BeamSeries;
typedef struct _BeamTimeAxis    BeamTimeAxis;
typedef struct _BeamValueAxis   BeamValueAxis;
typedef struct _BeamCursor      BeamCursor;
typedef struct _BeamLayer       BeamLayer;
typedef struct _BeamChart       BeamChart;

/* What a series held at one time or over one short stretch of time. For a raw
 * sample low == high == last. Times are microseconds of one monotonic clock. */
typedef struct {
  gint64 time_us; /* of the first sample in it */
  double low;     /* NAN: a gap begins here */
  double high;
  double last;
} BeamPoint;

/* A stretch of time for which nothing is known, and why: drawn hatched. With
 * from_us == to_us it is an event (a restart): drawn as a tick. */
typedef struct {
  gint64      from_us;
  gint64      to_us; /* G_MAXINT64: it lasts */
  const char *label; /* (nullable), borrowed from the series until it changes */
} BeamGap;

typedef enum {
  BEAM_SCALE_LINEAR,
  BEAM_SCALE_LOG,
} BeamScale;

typedef enum {
  BEAM_MARKER_NONE,
  BEAM_MARKER_DISC,
  BEAM_MARKER_DIAMOND,
  BEAM_MARKER_SQUARE,
  BEAM_MARKER_TRIANGLE,
  BEAM_MARKER_RING,
  BEAM_MARKER_CROSS,
} BeamMarker;

typedef enum {
  BEAM_DASH_SOLID,
  BEAM_DASH_DASHED,
  BEAM_DASH_DOTTED,
  BEAM_DASH_DASH_DOT,
  BEAM_DASH_LONG,
  BEAM_DASH_DENSE,
} BeamDash;

/* How much a line asks for attention: strong lines have a thick stroke, a
 * marker and a bold read-out, light ones a thin stroke and a small read-out. */
typedef enum {
  BEAM_WEIGHT_STRONG,
  BEAM_WEIGHT_LIGHT,
} BeamWeight;

/* Who is drawn. An identity is a colour, a dash and a marker together, so that
 * two subjects never differ by colour alone: 0 is blue, solid and a disc, 1 is
 * orange, dashed and a diamond, and so on up to BEAM_N_IDENTITIES - 1. */
#define BEAM_N_IDENTITIES     6
#define BEAM_IDENTITY_NEUTRAL (-1) /* the ink of the text, solid, a disc */

/* What a formatted value is for. */
typedef enum {
  BEAM_FORMAT_TICK,    /* a label of the axis: short, as precise as the step */
  BEAM_FORMAT_READOUT, /* beside the line: short, about three digits */
  BEAM_FORMAT_SPOKEN,  /* in a sentence: the unit as a word */
} BeamFormatUse;

#define BEAM_TYPE_SCALE  (beam_scale_get_type ())
#define BEAM_TYPE_MARKER (beam_marker_get_type ())
#define BEAM_TYPE_DASH   (beam_dash_get_type ())
#define BEAM_TYPE_WEIGHT (beam_weight_get_type ())

GType      beam_scale_get_type  (void) G_GNUC_CONST;
GType      beam_marker_get_type (void) G_GNUC_CONST;
GType      beam_dash_get_type   (void) G_GNUC_CONST;
GType      beam_weight_get_type (void) G_GNUC_CONST;

/* The dash and marker of an identity. */
BeamDash   beam_identity_get_dash   (int identity);
BeamMarker beam_identity_get_marker (int identity);

G_END_DECLS
