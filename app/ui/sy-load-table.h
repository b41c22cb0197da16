/* sy-load-table.h: every step of a load in numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-load-trial.h"

G_BEGIN_DECLS

#define SY_TYPE_LOAD_TABLE (sy_load_table_get_type ())
G_DECLARE_FINAL_TYPE (SyLoadTable, sy_load_table, SY, LOAD_TABLE, GtkWidget)

/**
 * SyLoadTable:
 *
 * A row a step, the newest first: what was asked and answered, latency as the
 * client saw it and as the backend says itself, and what speaks against the step.
 * Empty without steps.
 */
GtkWidget *sy_load_table_new  (void);
void       sy_load_table_show (SyLoadTable *self, SyLoadTrial *trial);

G_END_DECLS
