/* sy-recogniser-folder.h: the recogniser files of one or more folders
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-recogniser-file.h"

G_BEGIN_DECLS

/* Adds the files of @directory to @files (element-type SyRecogniserFile),
 * sorted by name. One of the same base name as one that is there replaces it.
 * With @problems (element-type GError) a file that cannot be used is added
 * there and the others are read, and a folder that does not exist is empty;
 * without, the first mistake fails: SY_ERROR_INVALID, SY_ERROR_PARSE. */
gboolean sy_recogniser_folder_read (const char *directory, GPtrArray *files, GPtrArray *problems, GError **error);

/* The order in which files apply: fallbacks last, then by priority, highest
 * first, then by base name. */
void     sy_recogniser_folder_sort (GPtrArray *files);

G_END_DECLS
