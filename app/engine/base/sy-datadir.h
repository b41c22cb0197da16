/* sy-datadir.h: where the data files are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The folder that holds recognisers/, prices/, workloads/ and reference/: the
 * environment's STEELYARD_DATADIR (the tree), else the installed place.
 * Returns: (transfer full), joined with the NULL-terminated parts. */
char *sy_datadir_build_path (const char *first, ...) G_GNUC_NULL_TERMINATED;

/* A person's own folder of that name, below the user's data folder; it need
 * not exist. Returns: (transfer full) */
char *sy_datadir_build_own_path (const char *name);

G_END_DECLS
