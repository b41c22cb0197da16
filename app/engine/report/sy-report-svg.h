/* sy-report-svg.h: a figure as an element of an HTML page
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-figure.h"

G_BEGIN_DECLS

/* Appends an <svg> that needs nothing but the classes ink-text, ink-dim, ink-grid,
 * ink-track, ink-a and ink-b of the page's style. @number makes its ids differ from those of
 * other figures on the page. */
void sy_report_append_svg (GString *out, const SyFigure *figure, guint number);

G_END_DECLS
