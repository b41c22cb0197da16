/* sy-priority-list.h: what matters, the most important first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-assumptions.h"

G_BEGIN_DECLS

#define SY_TYPE_PRIORITY_LIST (sy_priority_list_get_type ())
G_DECLARE_FINAL_TYPE (SyPriorityList, sy_priority_list, SY, PRIORITY_LIST, AdwBin)

/**
 * SyPriorityList:
 *
 * A use case to start from and its criteria in order, each with its weight and
 * its reason; buttons move them up and down, leave them out, take them in. It
 * shows no score. Follows the assumptions and writes into them.
 */
GtkWidget *sy_priority_list_new (void);

/* Once. */
void       sy_priority_list_set_assumptions (SyPriorityList *self, SyAssumptions *assumptions);

G_END_DECLS
