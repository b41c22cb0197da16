/* sy-add-dialog.h: an address, and what it says, before it is added
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-session.h"

G_BEGIN_DECLS

#define SY_TYPE_ADD_DIALOG (sy_add_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SyAddDialog, sy_add_dialog, SY, ADD_DIALOG, AdwWindow)

/**
 * SyAddDialog:
 *
 * Paste an address; Check asks it once and says what was found: exporter,
 * runtime, framework, which signals are there and which are missing. Then the
 * same button adds it, so Enter twice does all. What is wrong stands under
 * the entry, in words; a server that is not up yet may be added all the same.
 */
GtkWidget *sy_add_dialog_new (GtkWindow *parent, SySession *session);

G_END_DECLS
