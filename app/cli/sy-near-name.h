/* sy-near-name.h: which name was meant
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one of @names (NULL-terminated) that @text is a slip of the hand away from:
 * at most a third of its letters (and never more than two) added, left out,
 * changed or swapped with their neighbour. NULL when there is none, or when two
 * are as near. (transfer none) */
const char *sy_near_name (const char *text, const char *const *names);

G_END_DECLS
