/* sy-many-tests.h: p-values of several tests at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Replaces each of @p by its step-down adjusted value, so that rejecting those
 * at or under α makes any false rejection at most α likely. S. Holm, "A Simple
 * Sequentially Rejective Multiple Test Procedure", Scand. J. Statistics 6
 * (1979). */
void sy_holm_adjust (double *p, guint n);

G_END_DECLS
