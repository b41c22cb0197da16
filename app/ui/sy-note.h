/* sy-note.h: how a number came about, in a few words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-backend.h"
#include "sy-measure.h"

G_BEGIN_DECLS

/* What stands over the chart of @row beside its title: "from a gauge", "busy
 * workers, 4 of 8", "$0.012/h". Each of the arguments may be NULL. Returns:
 * (transfer full), never NULL. */
char *sy_note_for_row (SyRow row, const SyReading *reading, const SyMapping *mapping,
                       const SyLoadCost *cost, const char *currency);

/* Whether @mapping says that the backend can report @row at all. TRUE while
 * nothing is known. */
gboolean sy_note_row_is_reported (SyRow row, const SyReading *reading, const SyMapping *mapping);

G_END_DECLS
