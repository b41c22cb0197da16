/* sy-unit.h: units as targets spell them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The short name of the unit that @text spells ("seconds" and "s" give "s", "By"
 * and "bytes" give "B"); @text itself when we do not know it. */
const char *sy_unit_canonical  (const char *text);

/* The unit that a metric's name ends in, by the naming rules of Prometheus, also
 * before a `_total`; NULL when it names none. */
const char *sy_unit_of_name    (const char *name);

/* The factor to base units: 0.001 for "ms", 0.01 for "%"; 1 for what we do not
 * know. */
double      sy_unit_scale      (const char *unit);

/* Whether both measure the same thing (time, size): then one can stand for the
 * other with a factor. */
gboolean    sy_unit_compatible (const char *a, const char *b);

G_END_DECLS
