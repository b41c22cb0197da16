/* sy-report-file.h: where a report of steelyard-cli goes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-report-form.h"

G_BEGIN_DECLS

typedef struct {
  const char      *command;  /* (borrowed): for messages: "report" */
  const char      *path;     /* (borrowed): "-" is standard output */
  SyReportOptions  options;
} SyReportFile;

/* The form is @format, else by the ending of @path, else (for "-") Markdown; NULL
 * as @paper is A4. Fills the rest of @self. Returns an exit status; what is wrong
 * is said. */
int sy_report_file_init  (SyReportFile *self, const char *format, const char *paper);

/* Writes the report of @json, which came from @source. Returns an exit status;
 * what is wrong is said, and what was in the file before stays. */
int sy_report_file_write (const SyReportFile *self, const char *json, gsize length, const char *source);

G_END_DECLS
