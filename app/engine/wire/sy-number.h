/* sy-number.h: decimal text to double, exactly
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads the number at @text: [sign] digits [. digits] [e [sign] digits] with a
 * digit on at least one side of the point, or Inf, Infinity (signed or not) and
 * NaN in any case. No hexadecimal, no underscores, no blanks. The value is the
 * nearest double, ties to even; what is too small is zero, what is too large
 * is no number.
 *
 * Returns: the byte after the number, or NULL when there is none at @text. What
 * follows it is the caller's to judge. */
const char *sy_number_parse     (const char *text, const char *end, double *ret);

/* As sy_number_parse(), for text that must be a number and nothing else. */
gboolean    sy_number_parse_all (const char *text, gsize length, double *ret);

G_END_DECLS
