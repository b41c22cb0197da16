/* sy-lint-openmetrics.c: how OpenMetrics 1.0 wants a line spelled
 *
 * Exactly one space between words and none elsewhere, no blank lines, no
 * comments but metadata, `# EOF` at the end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-lint.h"

#include <string.h>

static const char *const type_words[] = {
  "counter", "gauge", "histogram", "gaugehistogram", "stateset", "info", "summary", "unknown",
};

/* Why the space or tab at @at must not be there, or NULL. @depth is 1 between
 * the braces of a label list. */
static const char *
judge_blank (const SyLintLine *line,
             const char       *at,
             guint             depth)
{
  if (*at == '\t')
    return "a tab, expected a space";
  if (depth > 0)
    return "a space in the label list";
  if (at == line->start)
    return "a space before the line";
  if (at + 1 == line->end)
    return "a space after the line";
  if (at[-1] == ' ')
    return "a second space";
  if (at[1] == '{' && at[-1] != '#')
    return "a space before the label list";

  return NULL;
}

/* What is wrong with the byte at @at, which is in no quotes, or NULL. */
static const char *
judge_byte (const SyLintLine *line,
            const char       *at,
            guint             depth)
{
  switch (*at)
    {
    case ' ':
    case '\t':
      return judge_blank (line, at, depth);

    case ',':
      return at[1] == '}' ? "a comma after the last label" : NULL;

    case '}':
      return at + 1 < line->end && at[1] != ' ' ? "no space behind the label list" : NULL;

    case '#':
      return at + 1 < line->end && at[1] != ' ' ? "no space behind the '#' of the exemplar" : NULL;

    case '\r':
      return "a carriage return, expected a line feed alone";

    default:
      return NULL;
    }
}

static void
check_sample (SyLint           *self,
              const SyLintLine *line)
{
  gboolean quoted = FALSE;
  guint    depth = 0;

  for (const char *at = line->start; at < line->end; at++)
    {
      const char *wrong = NULL;

      if (quoted)
        {
          quoted = *at != '"';
          at += *at == '\\';
          continue;
        }

      quoted = *at == '"';
      if (*at == '}')
        depth = 0;

      wrong = judge_byte (line, at, depth);
      if (wrong != NULL)
        sy_lint_add (self, SY_FINDING_ERROR, line, at, "spelling", "%s", wrong);

      if (*at == '{')
        depth = 1;
    }
}

static gboolean
is_type_word (const SySpan *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (type_words); i++)
    if (strlen (type_words[i]) == word->length && memcmp (type_words[i], word->text, word->length) == 0)
      return TRUE;

  return FALSE;
}

/* "# WORD name rest", one space each. */
static void
check_metadata (SyLint           *self,
                const SyLintLine *line)
{
  const char *after = line->name.text + line->name.length;
  const char *before = line->start + strlen ("# HELP ");

  if (line->name.length == 0)
    {
      sy_lint_add (self, SY_FINDING_ERROR, line, NULL, "metadata-empty", "metadata without a metric name");
      return;
    }

  if (after < line->end && *after == '"')
    after++;

  if (strncmp (line->start, "# ", 2) != 0 || before[-1] != ' ' ||
      (line->name.text != before && line->name.text != before + 1))
    sy_lint_add (self, SY_FINDING_ERROR, line, line->start, "spelling",
                 "expected \"# \", the keyword, one space and the metric name");
  else if (after == line->end || *after != ' ')
    sy_lint_add (self, SY_FINDING_ERROR, line, after, "spelling", "expected one space after the metric name");
  else if (line->kind == SY_LINE_TYPE && !is_type_word (&line->rest))
    sy_lint_add (self, SY_FINDING_ERROR, line, line->rest.text, "type-unknown", "not a metric type of OpenMetrics");
  else if (line->kind == SY_LINE_UNIT && memchr (line->rest.text, ' ', line->rest.length) != NULL)
    sy_lint_add (self, SY_FINDING_ERROR, line, line->rest.text, "spelling", "a space in or after the unit");
}

static void
check_line (SyLint           *self,
            const SyLintLine *line)
{
  switch (line->kind)
    {
    case SY_LINE_BLANK:
      sy_lint_add (self, SY_FINDING_ERROR, line, NULL, "blank-line", "a blank line");
      break;

    case SY_LINE_COMMENT:
      sy_lint_add (self, SY_FINDING_ERROR, line, NULL, "comment",
                   "a comment, expected HELP, TYPE, UNIT or EOF behind \"# \"");
      break;

    case SY_LINE_HELP:
    case SY_LINE_TYPE:
    case SY_LINE_UNIT:
      check_metadata (self, line);
      break;

    case SY_LINE_EOF:
      if ((gsize) (line->end - line->start) != strlen ("# EOF"))
        sy_lint_add (self, SY_FINDING_ERROR, line, NULL, "spelling", "expected \"# EOF\" and nothing else");
      break;

    case SY_LINE_SAMPLE:
    default:
      check_sample (self, line);
    }
}

void
sy_lint_check_openmetrics_spelling (SyLint *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const SyLintLine *line = sy_lint_get_line (self, i);

      check_line (self, line);
      if (i == 0)
        sy_lint_check_byte_order_mark (self, line);
    }
}
