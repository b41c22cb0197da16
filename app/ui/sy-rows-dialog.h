/* sy-rows-dialog.h: which rows the Live page has, in which order
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-measure.h"

G_BEGIN_DECLS

#define SY_TYPE_ROWS_DIALOG (sy_rows_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SyRowsDialog, sy_rows_dialog, SY, ROWS_DIALOG, AdwWindow)

/**
 * SyRowsDialog:
 *
 * A list of all rows with a switch and two buttons each, by which it goes up or
 * down. Bound to the settings row-order and hidden-rows: the page follows while
 * the dialog is open.
 */
GtkWidget *sy_rows_dialog_new (GtkWindow *parent, GSettings *settings);

/* The order that the settings say, every row once. */
void       sy_rows_load_order (GSettings *settings, SyRow order[SY_N_ROWS]);

G_END_DECLS
