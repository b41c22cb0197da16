/* sy-about.h: who we are, and with which libraries
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @parent: nullable. */
void  sy_about_present      (GtkWindow *parent);

/* The program's version on the first line, the libraries it runs with on the
 * second. Returns: (transfer full) */
char *sy_about_dup_versions (void);

G_END_DECLS
