/* sy-report-html.h: a report as one HTML page
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-report.h"

G_BEGIN_DECLS

/* A whole page in UTF-8 with its style and its figures, that loads nothing and
 * runs nothing; no text of the report is read as markup. Returns: (transfer full) */
char *sy_report_to_html (const SyReport *self);

G_END_DECLS
