/* sy-mark-words.h: marks on the time axis in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-record-mark.h"

G_BEGIN_DECLS

/* "Deploy", "Excluded range", translated. */
const char *sy_mark_words_kind     (SyMarkKind kind);

/* "Deploy: version 2", one line that is safe to show. (transfer full) */
char       *sy_mark_words_dup_note (const SyRecordMark *mark);

/* "14:03:11", "14:03:11 – 14:05:00"; @wall_offset_us: from the mark's clock to wall
 * time. (transfer full) */
char       *sy_mark_words_dup_when (const SyRecordMark *mark, gint64 wall_offset_us);

G_END_DECLS
