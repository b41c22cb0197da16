/* sy-help.h: the pages that explain the program
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows them in the desktop's help viewer; where there is none, or in a sandbox, as one
 * page in the browser; where neither can, @parent (nullable) says what to do. */
void sy_help_show (GtkWindow *parent);

G_END_DECLS
