/* sy-backend-header.h: who a column is about
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-backend.h"

G_BEGIN_DECLS

#define SY_TYPE_BACKEND_HEADER (sy_backend_header_get_type ())
G_DECLARE_FINAL_TYPE (SyBackendHeader, sy_backend_header, SY, BACKEND_HEADER, GtkWidget)

/**
 * SyBackendHeader:
 *
 * The head of a column: marker, name, address, format and state, three key
 * figures, the banner while the source fails, and a menu to rename and remove.
 * Figures are unknown, not old, while no sample arrives.
 *
 * Signal "remove-requested": somebody chose Remove.
 */
GtkWidget *sy_backend_header_new         (SyBackend *backend);
SyBackend *sy_backend_header_get_backend (SyBackendHeader *self); /* (transfer none) */

/* FALSE: it is one of a recording, which stays whole. */
void       sy_backend_header_set_removable (SyBackendHeader *self, gboolean removable);

/* Moves ages and countdowns; the rest follows the backend by itself. */
void       sy_backend_header_refresh     (SyBackendHeader *self);

G_END_DECLS
