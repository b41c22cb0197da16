/* sy-lint.h: what the rules of the linter share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-exposition-lint.h"
#include "sy-families.h"
#include "sy-series-table-private.h"

G_BEGIN_DECLS

#define SY_LINT_NO_INDEX G_MAXUINT

typedef enum {
  SY_LINE_BLANK,
  SY_LINE_COMMENT,
  SY_LINE_HELP,
  SY_LINE_TYPE,
  SY_LINE_UNIT,
  SY_LINE_EOF,
  SY_LINE_SAMPLE,
} SyLineKind;

typedef struct {
  SyLineKind  kind;
  guint       line;    /* from 1 */
  const char *start;   /* borrowed from the body */
  const char *end;     /* at the line feed, or at the end of the body */
  SySpan      name;    /* of metadata: as spelled, without quotes */
  SySpan      rest;    /* of metadata: behind the name and one blank */
  guint       family;  /* of metadata and samples, else SY_LINT_NO_INDEX */
  guint       sample;  /* of a sample, else SY_LINT_NO_INDEX */
} SyLintLine;

/* A body that the tolerant parser has accepted, and what is wrong with it. */
typedef struct {
  SyFormat            format;
  const SyExposition *exposition; /* borrowed */
  const SyFamily     *families;   /* borrowed */
  const SySample     *samples;    /* borrowed */
  guint               n_families;
  guint               n_samples;
  GArray             *lines;      /* owned, of SyLintLine */
  GPtrArray          *findings;   /* owned, of SyFinding */
} SyLint;

/* Notes a finding; @place is within @line, NULL for the whole line. */
void  sy_lint_add              (SyLint           *self,
                                SySeverity        severity,
                                const SyLintLine *line,
                                const char       *place,
                                const char       *code,
                                const char       *format,
                                ...) G_GNUC_PRINTF (6, 7);

/* As sy_lint_add() for the line of @sample. */
void  sy_lint_add_sample       (SyLint         *self,
                                SySeverity      severity,
                                const SySample *sample,
                                const char     *code,
                                const char     *format,
                                ...) G_GNUC_PRINTF (5, 6);

/* For the first line. */
void  sy_lint_check_byte_order_mark (SyLint *self, const SyLintLine *line);

/* An error in OpenMetrics, a warning in text format, which says less. */
SySeverity  sy_lint_get_strictness   (const SyLint *self);

static inline const SyLintLine *
sy_lint_get_line (const SyLint *self,
                  guint         index)
{
  return &g_array_index (self->lines, SyLintLine, index);
}

/* sy-lint-lines.c: fills @lines */
void  sy_lint_read_lines       (SyLint *self, GBytes *body);

/* One group of rules each. */
void  sy_lint_check_openmetrics_spelling (SyLint *self);
void  sy_lint_check_text_spelling        (SyLint *self);
void  sy_lint_check_metadata             (SyLint *self);
void  sy_lint_check_samples              (SyLint *self);
void  sy_lint_check_groups               (SyLint *self);

G_END_DECLS
