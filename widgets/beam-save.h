/* beam-save.h: asks where, and saves there
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-sheet.h"

G_BEGIN_DECLS

/* @file: (nullable): what was written; @error: (nullable): why it was not. Both
 * NULL when the person thought better of it. */
typedef void (*BeamSavedFunc) (GFile        *file,
                               const GError *error,
                               gpointer      user_data);

/* Opens the file chooser of the desktop over @parent (nullable), with @name and
 * the extension of @format suggested. Freezes @sheet: what is saved is what was
 * seen when it was asked for. The extension that is written decides the format
 * where it names one. */
void  beam_save_sheet (BeamSheet      *sheet,
                       BeamFileFormat  format,
                       const char     *name,
                       GtkWindow      *parent,
                       BeamSavedFunc   func,
                       gpointer        user_data,
                       GDestroyNotify  destroy);

/* The same for a chart or a figure and its context menu: when it fails, @widget
 * emits "failed" with a sentence or, where nobody listens, a dialog says it. */
void  beam_save_from         (GtkWidget      *widget,
                              BeamSheet      *sheet,
                              BeamFileFormat  format,
                              const char     *name);
void  beam_save_copy_picture (BeamSheet      *sheet,
                              GtkWidget      *widget);

/* A file name out of words: nothing that a file system or a shell minds, never
 * hidden, at most 80 bytes. (transfer full) */
char *beam_save_make_name (const char     *words,
                           BeamFileFormat  format);

G_END_DECLS
