/* sy-toast.h: one line that comes and goes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @text may hold words from outside: it is made safe and short, and is not
 * markup, which the title of a toast always is at our floor. (transfer full) */
AdwToast *sy_toast_new      (const char *text);

/* The same with an Undo button, and time to press it. What is undone is a matter
 * of that toast: others may wait behind it. (transfer full) */
AdwToast *sy_toast_new_undo (const char *text);

G_END_DECLS
