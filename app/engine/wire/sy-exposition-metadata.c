/* sy-exposition-metadata.c: HELP, TYPE, UNIT, EOF and comments
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-exposition-parser.h"

#include <string.h>

static const struct {
  const char   *word;
  SyMetricType  type;
} type_words[] = {
  { "counter", SY_METRIC_COUNTER },
  { "gauge", SY_METRIC_GAUGE },
  { "histogram", SY_METRIC_HISTOGRAM },
  { "gaugehistogram", SY_METRIC_GAUGE_HISTOGRAM },
  { "gauge_histogram", SY_METRIC_GAUGE_HISTOGRAM },
  { "summary", SY_METRIC_SUMMARY },
  { "info", SY_METRIC_INFO },
  { "stateset", SY_METRIC_STATESET },
  { "unknown", SY_METRIC_UNKNOWN },
  { "untyped", SY_METRIC_UNKNOWN },
};

static gboolean
declare_family (SyParser     *self,
                const SySpan *name)
{
  const char      *text = name->text;
  gsize            length = name->length;
  g_autofree char *plain = NULL;
  guint            n_families;

  if (name->escaped)
    {
      text = plain = g_malloc (length + 1);
      length = (gsize) (sy_span_unescape (name, plain) - plain) - 1;
    }

  self->family = sy_families_declare (self->layout->families, text, length, self->scanner.line, TRUE);
  self->name = NULL;

  sy_families_get_all (self->layout->families, &n_families);
  if (n_families > self->scanner.limits->max_samples)
    return sy_scanner_fail (&self->scanner, SY_ERROR_SAMPLE_LIMIT, NULL, self->scanner.line_start,
                            "more than %u families", self->scanner.limits->max_samples);

  return TRUE;
}

static gboolean
parse_type (SyParser *self)
{
  SyScanner  *scanner = &self->scanner;
  const char *place = scanner->at;
  guint       line = scanner->line;
  const char *line_start = scanner->line_start;
  SySpan      word;

  if (sy_scanner_at_line_end (scanner))
    return sy_scanner_fail_expected (scanner, "type-unknown", "a metric type");
  if (!sy_scanner_read_rest (scanner, &word))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (type_words); i++)
    if (strlen (type_words[i].word) == word.length && memcmp (type_words[i].word, word.text, word.length) == 0)
      {
        sy_families_set_type (self->layout->families, self->family, type_words[i].type);
        return TRUE;
      }

  scanner->at = place;
  scanner->line = line;
  scanner->line_start = line_start;
  return sy_scanner_fail (scanner, SY_ERROR_PARSE, "type-unknown", place, "unknown metric type, expected counter, gauge, histogram, "
                          "summary, untyped, unknown, info, stateset or gaugehistogram");
}

/* HELP, TYPE and, in OpenMetrics, UNIT; the scanner is behind that word. */
static gboolean
parse_metadata (SyParser *self,
                char      kind)
{
  SyScanner *scanner = &self->scanner;
  SySpan     name;
  SySpan     text;

  if (sy_scanner_at_line_end (scanner))
    return sy_scanner_finish_line (scanner);

  if (!sy_scanner_read_name (scanner, &name))
    return FALSE;
  if (!sy_is_blank (sy_scanner_peek (scanner)) && !sy_scanner_at_line_end (scanner))
    return sy_scanner_fail_expected (scanner, "metric-name", "a blank after the metric name");

  sy_scanner_skip_blanks (scanner);
  if (!declare_family (self, &name))
    return FALSE;

  if (kind == 'T')
    return parse_type (self);
  if (!sy_scanner_read_rest (scanner, &text))
    return FALSE;

  if (kind == 'H')
    sy_families_set_help (self->layout->families, self->family, text.text, text.length,
                          self->format == SY_FORMAT_OPENMETRICS);
  else
    sy_families_set_unit (self->layout->families, self->family, text.text, text.length);

  return TRUE;
}

/* In text format `# UNIT` is a comment that some exporters mean seriously: it
 * counts when it names the family at hand, and is never an error. */
static gboolean
parse_text_unit (SyParser *self)
{
  SyScanner      *scanner = &self->scanner;
  const SyFamily *families = sy_families_get_all (self->layout->families, NULL);
  SySpan          text;
  gsize           length;

  if (!sy_scanner_read_rest (scanner, &text))
    return FALSE;
  if (self->family == SY_FAMILIES_NONE)
    return TRUE;

  length = strlen (families[self->family].name);
  if (text.length > length + 1 && memcmp (text.text, families[self->family].name, length) == 0 &&
      sy_is_blank (text.text[length]))
    {
      do
        length++;
      while (sy_is_blank (text.text[length]));

      sy_families_set_unit (self->layout->families, self->family, text.text + length, text.length - length);
    }

  return TRUE;
}

static void
skip_comment (SyScanner *scanner)
{
  const char *feed = memchr (scanner->at, '\n', (gsize) (scanner->end - scanner->at));

  scanner->at = feed != NULL ? feed : scanner->end;
}

static gboolean
accept_word (SyScanner  *scanner,
             const char *word)
{
  gsize      length = strlen (word);
  SyScanner  behind = *scanner;

  if ((gsize) (scanner->end - scanner->at) < length || memcmp (scanner->at, word, length) != 0)
    return FALSE;

  behind.at += length;
  if (!sy_is_blank (sy_scanner_peek (&behind)) && !sy_scanner_at_line_end (&behind))
    return FALSE;

  sy_scanner_skip_blanks (&behind);
  scanner->at = behind.at;
  return TRUE;
}

gboolean
sy_parser_parse_comment (SyParser *self)
{
  SyScanner *scanner = &self->scanner;
  gboolean   openmetrics = self->format == SY_FORMAT_OPENMETRICS;

  scanner->at++;
  sy_scanner_skip_blanks (scanner);

  if (accept_word (scanner, "HELP"))
    return parse_metadata (self, 'H');
  if (accept_word (scanner, "TYPE"))
    return parse_metadata (self, 'T');
  if (accept_word (scanner, "UNIT"))
    return openmetrics ? parse_metadata (self, 'U') : parse_text_unit (self);

  if (openmetrics && accept_word (scanner, "EOF"))
    self->ended = TRUE;
  else
    skip_comment (scanner);

  return sy_scanner_finish_line (scanner);
}
