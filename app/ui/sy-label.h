/* sy-label.h: labels that may have nothing to say
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows @text (plain, nullable) in a GtkLabel. An empty one keeps its place, so that
 * what stands beside it stays aligned, and is hidden from assistive technology, to
 * which GTK 4.8 would call it by its type. */
void sy_label_set_text (GtkWidget *label, const char *text);

G_END_DECLS
