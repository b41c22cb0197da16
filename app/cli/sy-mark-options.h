/* sy-mark-options.h: marks as words of a command
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-record-mark.h"

G_BEGIN_DECLS

#define SY_MARK_OPTION_FORM "D[-D]:KIND[:TEXT]"

/* Marks of @words, each "12s:deploy:version 2" or "0s-30s:excluded:warming up":
 * from when, or from when to when, counted from 0. NULL: none. Errors:
 * SY_ERROR_INVALID. (element-type SyRecordMark) (transfer full) */
GPtrArray *sy_mark_options_parse (const char *const *words, GError **error);

/* Counts them from @begin_us. */
void       sy_mark_options_shift (GPtrArray *marks, gint64 begin_us);

G_END_DECLS
