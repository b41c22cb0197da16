/* beam-cursor.h: the instant that all charts of a page point at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-types.h"

G_BEGIN_DECLS

#define BEAM_TYPE_CURSOR (beam_cursor_get_type ())
G_DECLARE_FINAL_TYPE (BeamCursor, beam_cursor, BEAM, CURSOR, GObject)

BeamCursor *beam_cursor_new      (void);

/* "changed" is emitted when the time or its being set is new. */
gboolean    beam_cursor_is_set   (BeamCursor *self);
gint64      beam_cursor_get_time (BeamCursor *self); /* G_MININT64 when not set */
void        beam_cursor_set_time (BeamCursor *self,
                                  gint64      time_us);
void        beam_cursor_clear    (BeamCursor *self);

/* A stretch of time that is being chosen, on all charts of the page at once:
 * from an anchor to an end that moves and may lie before it. */
void        beam_cursor_select          (BeamCursor *self,
                                         gint64      anchor_us,
                                         gint64      end_us);
void        beam_cursor_clear_selection (BeamCursor *self);

/* FALSE when nothing is chosen; else *@ret_from_us <= *@ret_to_us. */
gboolean    beam_cursor_get_selection   (BeamCursor *self,
                                         gint64     *ret_from_us,
                                         gint64     *ret_to_us);

/* The end that stays; G_MININT64 when nothing is chosen. */
gint64      beam_cursor_get_anchor      (BeamCursor *self);

G_END_DECLS
