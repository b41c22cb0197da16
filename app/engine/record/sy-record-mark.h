/* sy-record-mark.h: what a person, or the load, says about a moment
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SY_RECORD_MAX_MARKS 10000
#define SY_RECORD_MAX_MARK_TEXT 4096 /* bytes */

typedef enum {
  SY_MARK_NOTE,
  SY_MARK_DEPLOY,      /* another version runs from here on */
  SY_MARK_WARM_UP_END,
  SY_MARK_LOAD_STEP,   /* the load is another from here on */
  SY_MARK_EXCLUDED,    /* nothing that was measured in it counts */
  SY_N_MARK_KINDS
} SyMarkKind;

/* Of all targets of a recording. A moment has @from_us == @to_us; only notes and
 * what is excluded may be a range. */
typedef struct {
  gint64     id;       /* in its file; 0: not there yet */
  SyMarkKind kind;
  gint64     from_us;  /* monotonic, as the answers' */
  gint64     to_us;
  char      *text;     /* valid UTF-8, may be empty */
} SyRecordMark;

const char   *sy_mark_kind_nick      (SyMarkKind kind); /* "note", "deploy", "warm-up-end", "load-step", "excluded" */
gboolean      sy_mark_kind_from_nick (const char *nick, SyMarkKind *ret);

/* Whether @mark may be kept. Errors: SY_ERROR_INVALID. */
gboolean      sy_record_mark_check   (const SyRecordMark *mark, GError **error);

SyRecordMark *sy_record_mark_copy    (const SyRecordMark *mark);
void          sy_record_mark_free    (SyRecordMark *mark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyRecordMark, sy_record_mark_free)

G_END_DECLS
