/* sy-cut-watch.h: whether a text that does not say its end lost its end
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyCutWatch:
 *
 * Text format has no end mark. A chunked body, or one that ends with its
 * connection, may be cut at the end of a line, and then looks like a shorter
 * answer. The only trace is that values are missing which were there before.
 * All zero: nothing was seen yet, and nothing is doubted.
 */
typedef struct {
  guint n_usual; /* values of the last answer that nobody doubts; 0: none yet */
  guint n_short; /* answers in a row with less than half of that */
} SyCutWatch;

/* @n_values of an answer. FALSE: not to be used, half of what there was is
 * missing and it was there a moment ago. When that repeats, the backend may
 * really say less (it was restarted, say): the answer is used with a doubt, and
 * after ten of them without. @doubt: (transfer full) (nullable): one line. */
gboolean sy_cut_watch_judge (SyCutWatch *self, guint n_values, gboolean is_surely_whole, char **doubt);

G_END_DECLS
