/* sy-filter-editor.h: which series of a backend count
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-exposition.h"

G_BEGIN_DECLS

#define SY_TYPE_FILTER_EDITOR (sy_filter_editor_get_type ())
G_DECLARE_FINAL_TYPE (SyFilterEditor, sy_filter_editor, SY, FILTER_EDITOR, AdwBin)

/**
 * SyFilterEditor:
 *
 * A form for one filter: a label of the backend, only or without, and values
 * with commas between them. Signal "done" (const char *label, GStrv values,
 * gboolean except).
 */

/* Begins anew. @exposition (nullable): the last answer, whose labels are offered. */
void sy_filter_editor_reset (SyFilterEditor *self, SyExposition *exposition);

G_END_DECLS
