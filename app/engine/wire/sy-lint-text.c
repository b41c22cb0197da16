/* sy-lint-text.c: how Prometheus text format 0.0.4 and 1.0.0 wants a line spelled
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-lint.h"

#include <string.h>

/* Undefined escapes are read in different ways by different parsers. */
static void
check_escapes (SyLint           *self,
               const SyLintLine *line,
               const char       *start,
               const char       *allowed)
{
  for (const char *at = start; at < line->end; at++)
    if (*at == '\\')
      {
        at++;
        if (at == line->end || *at == '\0' || strchr (allowed, *at) == NULL)
          sy_lint_add (self, SY_FINDING_ERROR, line, at - 1, "escape", "an unknown escape, expected \\\\, \\\" or \\n");
      }
}

/* The types that the format knows; gaugehistogram is tolerated by its readers. */
static void
check_type (SyLint           *self,
            const SyLintLine *line)
{
  SyMetricType type = self->families[line->family].type;
  gboolean     unknown = memmem (line->rest.text, line->rest.length, "unknown", strlen ("unknown")) != NULL;

  if (type == SY_METRIC_INFO || type == SY_METRIC_STATESET || unknown)
    sy_lint_add (self, SY_FINDING_ERROR, line, line->rest.text, "type-unknown",
                 "%s is a type of OpenMetrics, not of the text format", sy_metric_type_nick (type));
  else if (type == SY_METRIC_GAUGE_HISTOGRAM)
    sy_lint_add (self, SY_FINDING_WARNING, line, line->rest.text, "type-unknown",
                 "gaugehistogram is not a type of the text format, though its readers take it");
}

static void
check_line (SyLint           *self,
            const SyLintLine *line)
{
  if (line->end > line->start && line->end[-1] == '\r')
    sy_lint_add (self, SY_FINDING_ERROR, line, line->end - 1, "carriage-return",
                 "the line ends in CR LF, expected LF alone");

  if (line->kind == SY_LINE_SAMPLE || line->kind == SY_LINE_HELP)
    check_escapes (self, line, line->start, "\\\"n");
  else if (line->kind == SY_LINE_TYPE && line->family != SY_LINT_NO_INDEX)
    check_type (self, line);
}

void
sy_lint_check_text_spelling (SyLint *self)
{
  const SyLintLine *line = NULL;

  for (guint i = 0; i < self->lines->len; i++)
    {
      line = sy_lint_get_line (self, i);
      check_line (self, line);
      if (i == 0)
        sy_lint_check_byte_order_mark (self, line);
    }

  if (line != NULL && !sy_exposition_ends_cleanly (self->exposition))
    sy_lint_add (self, SY_FINDING_ERROR, line, line->end, "no-final-line-feed",
                 "the body ends without a line feed, so nobody can tell whether it is whole");
}
