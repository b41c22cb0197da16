/* beam-notes.h: what is said about moments and stretches of time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct {
  gint64      from_us; /* on the clock of the data */
  gint64      to_us;   /* a moment: as from_us */
  const char *text;    /* one line */
  gboolean    veiled;  /* what was measured in it does not count */
} BeamNote;

#define BEAM_TYPE_NOTES (beam_notes_get_type ())
G_DECLARE_FINAL_TYPE (BeamNotes, beam_notes, BEAM, NOTES, GObject)

/* Notes that several charts show. "changed" is emitted when they are others. */
BeamNotes      *beam_notes_new  (void);

/* In any order; all are copied. */
void            beam_notes_set  (BeamNotes *self, const BeamNote *notes, guint n);
guint           beam_notes_get_n (BeamNotes *self);

/* In the order of their beginnings. (transfer none) until "changed" */
const BeamNote *beam_notes_get  (BeamNotes *self, guint index);

/* The note at @time_us, or the nearest that begins within @within_us of it; NULL:
 * there is none. (transfer none) until "changed" */
const BeamNote *beam_notes_find (BeamNotes *self, gint64 time_us, gint64 within_us);

/* The nearest beginning or end after @time_us, or before it. FALSE: there is none. */
gboolean        beam_notes_step (BeamNotes *self, gint64 time_us, gboolean forward, gint64 *ret_us);

G_END_DECLS
