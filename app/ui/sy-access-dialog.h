/* sy-access-dialog.h: what one server is asked with, and known by
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-access-book.h"

G_BEGIN_DECLS

#define SY_TYPE_ACCESS_DIALOG (sy_access_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SyAccessDialog, sy_access_dialog, SY, ACCESS_DIALOG, AdwWindow)

/**
 * SyAccessDialog:
 *
 * Asks for the credential of one origin, its own certificate authority and the
 * fingerprint of its certificate, and puts them into the book. A secret that is
 * there already is not shown; an empty field keeps it.
 *
 * Signal "saved": the book has changed.
 */
GtkWidget *sy_access_dialog_new (GtkWindow *parent, SyAccessBook *book, const SyUrl *url);

G_END_DECLS
