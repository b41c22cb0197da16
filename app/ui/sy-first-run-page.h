/* sy-first-run-page.h: what an empty window says
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SY_TYPE_FIRST_RUN_PAGE (sy_first_run_page_get_type ())
G_DECLARE_FINAL_TYPE (SyFirstRunPage, sy_first_run_page, SY, FIRST_RUN_PAGE, AdwBin)

/**
 * SyFirstRunPage:
 *
 * A status page with Try the Demo and Add Backend…. Where Node.js and Python
 * are installed it offers the demo on them too. Uses the actions win.demo,
 * win.stop-demo and win.add-backend.
 */
void sy_first_run_page_set_real_is_possible (SyFirstRunPage *self, gboolean is_possible);
void sy_first_run_page_set_starting         (SyFirstRunPage *self, gboolean starting);

/* Why the demo did not start, plain text; NULL: nothing is wrong. */
void sy_first_run_page_set_problem          (SyFirstRunPage *self, const char *text);

G_END_DECLS
