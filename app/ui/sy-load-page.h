/* sy-load-page.h: what two backends carry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-load-figures.h"
#include "sy-session.h"

G_BEGIN_DECLS

#define SY_TYPE_LOAD_PAGE (sy_load_page_get_type ())
G_DECLARE_FINAL_TYPE (SyLoadPage, sy_load_page, SY, LOAD_PAGE, GtkWidget)

/**
 * SyLoadPage:
 *
 * Chooses a profile and two backends, runs a load, and shows what came of it;
 * before that, what was seen without a load. One backend chosen twice measures
 * how much it differs from itself. Other machines are loaded only after a person
 * has agreed to exactly that.
 *
 * Property: most-rate (read-write): requests a second that a load may send at most,
 * from the next one on.
 *
 * Signal "load-started": a load of its own begins; whatever else loads the
 * backends should stop. Signal "load-ended".
 */

/* Once. */
void            sy_load_page_set_session (SyLoadPage *self, SySession *session);

/* The session is a recording: its addresses are not loaded. */
void            sy_load_page_set_recorded (SyLoadPage *self);

/* As the button does. */
void            sy_load_page_toggle      (SyLoadPage *self);

/* The load that runs or that ran last; NULL: none did. (transfer none) */
SyLoadTrial    *sy_load_page_get_trial   (SyLoadPage *self);
SyLoadFigures  *sy_load_page_get_figures (SyLoadPage *self); /* (transfer none) */

/* The sentence on top; for tests. */
const char     *sy_load_page_get_headline (SyLoadPage *self);

/* Chooses by position, as a person would. */
void            sy_load_page_choose      (SyLoadPage *self, const char *workload, guint a, guint b);

G_END_DECLS
