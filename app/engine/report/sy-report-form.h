/* sy-report-form.h: a decision as a file for people
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SY_REPORT_FORM_PDF,
  SY_REPORT_FORM_HTML,
  SY_REPORT_FORM_MARKDOWN,
  SY_REPORT_FORM_JSON,  /* the decision itself, less what is not to be shown */
  SY_N_REPORT_FORMS
} SyReportForm;

typedef enum { SY_REPORT_PAPER_A4, SY_REPORT_PAPER_LETTER } SyReportPaper;

typedef struct {
  SyReportForm  form;
  SyReportPaper paper;     /* of a PDF */
  gboolean      addresses; /* those of the two may be shown, without their secrets */
} SyReportOptions;

/* "pdf", "html", "md", "json": its name and the ending of its files. */
const char *sy_report_form_get_name  (SyReportForm form);

/* By a name, in any case; or by the ending of a file's. FALSE: none of them. */
gboolean    sy_report_form_parse     (const char *name, SyReportForm *ret);
gboolean    sy_report_form_of_file   (const char *path, SyReportForm *ret);

/* "a4", "letter". */
gboolean    sy_report_paper_parse    (const char *name, SyReportPaper *ret);

/* The report of @json, a steelyard.decision/1 object from anywhere. The same input
 * gives the same bytes, where the same fonts are installed; a PDF bears the time
 * of the decision, and that of its making where the decision has none.
 * Errors: as sy_report_build(); SY_ERROR_FAILED: a PDF without any font. */
GBytes     *sy_report_write          (const char *json, gsize length, const SyReportOptions *options, GError **error);

G_END_DECLS
