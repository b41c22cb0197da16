/* sy-overview-view.h: a long recording from one end to the other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-player.h"

G_BEGIN_DECLS

#define SY_TYPE_OVERVIEW_VIEW (sy_overview_view_get_type ())
G_DECLARE_FINAL_TYPE (SyOverviewView, sy_overview_view, SY, OVERVIEW_VIEW, GtkWidget)

/**
 * SyOverviewView:
 *
 * A line for each of the first two backends, as wide as the recording is long: where
 * something happened, before all up to there was read. Of what they have in common the
 * first: latency, else throughput, else requests in flight. Hidden without an
 * overview.
 */

/* Once. */
void sy_overview_view_set_player (SyOverviewView *self, SyPlayer *player);

G_END_DECLS
