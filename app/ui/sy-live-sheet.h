/* sy-live-sheet.h: the Live page on paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-live-page.h"

G_BEGIN_DECLS

/* What the page shows at this moment: its rows, views and time, under the names
 * of the backends and the date. (transfer full) */
BeamSheet *sy_live_sheet_new (SyLivePage *page, GListModel *backends, SyClock *clock);

G_END_DECLS
