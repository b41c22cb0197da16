/* sy-exposition-lint.h: what the specification says of a body that we accepted
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-exposition.h"

G_BEGIN_DECLS

typedef enum { SY_FINDING_INFO, SY_FINDING_WARNING, SY_FINDING_ERROR } SySeverity;

typedef struct {
  SySeverity  severity;
  guint       line;    /* from 1; 0: the whole body */
  guint       column;  /* from 1; 0: the whole line */
  const char *code;    /* static, kebab-case, stable: "histogram-no-inf" */
  char       *message; /* owned, English, for developers of the target */
} SyFinding;

/* Of an error whose message may begin "LINE:COLUMN: "; the code is its nick. */
SyFinding *sy_finding_new_for_error (const GError *error);
void       sy_finding_free     (SyFinding *self);
const char *sy_severity_nick   (SySeverity severity);

/* Checks @body by the letter of @format (the specification's own rules on
 * spelling, order, suffixes, values and units), reading the text again: it is
 * slower than the parser and meant for `inspect`. An empty array means clean; a
 * body that cannot be parsed has one finding, of what is wrong where it stopped.
 * Returns: (transfer full) (element-type SyFinding), in order of line. */
GPtrArray *sy_exposition_lint  (GBytes *body, SyFormat format);

G_END_DECLS
