/* sy-live-row.h: one quantity of all backends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-chart-cell.h"

G_BEGIN_DECLS

#define SY_TYPE_LIVE_ROW (sy_live_row_get_type ())
G_DECLARE_FINAL_TYPE (SyLiveRow, sy_live_row, SY, LIVE_ROW, GtkWidget)

/* How the backends of a row are compared. */
typedef enum {
  SY_VIEW_COLUMNS,  /* side by side */
  SY_VIEW_OVERLAID, /* in one chart */
  SY_VIEW_RATIO,    /* divided by the first */
  SY_N_VIEWS
} SyView;

const char  *sy_view_get_id          (SyView view); /* stable: "columns", "overlaid", "ratio" */
gboolean     sy_view_parse           (const char *id, SyView *ret);

/**
 * SyLiveRow:
 *
 * A cell for each backend in equal columns, on one value axis. While all
 * columns are in one line the first cell carries the title of the row;
 * when they are stacked the title stands above and each cell says whose it is.
 * With two or more backends all can be in one chart instead, or a lane with their
 * ratio under the columns. A chart of all
 * that is not shown does not exist. Signal "failed": a chart's own.
 */
GtkWidget   *sy_live_row_new         (SyRow row, SyLiveAxes *axes);
SyRow        sy_live_row_get_row     (SyLiveRow *self);
void         sy_live_row_insert      (SyLiveRow *self, SyBackend *backend, guint position);
void         sy_live_row_remove      (SyLiveRow *self, guint position);
SyChartCell *sy_live_row_get_cell    (SyLiveRow *self, guint position); /* NULL: not there */
void         sy_live_row_set_stacked (SyLiveRow *self, gboolean stacked);

void         sy_live_row_set_view    (SyLiveRow *self, SyView view, gboolean ratio_lane);
/* What is shown, in reading order. (element-type BeamChart) (transfer container) */
GPtrArray   *sy_live_row_get_charts  (SyLiveRow *self);

/* Puts @widget under the charts. */
void         sy_live_row_set_footer  (SyLiveRow *self, GtkWidget *widget);

G_END_DECLS
