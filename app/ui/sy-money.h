/* sy-money.h: large amounts, short enough to compare
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As sy_format.h: localised, "–" where unknown, (transfer full). The sign stands
 * before the currency. */

/* "$79.6 k", "$1.81 M", "−$37.7 k"; below ten thousand as sy_format_money(). */
char *sy_money_format          (double amount, const char *currency);

/* With a plus where it is more: a difference. */
char *sy_money_format_signed   (double amount, const char *currency);

/* "$1,120 to $1,290"; one amount where both read the same. */
char *sy_money_format_interval (double low, double high, const char *currency);

/* For a label of an axis whose ticks are @step apart (0: logarithmic). */
char *sy_money_format_tick     (double amount, double step, const char *currency);

G_END_DECLS
