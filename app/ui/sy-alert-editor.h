/* sy-alert-editor.h: one rule of what a person wants to be told of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-alert-book.h"
#include "sy-session.h"

G_BEGIN_DECLS

#define SY_TYPE_ALERT_EDITOR (sy_alert_editor_get_type ())
G_DECLARE_FINAL_TYPE (SyAlertEditor, sy_alert_editor, SY, ALERT_EDITOR, AdwWindow)

/**
 * SyAlertEditor:
 *
 * What is measured, of whom, the limit, for how long, and how far back is over. It
 * says beside the limit what is wrong with it, and closes when the book has the rule.
 *
 * Signal "message": the book could not be kept, a plain text (string).
 */

/* @rule: the one that is changed; NULL: a new one. */
GtkWidget *sy_alert_editor_new (GtkWindow *parent, SyAlertBook *book, SySession *session, const SyAlertRule *rule);

G_END_DECLS
