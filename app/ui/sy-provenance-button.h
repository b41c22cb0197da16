/* sy-provenance-button.h: opens how a number was computed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-provenance.h"

G_BEGIN_DECLS

#define SY_TYPE_PROVENANCE_BUTTON (sy_provenance_button_get_type ())
G_DECLARE_FINAL_TYPE (SyProvenanceButton, sy_provenance_button, SY, PROVENANCE_BUTTON, GtkWidget)

/**
 * SyProvenanceButton:
 *
 * A number, or an icon where the number stands elsewhere, that opens a popover
 * with formula, inputs, sources and classes, and copies them. The popover is
 * filled when it opens. Without a provenance a number cannot be pressed, and the
 * icon is not there.
 */
GtkWidget *sy_provenance_button_new      (void);

/* What stands on the button; NULL: an icon. */
void       sy_provenance_button_set_text (SyProvenanceButton *self, const char *text);

/* @provenance: (transfer full) (nullable) */
void       sy_provenance_button_set      (SyProvenanceButton *self, SyProvenance *provenance);
const SyProvenance *sy_provenance_button_get (SyProvenanceButton *self); /* (nullable) (transfer none) */

G_END_DECLS
