/* sy-decimals.h: how many digits after the point a number is worth
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Digits after the point that show @significant (1 or more) significant digits of
 * @value once it is rounded to them: 9.996 with 3 is "10.0", so 1. 0 to 12; 0 for
 * what is smaller than 1e-12, and for what is no finite number. */
int sy_decimals_for (double value, int significant);

G_END_DECLS
