/* sy-report-pdf.h: a report as PDF
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-report.h"
#include "sy-report-form.h"

G_BEGIN_DECLS

/* A PDF with an outline, tagged structure and figures that stay sharp.
 * Errors: SY_ERROR_FAILED: no font is installed. (transfer full) */
GByteArray *sy_report_to_pdf (const SyReport *self, SyReportPaper paper, GError **error);

G_END_DECLS
