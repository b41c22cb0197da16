/* sy-alerts-dialog.h: what a person wants to be told of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-alert-watch.h"
#include "sy-background.h"
#include "sy-session.h"

G_BEGIN_DECLS

#define SY_TYPE_ALERTS_DIALOG (sy_alerts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SyAlertsDialog, sy_alerts_dialog, SY, ALERTS_DIALOG, AdwWindow)

/**
 * SyAlertsDialog:
 *
 * The rule that is always there, and those that a person has made: each can be
 * switched off, changed and removed, and says what is the case now. Changes hold at
 * once; what is removed can be put back while the dialog is open.
 */
GtkWidget *sy_alerts_dialog_new (GtkWindow *parent, SySession *session, SyAlertWatch *watch, SyBackground *background);

G_END_DECLS
