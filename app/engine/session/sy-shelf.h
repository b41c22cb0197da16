/* sy-shelf.h: the recordings that are kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-recording-info.h"

G_BEGIN_DECLS

#define SY_TYPE_SHELF (sy_shelf_get_type ())
G_DECLARE_FINAL_TYPE (SyShelf, sy_shelf, SY, SHELF, GObject)

/**
 * SyShelf:
 *
 * A GListModel of SyRecordingInfo: the `.steelyard` files of one folder, newest
 * first. It is looked through on a thread whenever it is asked to be; empty until
 * then, and while there is no such folder. A recording that was taken out can be
 * put back until the program ends or sy_shelf_forget() is called; what an earlier
 * run has left is forgotten by the first look.
 *
 * An interrupted recording is several files (SyShelfFiles); they move together.
 *
 * Signal "refreshed": a look has ended.
 */
SyShelf         *sy_shelf_new           (const char *folder);

/* Below the person's data folder. */
SyShelf         *sy_shelf_new_own       (void);
const char      *sy_shelf_get_folder    (SyShelf *self);

/* From now on the recordings are those of @path, and new ones go there; NULL: below
 * the person's data folder. What is being recorded stays where it is. Errors:
 * SY_ERROR_STORAGE (there is no such folder, or no file can be made in it); then
 * nothing has changed. */
gboolean         sy_shelf_set_folder    (SyShelf *self, const char *path, GError **error);
void             sy_shelf_refresh       (SyShelf *self);

/* Why the folder could not be looked through; NULL: it could. (transfer none) */
const GError    *sy_shelf_get_error     (SyShelf *self);

/* A path that is free, named by the local time of @wall_us; makes the folder.
 * Errors: SY_ERROR_STORAGE. (transfer full) */
char            *sy_shelf_dup_new_path  (SyShelf *self, gint64 wall_us, GError **error);

/* @name is that of the file without .steelyard. Errors: SY_ERROR_INVALID (it is
 * none, or taken), _STORAGE. The list follows by itself. */
gboolean         sy_shelf_rename        (SyShelf *self, SyRecordingInfo *info, const char *name, GError **error);

/* Takes it out of the list and the folder. Errors: SY_ERROR_INVALID (it is being
 * written), _STORAGE. */
gboolean         sy_shelf_take_out      (SyShelf *self, SyRecordingInfo *info, GError **error);

/* Puts it back under its name, or one like it. Errors: SY_ERROR_STORAGE. */
gboolean         sy_shelf_put_back      (SyShelf *self, SyRecordingInfo *info, GError **error);

/* Deletes for good what was taken out. */
void             sy_shelf_forget        (SyShelf *self, SyRecordingInfo *info);

G_END_DECLS
