/* sy-lint-lines.c: the body as lines of a kind
 *
 * Only for bodies that the parser has accepted: what a line must hold is there,
 * and what may be spelled wrong is kept as it is, for the rules to see.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-lint.h"

#include <string.h>

#include "sy-scanner.h"

static const struct {
  const char *word;
  SyLineKind  kind;
} words[] = {
  { "HELP", SY_LINE_HELP },
  { "TYPE", SY_LINE_TYPE },
  { "UNIT", SY_LINE_UNIT },
  { "EOF", SY_LINE_EOF },
};

static const char *
skip_blanks (const char *at,
             const char *end)
{
  while (at < end && sy_is_blank (*at))
    at++;

  return at;
}

static guint
find_family (const SyLint *self,
             const SySpan *name)
{
  g_autofree char *plain = g_malloc (name->length + 1);

  sy_span_unescape (name, plain);
  for (guint i = 0; i < self->n_families; i++)
    if (strcmp (self->families[i].name, plain) == 0)
      return i;

  return SY_LINT_NO_INDEX;
}

/* Reads the name and the rest behind the word that ends at @at. */
static void
read_metadata (const SyLint *self,
               SyLintLine   *line,
               const char   *at)
{
  const char *stop;

  at = skip_blanks (at, line->end);

  if (at < line->end && *at == '"')
    {
      for (stop = ++at; stop < line->end && *stop != '"'; stop++)
        stop += *stop == '\\' && stop + 1 < line->end;
      line->name = (SySpan) { at, (guint32) (stop - at), memchr (at, '\\', (gsize) (stop - at)) != NULL };
      stop += stop < line->end;
    }
  else
    {
      for (stop = at; stop < line->end && !sy_is_blank (*stop) && *stop != '\r';)
        stop++;
      line->name = (SySpan) { at, (guint32) (stop - at), FALSE };
    }

  if (stop < line->end)
    stop++;
  line->rest = (SySpan) { stop, (guint32) (line->end - stop), FALSE };

  if (line->name.length > 0)
    line->family = find_family (self, &line->name);
}

static void
classify_comment (const SyLint *self,
                  SyLintLine   *line,
                  const char   *at)
{
  line->kind = SY_LINE_COMMENT;
  at = skip_blanks (at + 1, line->end);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i].word);

      if ((gsize) (line->end - at) < length || memcmp (at, words[i].word, length) != 0)
        continue;
      if (at + length < line->end && !sy_is_blank (at[length]) && at[length] != '\r')
        continue;

      line->kind = words[i].kind;
      if (line->kind != SY_LINE_EOF)
        read_metadata (self, line, at + length);
      return;
    }
}

/* Takes the next sample when it stands in this line. */
static void
classify (const SyLint *self,
          SyLintLine   *line,
          guint        *next_sample)
{
  const char *at = line->start;

  if (line->line == 1)
    at = sy_skip_byte_order_mark (at, line->end);

  at = skip_blanks (at, line->end);

  if (*next_sample < self->n_samples && self->samples[*next_sample].line == line->line)
    {
      line->kind = SY_LINE_SAMPLE;
      line->family = self->samples[*next_sample].family;
      line->sample = (*next_sample)++;
    }
  else if (at < line->end && *at == '#')
    classify_comment (self, line, at);
}

void
sy_lint_read_lines (SyLint *self,
                    GBytes *body)
{
  gsize       size;
  const char *at = g_bytes_get_data (body, &size);
  const char *end = size > 0 ? at + size : at;
  guint       next_sample = 0;

  for (guint number = 1; at < end; number++)
    {
      const char *feed = memchr (at, '\n', (gsize) (end - at));
      SyLintLine  line = {
        .kind = SY_LINE_BLANK,
        .line = number,
        .start = at,
        .end = feed != NULL ? feed : end,
        .family = SY_LINT_NO_INDEX,
        .sample = SY_LINT_NO_INDEX,
      };

      classify (self, &line, &next_sample);
      g_array_append_val (self->lines, line);
      at = feed != NULL ? feed + 1 : end;
    }
}
