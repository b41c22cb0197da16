/* sy-marks.h: what a person says about moments of a session
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-history.h"
#include "sy-recorder.h"
#include "sy-recording.h"

G_BEGIN_DECLS

#define SY_TYPE_MARKS (sy_marks_get_type ())
G_DECLARE_FINAL_TYPE (SyMarks, sy_marks, SY, MARKS, GObject)

/**
 * SyMarks:
 *
 * The marks of a session, in the order of time, on its clock. What is excluded
 * does not count in the histories that follow them. Live, they are kept in the
 * recording that is being made; of a recording, in its file. Lives on the GTK
 * thread. Empty until something is said.
 *
 * Signals: "changed": there are others, or they are elsewhere; "not-kept" (GError): a
 * recording that begins could not take all that reaches into it, which holds here all
 * the same, and will be gone with the session.
 */
SyMarks            *sy_marks_new      (void);
guint               sy_marks_get_n    (SyMarks *self);
const SyRecordMark *sy_marks_get      (SyMarks *self, guint index); /* (transfer none) until "changed" */
const SyRecordMark *sy_marks_find     (SyMarks *self, gint64 id);   /* (nullable): likewise */

/* Said of all recordings that are compared, and kept in each. */
#define SY_MARKS_ALL_FILES G_MAXUINT

/* Of recording @file where several are compared, else 0; or of all. @mark's id is ignored;
 * @ret_id (out) (optional). Errors: SY_ERROR_INVALID: it is none, and nothing was
 * done. Any other: it is here, but could not be kept, and will be gone with the
 * session. */
gboolean            sy_marks_add      (SyMarks *self, guint file, const SyRecordMark *mark, gint64 *ret_id, GError **error);

/* Errors: it is not here any more, but still in the file, or in that of a recording
 * that has ended since. */
gboolean            sy_marks_remove   (SyMarks *self, gint64 id, GError **error);

/* Puts @mark in the place of the one with its id. Errors as sy_marks_add(), and
 * SY_ERROR_STORAGE: a recording that has ended since keeps the one before. */
gboolean            sy_marks_replace  (SyMarks *self, const SyRecordMark *mark, GError **error);

/* What @history has measured counts but for what the marks of recording @file
 * exclude, from now on; live, @file is 0. */
void                sy_marks_follow   (SyMarks *self, SyHistory *history, guint file);
void                sy_marks_unfollow (SyMarks *self, SyHistory *history);

/* Takes in what was said about @recording, whose times are moved by @shift_us; what
 * both the first and the second say is said of all. Returns: its number, from 0 */
guint               sy_marks_add_file (SyMarks *self, SyRecording *recording, gint64 shift_us);
guint               sy_marks_get_file (SyMarks *self, gint64 id); /* or SY_MARKS_ALL_FILES */

/* All times are by @later_us later than they were said: a replay that starts over. */
void                sy_marks_set_later (SyMarks *self, gint64 later_us);

/* Keeps marks in what @recorder writes (NULL: nowhere), those that reach beyond
 * @from_us at once. */
void                sy_marks_set_recorder (SyMarks *self, SyRecorder *recorder, gint64 from_us);

G_END_DECLS
