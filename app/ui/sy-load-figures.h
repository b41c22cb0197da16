/* sy-load-figures.h: what a load looks like
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-load-trial.h"
#include "sy-weighing.h"

G_BEGIN_DECLS

#define SY_TYPE_LOAD_FIGURES (sy_load_figures_get_type ())
G_DECLARE_FINAL_TYPE (SyLoadFigures, sy_load_figures, SY, LOAD_FIGURES, GtkWidget)

/**
 * SyLoadFigures:
 *
 * Latency and requests in flight over throughput, in the order they were seen;
 * the distribution of both backends at the level that decides; a heat map of
 * each. A model of the capacity is drawn thin and dashed, and never further than
 * SY_USL_EXTRAPOLATION times what was measured. Empty figures say what to do.
 */
GtkWidget *sy_load_figures_new         (void);

/* Shows the steps that @trial has so far. */
void       sy_load_figures_show_trial  (SyLoadFigures *self, SyLoadTrial *trial);

/* Shows what was seen without a load of ours; NULL: nothing. */
void       sy_load_figures_show_passive (SyLoadFigures *self, SyWeighing *weighing);

/* BeamPlot and BeamChart of the page; for tests. (transfer none) */
GtkWidget *sy_load_figures_get_latency   (SyLoadFigures *self);
GtkWidget *sy_load_figures_get_in_flight (SyLoadFigures *self);
GtkWidget *sy_load_figures_get_tail      (SyLoadFigures *self);

/* What is said under the second plot about the model; for tests. */
const char *sy_load_figures_get_model_text (SyLoadFigures *self);

G_END_DECLS
