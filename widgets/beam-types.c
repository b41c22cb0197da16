/* beam-types.c: enumerations as GTypes, and what an identity looks like
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include "beam-types.h"

G_DEFINE_ENUM_TYPE (BeamScale, beam_scale,
                    G_DEFINE_ENUM_VALUE (BEAM_SCALE_LINEAR, "linear"),
                    G_DEFINE_ENUM_VALUE (BEAM_SCALE_LOG, "log"))

G_DEFINE_ENUM_TYPE (BeamMarker, beam_marker,
                    G_DEFINE_ENUM_VALUE (BEAM_MARKER_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (BEAM_MARKER_DISC, "disc"),
                    G_DEFINE_ENUM_VALUE (BEAM_MARKER_DIAMOND, "diamond"),
                    G_DEFINE_ENUM_VALUE (BEAM_MARKER_SQUARE, "square"),
                    G_DEFINE_ENUM_VALUE (BEAM_MARKER_TRIANGLE, "triangle"),
                    G_DEFINE_ENUM_VALUE (BEAM_MARKER_RING, "ring"),
                    G_DEFINE_ENUM_VALUE (BEAM_MARKER_CROSS, "cross"))

G_DEFINE_ENUM_TYPE (BeamDash, beam_dash,
                    G_DEFINE_ENUM_VALUE (BEAM_DASH_SOLID, "solid"),
                    G_DEFINE_ENUM_VALUE (BEAM_DASH_DASHED, "dashed"),
                    G_DEFINE_ENUM_VALUE (BEAM_DASH_DOTTED, "dotted"),
                    G_DEFINE_ENUM_VALUE (BEAM_DASH_DASH_DOT, "dash-dot"),
                    G_DEFINE_ENUM_VALUE (BEAM_DASH_LONG, "long"),
                    G_DEFINE_ENUM_VALUE (BEAM_DASH_DENSE, "dense"))

G_DEFINE_ENUM_TYPE (BeamWeight, beam_weight,
                    G_DEFINE_ENUM_VALUE (BEAM_WEIGHT_STRONG, "strong"),
                    G_DEFINE_ENUM_VALUE (BEAM_WEIGHT_LIGHT, "light"))

static const struct {
  BeamDash   dash;
  BeamMarker marker;
} looks[BEAM_N_IDENTITIES] = {
  { BEAM_DASH_SOLID, BEAM_MARKER_DISC },
  { BEAM_DASH_DASHED, BEAM_MARKER_DIAMOND },
  { BEAM_DASH_DASH_DOT, BEAM_MARKER_TRIANGLE },
  { BEAM_DASH_LONG, BEAM_MARKER_SQUARE },
  { BEAM_DASH_DOTTED, BEAM_MARKER_RING },
  { BEAM_DASH_DENSE, BEAM_MARKER_CROSS },
};

/**
 * beam_identity_get_dash:
 *
 * Returns: the dash of @identity, which may be any number; solid when negative
 */
BeamDash
beam_identity_get_dash (int identity)
{
  return identity < 0 ? BEAM_DASH_SOLID : looks[identity % BEAM_N_IDENTITIES].dash;
}

/**
 * beam_identity_get_marker:
 *
 * Returns: the marker of @identity, which may be any number; a disc when negative
 */
BeamMarker
beam_identity_get_marker (int identity)
{
  return identity < 0 ? BEAM_MARKER_DISC : looks[identity % BEAM_N_IDENTITIES].marker;
}
