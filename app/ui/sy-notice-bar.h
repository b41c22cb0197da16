/* sy-notice-bar.h: something that lasts, in words, with a way on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SY_TYPE_NOTICE_BAR (sy_notice_bar_get_type ())
G_DECLARE_FINAL_TYPE (SyNoticeBar, sy_notice_bar, SY, NOTICE_BAR, GtkWidget)

/**
 * SyNoticeBar:
 *
 * One notice over the pages until somebody dismisses it or it no longer holds:
 * what happened, why and what can be done. Invisible without one.
 *
 * Signal "chosen": the button beside it was pressed; the notice has gone.
 */

/* @title, @detail: any text. @button: a translated mnemonic label; NULL: none. A
 * notice that is there is replaced. */
void        sy_notice_bar_show      (SyNoticeBar *self, const char *title, const char *detail, const char *button);
void        sy_notice_bar_clear     (SyNoticeBar *self);

/* What it says; "" without a notice. */
const char *sy_notice_bar_get_title (SyNoticeBar *self);

G_END_DECLS
