/* sy-exposition-parser.c: Prometheus text and OpenMetrics, as they really are
 *
 * A scrape succeeds by this grammar, which follows Prometheus' own scrape
 * parser where it is lenient; what the specifications say beyond it is the
 * linter's. In both formats:
 *
 *  - blanks (spaces, tabs) may stand around every word, in label lists too, and
 *    at both ends of a line; a comma may follow the last label; no blank is
 *    needed behind a closing brace; blank lines and comments are skipped
 *  - a line may end in CR LF; one byte order mark may begin the body
 *  - unknown escapes keep their backslash
 *  - names may be quoted, and a quoted metric name may stand anywhere in the list
 *  - families may be interleaved, metadata may come late or twice (the last
 *    counts); samples may repeat; no value is checked for sense
 *  - a family takes every sample that its type could explain, also quantiles in
 *    a histogram, counters without `_total`, `_count` in a gaugehistogram
 *  - all types of either format, `untyped` and `gauge_histogram` are known
 *
 * In text format alone: the final line feed may be missing (BullMQ forgets it);
 * `# UNIT` is read where it follows a TYPE or HELP of the same name, else it is
 * a comment, as in the specification; timestamps are whole milliseconds.
 *
 * In OpenMetrics alone: `# EOF` must come, and nothing but blank lines after
 * it; exemplars may follow any sample; timestamps are finite seconds.
 *
 * Refused in both: names and labels that are spelled wrong, given twice or
 * reserved, unclosed quotes, invalid UTF-8 and NUL in what we keep, values that
 * are no decimal number, unknown types, and whatever exceeds a limit.
 *
 * There are two passes. If the target has been read before, its lines are
 * compared with the layout of last time and only numbers are read
 * (repeat_layout). The first difference or error starts the full pass from the
 * top, which knows the whole grammar and leaves a new layout.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-exposition-parser.h"

#include <math.h>
#include <string.h>

#include "sy-number.h"

/* --- What follows the name of a sample --- */

/* "# {labels} value [timestamp]"; the scanner is on the hash. */
static gboolean
parse_exemplar (SyParser *self,
                SySample *sample)
{
  SyScanner    *scanner = &self->scanner;
  SyExposition *exposition = self->exposition;
  SyExemplar    exemplar = { .timestamp = NAN };
  SySeriesSpan  span;

  scanner->at++;
  sy_scanner_skip_blanks (scanner);
  if (!sy_scanner_read_label_set (scanner, &span))
    return FALSE;

  sy_scanner_skip_blanks (scanner);
  if (!sy_scanner_read_number (scanner, "the value of the exemplar", &exemplar.value))
    return FALSE;

  sy_scanner_skip_blanks (scanner);
  if (!sy_scanner_at_line_end (scanner) && !sy_scanner_read_timestamp (scanner, self->format, &exemplar.timestamp))
    return FALSE;

  exemplar.labels_series = sy_series_new (&exposition->arena, &span, "");
  if (exposition->exemplars == NULL)
    exposition->exemplars = g_array_new (FALSE, FALSE, sizeof (SyExemplar));

  sample->exemplar = (int) exposition->exemplars->len;
  g_array_append_val (exposition->exemplars, exemplar);
  return TRUE;
}

/* Everything behind the value, for the few samples that have it. */
static gboolean
parse_sample_tail (SyParser *self,
                   SySample *sample)
{
  SyScanner *scanner = &self->scanner;

  sy_scanner_skip_blanks (scanner);
  if (!sy_scanner_at_line_end (scanner) && *scanner->at != '#')
    {
      if (!sy_scanner_read_timestamp (scanner, self->format, &sample->timestamp))
        return FALSE;
      sy_scanner_skip_blanks (scanner);
    }

  if (self->format == SY_FORMAT_OPENMETRICS && sy_scanner_peek (scanner) == '#' && !parse_exemplar (self, sample))
    return FALSE;

  return sy_scanner_finish_line (scanner);
}

/* The rest of a line whose series has been read. */
static gboolean
parse_sample_numbers (SyParser       *self,
                      const SySeries *series,
                      guint           family)
{
  SyScanner  *scanner = &self->scanner;
  SySample   *sample;
  const char *stop;

  if (self->exposition->n_samples == scanner->limits->max_samples)
    return sy_scanner_fail (scanner, SY_ERROR_SAMPLE_LIMIT, NULL, scanner->line_start,
                            "more than %u samples", scanner->limits->max_samples);

  sample = sy_exposition_append (self->exposition);
  sample->series = series;
  sample->family = family;
  sample->line = scanner->line;
  sample->timestamp = NAN;
  sample->exemplar = -1;

  /* Nearly every line ends behind its value. */
  stop = sy_number_parse (scanner->at, scanner->end, &sample->value);
  if (G_LIKELY (stop != NULL && stop < scanner->end && *stop == '\n'))
    {
      scanner->at = stop;
      return sy_scanner_next_line (scanner);
    }

  return sy_scanner_read_number (scanner, "a value", &sample->value) && parse_sample_tail (self, sample);
}

/* --- The steady pass --- */

/* Whether @bytes stand here as a whole word; goes behind them and the blanks
 * that follow. A bare name may still turn out to have labels. */
static inline gboolean
accept_series (SyScanner  *scanner,
               const char *bytes,
               gsize       length)
{
  const char *at = scanner->at;

  if ((gsize) (scanner->end - at) <= length || memcmp (at, bytes, length) != 0)
    return FALSE;

  at += length;
  if (!sy_is_blank (*at) && at[-1] != '}')
    return FALSE;

  while (at < scanner->end && sy_is_blank (*at))
    at++;
  if (at < scanner->end && *at == '{')
    return FALSE;

  scanner->at = at;
  return TRUE;
}

static gboolean
repeat_layout (SyParser       *self,
               const SyLayout *layout)
{
  SyScanner *scanner = &self->scanner;

  for (guint i = 0; i < layout->n_steps; i++)
    {
      const SyStep *step = &layout->steps[i];

      scanner->line = step->line;
      scanner->line_start = scanner->at;

      if (step->series != NULL)
        {
          sy_scanner_skip_blanks (scanner);
          if (!accept_series (scanner, step->bytes, step->length) ||
              !parse_sample_numbers (self, step->series, step->family))
            return FALSE;
        }
      else
        {
          if ((gsize) (scanner->end - scanner->at) < step->length ||
              memcmp (scanner->at, step->bytes, step->length) != 0)
            return FALSE;
          scanner->at += step->length;
        }
    }

  return scanner->at == scanner->end;
}

/* --- The full pass: samples --- */

/* The series that the last scrape had at this place, if it is here again. */
static const SySeries *
accept_expected_series (SyParser *self)
{
  const SyLayout *last = self->last;
  const SyStep   *step;

  if (last == NULL)
    return NULL;

  while (self->expected < last->n_steps && last->steps[self->expected].series == NULL)
    self->expected++;
  if (self->expected == last->n_steps)
    return NULL;

  step = &last->steps[self->expected];
  if (!accept_series (&self->scanner, step->bytes, step->length))
    return NULL;

  self->expected++;
  return step->series;
}

static const SySeries *
parse_series (SyParser *self)
{
  SyScanner      *scanner = &self->scanner;
  const SySeries *series = accept_expected_series (self);
  const char     *start = scanner->at;
  SySeriesSpan    span;
  guint           position;

  if (series != NULL)
    return series;

  if (!sy_scanner_read_series (scanner, &span))
    return NULL;

  series = sy_series_table_intern (self->table, &span);
  if (series == NULL)
    {
      sy_scanner_fail (scanner, SY_ERROR_CARDINALITY, NULL, start, "more than %u different series since the start",
                       sy_series_table_get_max (self->table));
      return NULL;
    }

  /* The lines after this one probably follow it as they did last time. */
  position = sy_series_get_position (series);
  if (self->last != NULL && position < self->last->n_steps && self->last->steps[position].series == series)
    self->expected = position + 1;

  return series;
}

/* Names are shared between neighbours, so one pointer says "as the last one". */
static guint
find_family (SyParser       *self,
             const SySeries *series)
{
  guint family;

  if (series->name == self->name)
    return self->family;

  family = sy_families_resolve (self->layout->families, self->family, series->name);
  if (family == SY_FAMILIES_NONE)
    family = sy_families_declare (self->layout->families, series->name, strlen (series->name),
                                  self->scanner.line, FALSE);

  self->family = family;
  self->name = series->name;
  return family;
}

static void
append_step (SyParser       *self,
             const SySeries *series,
             const char     *bytes,
             gsize           length,
             guint           line)
{
  SyStep step = {
    .bytes = bytes,
    .series = series,
    .length = (guint32) length,
    .family = self->family,
    .line = line,
  };

  sy_layout_append (self->layout, &step);
}

static gboolean
parse_sample (SyParser *self)
{
  SyScanner      *scanner = &self->scanner;
  const char     *start = scanner->at;
  const char     *stop;
  const SySeries *series = parse_series (self);
  guint           family;

  if (series == NULL)
    return FALSE;

  family = find_family (self, series);
  for (stop = scanner->at; sy_is_blank (stop[-1]);)
    stop--;

  sy_series_set_position (series, self->layout->n_steps);
  append_step (self, series, start, (gsize) (stop - start), scanner->line);

  sy_scanner_skip_blanks (scanner);
  return parse_sample_numbers (self, series, family);
}

/* --- The full pass --- */

/* One line that is no sample. */
static gboolean
parse_other_line (SyParser *self)
{
  SyScanner *scanner = &self->scanner;

  if (sy_scanner_at_line_end (scanner))
    return sy_scanner_finish_line (scanner);
  if (self->ended)
    return sy_scanner_fail (scanner, SY_ERROR_PARSE, "data-after-end", scanner->at, "data after # EOF");

  return sy_parser_parse_comment (self);
}

static gboolean
parse_lines (SyParser *self)
{
  SyScanner  *scanner = &self->scanner;
  const char *run = scanner->at; /* where the lines since the last sample began */
  guint       run_line = 1;

  scanner->at = sy_skip_byte_order_mark (scanner->at, scanner->end);

  while (scanner->at < scanner->end)
    {
      const char *line_start = scanner->line_start;

      sy_scanner_skip_blanks (scanner);
      if (sy_scanner_at_line_end (scanner) || *scanner->at == '#' || self->ended)
        {
          if (!parse_other_line (self))
            return FALSE;
          continue;
        }

      if (line_start > run)
        append_step (self, NULL, run, (gsize) (line_start - run), run_line);
      if (!parse_sample (self))
        return FALSE;

      run = scanner->line_start;
      run_line = scanner->line;
    }

  if (scanner->at > run)
    append_step (self, NULL, run, (gsize) (scanner->at - run), run_line);

  if (self->format == SY_FORMAT_OPENMETRICS && !self->ended)
    return sy_scanner_fail (scanner, SY_ERROR_TRUNCATED, NULL, scanner->at, "the body ends without # EOF");

  return TRUE;
}

static gboolean
parse_fully (SyParser       *self,
             GBytes         *body,
             const SyLayout *last)
{
  self->layout = sy_layout_new (body, self->format, self->scanner.limits, last != NULL ? last->n_steps : 0);
  self->last = last;
  self->family = SY_FAMILIES_NONE;

  if (!parse_lines (self))
    return FALSE;

  self->exposition->families = sy_families_ref (self->layout->families);
  self->layout->n_samples = self->exposition->n_samples;
  sy_series_table_take_layout (self->table, g_steal_pointer (&self->layout));
  return TRUE;
}

/* --- Both --- */

static void
parser_begin (SyParser                  *self,
              GBytes                    *body,
              SyFormat                   format,
              const SyExpositionLimits  *limits,
              SySeriesTable             *table,
              GError                   **error)
{
  const SyLayout *last = sy_series_table_get_layout (table);

  *self = (SyParser) {
    .format = format,
    .table = table,
    .exposition = sy_exposition_new (body, format, table, last != NULL ? last->n_samples : 0),
  };
  sy_scanner_init (&self->scanner, body, limits, error);
}

static void
parser_clear (SyParser *self)
{
  sy_scanner_clear (&self->scanner);
  g_clear_pointer (&self->layout, sy_layout_free);
  g_clear_pointer (&self->exposition, sy_exposition_unref);
}

SyExposition *
sy_exposition_parse_text (GBytes                    *body,
                          SyFormat                   format,
                          const SyExpositionLimits  *limits,
                          SySeriesTable             *table,
                          GError                   **error)
{
  const SyLayout *last = sy_series_table_get_layout (table);
  SyExposition   *exposition = NULL;
  SyParser          parser;

  /* What other limits let pass is to be checked again. */
  if (last != NULL && memcmp (&last->limits, limits, sizeof *limits) != 0)
    last = NULL;

  if (last != NULL && last->format == format)
    {
      parser_begin (&parser, body, format, limits, table, NULL);
      if (repeat_layout (&parser, last))
        {
          parser.exposition->families = sy_families_ref (last->families);
          exposition = g_steal_pointer (&parser.exposition);
        }
      parser_clear (&parser);
    }

  if (exposition == NULL)
    {
      parser_begin (&parser, body, format, limits, table, error);
      if (parse_fully (&parser, body, last))
        exposition = g_steal_pointer (&parser.exposition);
      parser_clear (&parser);
    }

  return exposition;
}

const char *
sy_exposition_find_fault (GBytes   *body,
                          SyFormat  format)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  const char *fault = NULL;
  SyParser    parser;

  parser_begin (&parser, body, format, &SY_EXPOSITION_LIMITS_DEFAULT, table, NULL);
  if (!parse_fully (&parser, body, NULL))
    fault = parser.scanner.fault;
  parser_clear (&parser);

  return fault;
}
