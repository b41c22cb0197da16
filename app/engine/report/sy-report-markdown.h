/* sy-report-markdown.h: a report as Markdown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-report.h"

G_BEGIN_DECLS

/* CommonMark with the tables of GitHub, ended by a line feed; no text of the
 * report is read as markup. Returns: (transfer full) */
char *sy_report_to_markdown (const SyReport *self);

G_END_DECLS
