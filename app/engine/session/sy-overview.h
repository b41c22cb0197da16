/* sy-overview.h: a recording from one end to the other, at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-history.h"
#include "sy-recogniser.h"
#include "sy-recording.h"

G_BEGIN_DECLS

#define SY_OVERVIEW_POINTS 1200

/* What target @index of @recording said in @range (in its times), in about
 * SY_OVERVIEW_POINTS places or fewer, so that a month costs no more than a day. Rates
 * and percentiles are over all that lies between two places; a level is what it was at
 * the place. Nothing is costed. Times are counted from where @range begins.
 * @overrides: (nullable). Errors: SY_ERROR_DAMAGED, _STORAGE. (transfer full) */
SyHistory *sy_overview_read (SyRecording *recording, guint index, const SyTimeRange *range,
                             SyRecogniser *recogniser, SyOverrides *overrides, GError **error);

G_END_DECLS
