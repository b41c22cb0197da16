/* sy-first-run-page.h: what an empty window says
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-recording-list.h"

G_BEGIN_DECLS

#define SY_TYPE_FIRST_RUN_PAGE (sy_first_run_page_get_type ())
G_DECLARE_FINAL_TYPE (SyFirstRunPage, sy_first_run_page, SY, FIRST_RUN_PAGE, AdwBin)

/**
 * SyFirstRunPage:
 *
 * A status page with Try the Demo and Add Backend…. Where Node.js and Python
 * are installed it offers the demo on them too. Below are the newest recordings.
 * Uses the actions win.demo, win.stop-demo, win.add-backend and win.reopen, and those
 * of the list.
 */
void sy_first_run_page_set_real_is_possible (SyFirstRunPage *self, gboolean is_possible);
void sy_first_run_page_set_starting         (SyFirstRunPage *self, gboolean starting);

/* What was watched last, and can be again: names, one a line; NULL: nothing. */
void sy_first_run_page_set_last             (SyFirstRunPage *self, const char *names);

/* The recordings that can be opened instead. (transfer none) */
SyRecordingList *sy_first_run_page_get_recordings (SyFirstRunPage *self);

/* Why the demo did not start, plain text; NULL: nothing is wrong. */
void sy_first_run_page_set_problem          (SyFirstRunPage *self, const char *text);

G_END_DECLS
