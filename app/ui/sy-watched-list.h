/* sy-watched-list.h: the backends that a Prometheus server watches, to choose from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-prom-survey.h"

G_BEGIN_DECLS

#define SY_TYPE_WATCHED_LIST (sy_watched_list_get_type ())
G_DECLARE_FINAL_TYPE (SyWatchedList, sy_watched_list, SY, WATCHED_LIST, AdwBin)

/* Signal "chosen" (const char *address, const char *name): a row was activated,
 * once for each. Empty until it is filled. */

/* @watched: element-type SyPromWatched. */
void sy_watched_list_fill (SyWatchedList *self, const GPtrArray *watched);

G_END_DECLS
