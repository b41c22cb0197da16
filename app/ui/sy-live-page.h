/* sy-live-page.h: all backends side by side, now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-backend-header.h"
#include "sy-live-row.h"
#include "sy-weighing.h"

G_BEGIN_DECLS

#define SY_TYPE_LIVE_PAGE (sy_live_page_get_type ())
G_DECLARE_FINAL_TYPE (SyLivePage, sy_live_page, SY, LIVE_PAGE, GtkWidget)

/**
 * SyLivePage:
 *
 * A strip with the figures in a sentence, a head for each backend, and a row
 * of charts for each quantity: one time axis and one cursor for all, one value
 * axis a quantity. Columns that have no room are stacked, row by row, so that
 * what is compared stays together.
 *
 * While it is mapped it moves its time axis ten times a second; unmapped it
 * costs nothing. Empty without backends.
 *
 * Properties: paused (read-write): the picture stands still, the backends are
 * still asked. Signals "remove-requested" (SyBackend), and "message": a sentence
 * for people, something they asked for has not been done. Actions the page
 * expects from its window: win.choose-price, win.edit-signals (letter).
 */

/* @backends: a list model of SyBackend. Once. */
void        sy_live_page_set_backends   (SyLivePage *self, GListModel *backends, SyClock *clock);

/* What the ten times a second are counted by: the backends' clock unless told
 * otherwise. That of a recording may run at any speed, or stand still. After
 * sy_live_page_set_backends(). */
void        sy_live_page_set_pace       (SyLivePage *self, SyClock *pace);

/* Of the first two backends, for the strip; NULL: there are no two. */
void        sy_live_page_set_weighing   (SyLivePage *self, SyWeighing *weighing);

/* The time between the edges of the charts. While there is less to see it is
 * halved as often as all that is there still fits, down to a minute. */
void        sy_live_page_set_window     (SyLivePage *self, gint64 window_us);
void        sy_live_page_set_row_shown  (SyLivePage *self, SyRow row, gboolean shown);
/* From the top, every row once. */
void        sy_live_page_set_row_order  (SyLivePage *self, const SyRow order[SY_N_ROWS]);
SyRow       sy_live_page_get_row_at     (SyLivePage *self, guint position);
void        sy_live_page_set_view       (SyLivePage *self, SyView view, gboolean ratio_lane);

/* The machine that costs are computed for; NULL: not known. Must outlive the page. */
void        sy_live_page_set_price      (SyLivePage *self, const SyPrice *price);
void        sy_live_page_set_demo       (SyLivePage *self, const char *label, GMenuModel *menu);
gboolean    sy_live_page_get_paused     (SyLivePage *self);
void        sy_live_page_set_paused     (SyLivePage *self, gboolean paused);

SyLiveAxes *sy_live_page_get_axes       (SyLivePage *self);            /* (transfer none) */
SyLiveRow  *sy_live_page_get_row        (SyLivePage *self, SyRow row); /* (transfer none) */
SyBackendHeader *sy_live_page_get_header (SyLivePage *self, guint position); /* NULL: not there */

G_END_DECLS
