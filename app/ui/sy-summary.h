/* sy-summary.h: what is being compared, in plain sentences
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-reading.h"

G_BEGIN_DECLS

/* One side as it is now. */
typedef struct {
  const char      *name;    /* borrowed, already safe to show */
  const SyReading *reading; /* borrowed; NULL: no current sample */
  gboolean         spoke;   /* it has given a sample, be it long ago */
} SySummarySide;

/* The current figures of @n sides in one sentence: no ranking, no verdict.
 * Returns: (transfer full) */
char *sy_summary_dup_sentence (const SySummarySide *sides, guint n);

/* What speaks against reading more into the sentence than it says: it is a
 * snapshot, the sides answer different loads, there are errors, a percentile
 * rests on few requests. Returns: (transfer full) */
char *sy_summary_dup_caveat   (const SySummarySide *sides, guint n);

G_END_DECLS
