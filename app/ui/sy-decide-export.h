/* sy-decide-export.h: the decision as a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-appraisal.h"
#include "sy-report-form.h"

G_BEGIN_DECLS

#define SY_TYPE_DECIDE_EXPORT (sy_decide_export_get_type ())
G_DECLARE_FINAL_TYPE (SyDecideExport, sy_decide_export, SY, DECIDE_EXPORT, AdwWindow)

/**
 * SyDecideExport:
 *
 * Asks in what form the decision leaves, whether it names addresses, and then
 * where to. A thread writes it, with the same engine as steelyard-cli report.
 *
 * Signal "told" (a plain text): how it went, in passing.
 */
GtkWidget *sy_decide_export_new   (SyAppraisal *appraisal, GtkWindow *parent);

/* The form that is chosen, in the order of SyReportForm. */
void       sy_decide_export_set_form (SyDecideExport *self, SyReportForm form);
void       sy_decide_export_get_options (SyDecideExport *self, SyReportOptions *ret);

/* Writes the decision as it stands now to @file and closes. The ending of @file
 * says the form where it is the one of a form. */
void       sy_decide_export_write (SyDecideExport *self, GFile *file);

G_END_DECLS
