/* sy-verdict-popover.h: how a verdict was reached
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-verdict.h"

G_BEGIN_DECLS

/* What it rests on, what stands against it, every gate with its numbers and
 * remedy, and what would change its mind. A picture of this moment: it does not
 * follow the verdict. (transfer floating) */
GtkWidget *sy_verdict_popover_new (const SyVerdict *verdict);

G_END_DECLS
