/* sy-live-row.h: one quantity of all backends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-chart-cell.h"

G_BEGIN_DECLS

#define SY_TYPE_LIVE_ROW (sy_live_row_get_type ())
G_DECLARE_FINAL_TYPE (SyLiveRow, sy_live_row, SY, LIVE_ROW, GtkWidget)

/**
 * SyLiveRow:
 *
 * A cell for each backend in equal columns, on one value axis. While all
 * columns are in one line the first cell carries the title of the row;
 * when they are stacked the title stands above and each cell says whose it is.
 */
GtkWidget   *sy_live_row_new         (SyRow row, SyLiveAxes *axes);
SyRow        sy_live_row_get_row     (SyLiveRow *self);
void         sy_live_row_insert      (SyLiveRow *self, SyBackend *backend, guint position);
void         sy_live_row_remove      (SyLiveRow *self, guint position);
SyChartCell *sy_live_row_get_cell    (SyLiveRow *self, guint position); /* NULL: not there */
void         sy_live_row_set_stacked (SyLiveRow *self, gboolean stacked);

/* Puts @widget under the charts. */
void         sy_live_row_set_footer  (SyLiveRow *self, GtkWidget *widget);

G_END_DECLS
