/* sy-mark-dialog.h: asks what is to be said about which time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-record-mark.h"

G_BEGIN_DECLS

#define SY_TYPE_MARK_DIALOG (sy_mark_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SyMarkDialog, sy_mark_dialog, SY, MARK_DIALOG, AdwWindow)

/* A time that a mark may begin or end at. */
typedef struct {
  gint64  time_us;
  char   *label; /* (owned) by the array: "14:03:11, now" */
} SyMarkInstant;

/* (element-type SyMarkInstant) (transfer full) */
GArray    *sy_mark_instants_new (void);

/* @label is copied; a time that is there already keeps its own. */
void       sy_mark_instants_add (GArray *instants, gint64 time_us, const char *label);

/* In the order of time; once, after the last. */
void       sy_mark_instants_sort (GArray *instants);

/* @mark: what to begin with, whose times are among @instants; with the id 0 it is
 * a new one. Signal "done" (SyRecordMark, borrowed): a valid mark with the same
 * id; the dialog closes by itself. */
GtkWidget *sy_mark_dialog_new (GtkWindow *parent, const GArray *instants, const SyRecordMark *mark);

G_END_DECLS
