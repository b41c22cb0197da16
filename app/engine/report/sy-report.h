/* sy-report.h: a report before it has a form
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SY_REPORT_HEADING,
  SY_REPORT_PARAGRAPH,
  SY_REPORT_LIST,
  SY_REPORT_TABLE,
} SyReportKind;

/* One piece. Its texts are plain: each form escapes them for itself. */
typedef struct {
  SyReportKind kind;
  guint        level;     /* of a heading: 1 is the title */
  char        *text;      /* (owned) (nullable): heading, paragraph, caption of a table */
  GPtrArray   *cells;     /* (owned) (element-type utf8): items; cells row by row, the head first */
  guint        n_columns; /* of a table */
} SyReportBlock;

/**
 * SyReport:
 *
 * The blocks of a report in the order of reading; a new one has none.
 */
typedef struct {
  GPtrArray *blocks; /* (owned) (element-type SyReportBlock) */
} SyReport;

SyReport      *sy_report_new           (void);
void           sy_report_free          (SyReport *self);

/* NULL as @text adds nothing. */
void           sy_report_add_heading   (SyReport *self, guint level, const char *text);
void           sy_report_add_paragraph (SyReport *self, const char *text);

/* A list or a table that is being filled; the report owns it. Each of @head is
 * the title of a column, ended by NULL. */
SyReportBlock *sy_report_add_list      (SyReport *self);
SyReportBlock *sy_report_add_table     (SyReport *self, const char *caption, const char *const *head);

/* Takes @text, an item or the next cell of a row; NULL is an empty cell, and no item. */
void           sy_report_block_take    (SyReportBlock *self, char *text);
void           sy_report_block_add     (SyReportBlock *self, const char *text);

/* Takes the last block away if nothing was put into it, and says @text in its place. */
void           sy_report_or_say        (SyReport *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyReport, sy_report_free)

G_END_DECLS
