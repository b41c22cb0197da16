/* sy-lint-metadata.c: HELP, TYPE and UNIT: once, before the samples, together
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-lint.h"

#include <string.h>

/* What has been seen of one family so far. */
typedef struct {
  gboolean has[SY_LINE_SAMPLE + 1]; /* by kind of line */
  gboolean left;                    /* another family came after it */
} Seen;

static const char *
get_word (SyLineKind kind)
{
  static const char *const line_words[] = {
    [SY_LINE_HELP] = "HELP",
    [SY_LINE_TYPE] = "TYPE",
    [SY_LINE_UNIT] = "UNIT",
  };

  return line_words[kind];
}

/* In text format only TYPE is bound to its place, UNIT is a comment, and a HELP
 * without words says nothing. */
static void
check_place (SyLint           *self,
             const SyLintLine *line,
             Seen             *seen)
{
  gboolean strict = self->format == SY_FORMAT_OPENMETRICS;

  if (!strict && (line->kind == SY_LINE_UNIT || (line->kind == SY_LINE_HELP && line->rest.length == 0)))
    return;

  if (seen->has[line->kind])
    sy_lint_add (self, SY_FINDING_ERROR, line, line->name.text, "metadata-repeated",
                 "a second %s line for this metric", get_word (line->kind));
  if (seen->has[SY_LINE_SAMPLE] && (strict || line->kind == SY_LINE_TYPE))
    sy_lint_add (self, SY_FINDING_ERROR, line, line->name.text, "metadata-late",
                 "%s comes after samples of this metric", get_word (line->kind));

  seen->has[line->kind] = TRUE;
}

static void
check_unit (SyLint           *self,
            const SyLintLine *line)
{
  const SyFamily *family = &self->families[line->family];
  gsize           name_length = strlen (family->name);
  gsize           unit_length = strlen (family->unit);

  if (unit_length == 0)
    return;

  if (family->type == SY_METRIC_INFO || family->type == SY_METRIC_STATESET)
    sy_lint_add (self, SY_FINDING_ERROR, line, line->rest.text, "unit-not-allowed",
                 "a metric of type %s has no unit", sy_metric_type_nick (family->type));

  if (name_length <= unit_length + 1 || family->name[name_length - unit_length - 1] != '_' ||
      !g_str_has_suffix (family->name, family->unit))
    sy_lint_add (self, SY_FINDING_ERROR, line, line->rest.text, "unit-not-in-name",
                 "the unit must end the metric's name behind an underscore");
}

/* A line of @family after lines of others, when its own were there before. */
static void
check_together (SyLint           *self,
                const SyLintLine *line,
                Seen             *seen,
                guint            *current)
{
  if (line->family == *current)
    return;

  if (*current != SY_LINT_NO_INDEX)
    seen[*current].left = TRUE;
  *current = line->family;

  if (seen[line->family].left)
    {
      sy_lint_add (self, sy_lint_get_strictness (self), line, NULL, "family-interleaved",
                   "lines of \"%s\" are not together", self->families[line->family].name);
      seen[line->family].left = FALSE;
    }
}

/* Names that the samples of one family and another family share. */
static void
check_clashes (SyLint *self)
{
  static const char *const reserved[] = {
    "_total", "_created", "_bucket", "_count", "_sum", "_gcount", "_gsum", "_info",
  };
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->n_families; i++)
    g_hash_table_insert (names, (gpointer) self->families[i].name, (gpointer) &self->families[i]);

  for (guint i = 0; i < self->n_families; i++)
    for (guint j = 0; j < G_N_ELEMENTS (reserved); j++)
      {
        const SyFamily  *family = &self->families[i];
        g_autofree char *name = NULL;
        SyLintLine       line = { 0 };
        const SyFamily  *other;

        if (!sy_metric_type_has_suffix (family->type, reserved[j]))
          continue;

        name = g_strconcat (family->name, reserved[j], NULL);
        other = g_hash_table_lookup (names, name);
        if (other == NULL)
          continue;

        line.line = MAX (family->line, other->line);
        sy_lint_add (self, SY_FINDING_ERROR, &line, NULL, "name-clash",
                     "the name \"%s\" belongs to the samples of \"%s\"", name, family->name);
      }
}

void
sy_lint_check_metadata (SyLint *self)
{
  g_autofree Seen *seen = g_new0 (Seen, self->n_families + 1);
  guint            current = SY_LINT_NO_INDEX;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const SyLintLine *line = sy_lint_get_line (self, i);

      if (line->family == SY_LINT_NO_INDEX)
        continue;

      check_together (self, line, seen, &current);

      if (line->kind == SY_LINE_SAMPLE)
        seen[line->family].has[SY_LINE_SAMPLE] = TRUE;
      else
        check_place (self, line, &seen[line->family]);

      if (line->kind == SY_LINE_UNIT && self->format == SY_FORMAT_OPENMETRICS)
        check_unit (self, line);
    }

  if (self->format == SY_FORMAT_OPENMETRICS)
    check_clashes (self);
}
