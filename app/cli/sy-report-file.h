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

/* Whether what @command writes may take the place of @out (a path, or an address of a
 * file): never that of a recording, which is all that there is of what was measured,
 * nor of any of @inputs (nullable, ended by NULL). Returns an exit status; what is wrong is said. */
int sy_report_file_check (const char *command, const char *out, const char *const *inputs);

/* Writes the report of @json, which came from @source. Returns an exit status;
 * what is wrong is said, and what was in the file before stays. */
int sy_report_file_write (const SyReportFile *self, const char *json, gsize length, const char *source);

G_END_DECLS
