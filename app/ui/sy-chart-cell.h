/* sy-chart-cell.h: one quantity of one backend
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-backend.h"
#include "sy-live-axes.h"

G_BEGIN_DECLS

#define SY_TYPE_CHART_CELL (sy_chart_cell_get_type ())
G_DECLARE_FINAL_TYPE (SyChartCell, sy_chart_cell, SY, CHART_CELL, GtkWidget)

/* How the caption over the chart begins. */
typedef enum {
  SY_CAPTION_NONE,    /* another cell of the line says what the row is */
  SY_CAPTION_TITLE,   /* the row's title */
  SY_CAPTION_BACKEND, /* whose chart it is: columns are stacked, or lines broken */
} SyCaption;

/**
 * SyChartCell:
 *
 * A chart under a caption that says how the number came about ("from a gauge",
 * "by Little's law"). Chooses its measure by what the backend reports, and says
 * so where it reports nothing.
 */
GtkWidget *sy_chart_cell_new         (SyRow row, SyBackend *backend, SyLiveAxes *axes);
void       sy_chart_cell_set_caption (SyChartCell *self, SyCaption caption);

BeamChart *sy_chart_cell_get_chart   (SyChartCell *self); /* (transfer none) */
SyBackend *sy_chart_cell_get_backend (SyChartCell *self); /* (transfer none) */
const char *sy_chart_cell_get_note   (SyChartCell *self); /* how the number came about */

/* 0 … 5 from the backend's letter: its colour, dash and marker. */
int        sy_backend_get_identity   (SyBackend *backend);

G_END_DECLS
