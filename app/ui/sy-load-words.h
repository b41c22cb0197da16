/* sy-load-words.h: a load trial in sentences
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-load-trial.h"

G_BEGIN_DECLS

/* All texts are translated and safe to show. */

/* What @workload asks, before anything is sent; NULL: nothing is chosen. (transfer full) */
char *sy_load_words_dup_choice     (const SyWorkload *workload);

/* What came of it: a line for each reason, and a headline. (transfer full) */
char *sy_load_words_dup_conclusion (SyLoadTrial *trial, char **ret_headline);

/* The step that runs; NULL, and no headline, where none does. (transfer full) (nullable) */
char *sy_load_words_dup_progress   (SyLoadTrial *trial, char **ret_headline);

G_END_DECLS
