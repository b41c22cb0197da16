/* sy-load-choice.h: a choice with its title over it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-columns-box.h"

G_BEGIN_DECLS

/* Adds @choice, a GtkDropDown of strings, to @columns under @title, which has a
 * mnemonic and names it. A long string may not make the window wide: it ends in an
 * ellipsis, and is whole in the tooltip. */
void sy_load_choice_add (SyColumnsBox *columns, const char *title, GtkWidget *choice);

G_END_DECLS
