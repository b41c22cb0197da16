/* sy-live-strip.h: the simple answer first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-summary.h"
#include "sy-verdict.h"

G_BEGIN_DECLS

#define SY_TYPE_LIVE_STRIP (sy_live_strip_get_type ())
G_DECLARE_FINAL_TYPE (SyLiveStrip, sy_live_strip, SY, LIVE_STRIP, GtkWidget)

/**
 * SyLiveStrip:
 *
 * The card on top of the Live page: the verdict with its size, its interval, a
 * balance and the gates; and the figures of now in one sentence. While it is too
 * early for a verdict the figures are the answer. Names the demo's servers while they
 * run, with a menu (actions win.demo and win.stop-demo).
 */
void sy_live_strip_set_sides  (SyLiveStrip *self, const SySummarySide *sides, guint n);

/* @verdict: of the first two sides, called @a and @b (safe to show); NULL: there
 * are no two. Borrowed for the call. */
void sy_live_strip_set_verdict (SyLiveStrip *self, const SyVerdict *verdict, const char *a, const char *b);

/* Replaces the caveat while @text is not NULL ("Paused at 10:32:05"). */
void sy_live_strip_set_notice (SyLiveStrip *self, const char *text);

/* @label: which servers run; NULL: no demo. */
void sy_live_strip_set_demo   (SyLiveStrip *self, const char *label, GMenuModel *menu);

G_END_DECLS
