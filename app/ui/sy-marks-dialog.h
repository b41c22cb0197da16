/* sy-marks-dialog.h: everything that was said about moments
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-session.h"

G_BEGIN_DECLS

#define SY_TYPE_MARKS_DIALOG (sy_marks_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SyMarksDialog, sy_marks_dialog, SY, MARKS_DIALOG, AdwWindow)

/**
 * SyMarksDialog:
 *
 * A list of the marks of a session, each with buttons to edit and to remove it,
 * that follows them while it is open. Stands beside its window, which offers Undo.
 *
 * Signals: "edit" and "remove" (gint64: the mark's id).
 */
GtkWidget *sy_marks_dialog_new (GtkWindow *parent, SySession *session);

G_END_DECLS
