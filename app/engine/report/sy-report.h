/* sy-report.h: a report before it has a form
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-figure.h"

G_BEGIN_DECLS

typedef enum {
  SY_REPORT_HEADING,
  SY_REPORT_LEAD, /* a paragraph that says the whole in short */
  SY_REPORT_PARAGRAPH,
  SY_REPORT_LIST,
  SY_REPORT_TABLE,
  SY_REPORT_FIGURE, /* of what stands in tables beside it */
} SyReportKind;

/* One piece. Its texts are plain: each form escapes them for itself. */
typedef struct {
  SyReportKind kind;
  guint        level;     /* of a heading: 1 is the title */
  char        *text;      /* (owned) (nullable): heading, paragraph, caption of a table */
  GPtrArray   *cells;     /* (owned) (element-type utf8): items; cells row by row, the head first */
  guint        n_columns; /* of a table */
  SyFigure    *figure;    /* (owned) (nullable) */
} SyReportBlock;

/**
 * SyReport:
 *
 * The blocks of a report in the order of reading; a new one has none.
 */
typedef struct {
  char      *generated; /* (owned) (nullable): when the decision was made, ISO 8601 */
  char      *tool;      /* (owned) (nullable): what wrote it */
  GPtrArray *blocks; /* (owned) (element-type SyReportBlock) */
} SyReport;

SyReport      *sy_report_new           (void);
void           sy_report_free          (SyReport *self);

/* NULL as @text adds nothing. */
void           sy_report_add_heading   (SyReport *self, guint level, const char *text);
void           sy_report_add_lead      (SyReport *self, const char *text);
void           sy_report_add_paragraph (SyReport *self, const char *text);

/* A list or a table that is being filled; the report owns it. Each of @head is
 * the title of a column, ended by NULL. */
SyReportBlock *sy_report_add_list      (SyReport *self);
SyReportBlock *sy_report_add_table     (SyReport *self, const char *caption, const char *const *head);

/* Takes @figure; one without rows adds nothing. */
void           sy_report_take_figure   (SyReport *self, SyFigure *figure);

/* Takes @text, an item or the next cell of a row; NULL is an empty cell, and no item. */
void           sy_report_block_take    (SyReportBlock *self, char *text);
void           sy_report_block_add     (SyReportBlock *self, const char *text);

/* The rows of a table below its head. */
guint          sy_report_block_n_rows  (const SyReportBlock *self);

/* Whether @column has figures where it says anything, and no dates: then they
 * stand at the end of their column. */
gboolean       sy_report_block_counts  (const SyReportBlock *self, guint column);

/* The text of the first heading; never NULL. (transfer none) */
const char    *sy_report_get_title     (const SyReport *self);

/* Takes the last block away if nothing was put into it, and says @text in its place. */
void           sy_report_or_say        (SyReport *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyReport, sy_report_free)

G_END_DECLS
