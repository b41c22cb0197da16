/* sy-button-wrap.h: buttons with long labels
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lets the labels of all buttons at and below @root break into lines: a button is as
 * wide as its label, which in some languages is wider than a phone. */
void sy_wrap_buttons (GtkWidget *root);

G_END_DECLS
