/* sy-decide-page.h: which of the two, for this product
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-appraisal.h"

G_BEGIN_DECLS

#define SY_TYPE_DECIDE_PAGE (sy_decide_page_get_type ())
G_DECLARE_FINAL_TYPE (SyDecidePage, sy_decide_page, SY, DECIDE_PAGE, GtkWidget)

/**
 * SyDecidePage:
 *
 * What matters is asked first; until it is said there are no scores to see. Then
 * the answer with its balance, what speaks for each by criterion, at which
 * weights it flips, a paragraph to send to somebody, and the checklists. Follows
 * its appraisal while it is mapped.
 *
 * Signal "told" (a plain text): something to tell in passing. Action the page
 * installs: decide.export.
 */

/* Once. */
void  sy_decide_page_set_appraisal (SyDecidePage *self, SyAppraisal *appraisal);

/* The paragraph that is shown; NULL: none. (transfer full) (nullable) */
char *sy_decide_page_dup_paragraph (SyDecidePage *self);

G_END_DECLS
