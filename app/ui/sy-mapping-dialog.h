/* sy-mapping-dialog.h: what each signal of a backend is read from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-session.h"

G_BEGIN_DECLS

#define SY_TYPE_MAPPING_DIALOG (sy_mapping_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SyMappingDialog, sy_mapping_dialog, SY, MAPPING_DIALOG, AdwWindow)

/**
 * SyMappingDialog:
 *
 * Each role of a backend with the metric that plays it, and the filters by
 * label. Every change is applied and kept at once.
 */
GtkWidget *sy_mapping_dialog_new (GtkWindow *parent, SySession *session, SyBackend *backend);

G_END_DECLS
