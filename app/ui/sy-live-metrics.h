/* sy-live-metrics.h: sizes that the parts of the Live page agree on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

/* A column never gets narrower than this: two fit into 660 pixels, and one into
 * a telephone of 360. */
#define SY_LIVE_MIN_COLUMN_WIDTH 300
#define SY_LIVE_COLUMN_SPACING 18
