/* sy-scanner.h: the words of an exposition line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <string.h>

#include "sy-error.h"
#include "sy-exposition.h"
#include "sy-series-table-private.h"

G_BEGIN_DECLS

/**
 * SyScanner:
 *
 * A place in a body, and the grammar of what may stand on one line. Every
 * function advances @at over what it read, or sets the error, whose message
 * begins with the line and column where the reading stopped, and returns FALSE.
 */
typedef struct {
  const char               *at;
  const char               *end;
  const char               *line_start;
  guint                     line;   /* from 1 */
  const SyExpositionLimits *limits; /* borrowed */
  SyLabelSpan              *labels; /* owned, nullable: those of the last series */
  guint                     n_labels;
  GError                  **error;  /* nullable */
  const char               *fault;  /* static, kebab-case, nullable: of the error, as a finding has it */
} SyScanner;

void     sy_scanner_init           (SyScanner *self, GBytes *body, const SyExpositionLimits *limits, GError **error);
void     sy_scanner_clear          (SyScanner *self);

/* Sets the error at @place, and which rule is broken (NULL: the error's code says
 * it); returns FALSE. A place at the end of the body turns SY_ERROR_PARSE into
 * SY_ERROR_TRUNCATED. */
gboolean sy_scanner_fail           (SyScanner   *self,
                                    SyErrorCode  code,
                                    const char  *fault,
                                    const char  *place,
                                    const char  *format,
                                    ...) G_GNUC_PRINTF (5, 6);

/* As sy_scanner_fail() here: "expected WHAT, found 'x'". */
gboolean sy_scanner_fail_expected  (SyScanner *self, const char *fault, const char *what);

/* A metric name of a metadata line, bare or quoted. */
gboolean sy_scanner_read_name      (SyScanner *self, SySpan *ret);

/* name, name{labels} or {"name",labels}. */
gboolean sy_scanner_read_series    (SyScanner *self, SySeriesSpan *ret);

/* {labels}: what an exemplar has instead. */
gboolean sy_scanner_read_label_set (SyScanner *self, SySeriesSpan *ret);

/* A number and the blank or end of line behind it. */
gboolean sy_scanner_read_number    (SyScanner *self, const char *what, double *ret);

/* A timestamp in the unit of @format, as seconds. */
gboolean sy_scanner_read_timestamp (SyScanner *self, SyFormat format, double *ret);

/* The line is longer than allowed. */
gboolean sy_scanner_fail_line      (SyScanner *self);

/* Nothing but blanks may follow; goes to the next line. */
gboolean sy_scanner_finish_line    (SyScanner *self);

/* Everything up to the end of the line, without the blanks at its end (and a
 * carriage return); goes to the next line. Must be UTF-8. */
gboolean sy_scanner_read_rest      (SyScanner *self, SySpan *ret);

/* Behind the UTF-8 byte order mark, if one is at @at. */
static inline const char *
sy_skip_byte_order_mark (const char *at,
                         const char *end)
{
  return end - at >= 3 && memcmp (at, "\357\273\277", 3) == 0 ? at + 3 : at;
}

static inline gboolean
sy_is_blank (char c)
{
  return c == ' ' || c == '\t';
}

static inline void
sy_scanner_skip_blanks (SyScanner *self)
{
  while (self->at < self->end && sy_is_blank (*self->at))
    self->at++;
}

/* The byte here, or a line feed at the end of the body, which ends every word. */
static inline char
sy_scanner_peek (const SyScanner *self)
{
  return G_LIKELY (self->at < self->end) ? *self->at : '\n';
}

static inline gboolean
sy_scanner_at_line_end (const SyScanner *self)
{
  char c = sy_scanner_peek (self);

  return c == '\n' || (c == '\r' && (self->at + 1 == self->end || self->at[1] == '\n'));
}

/* Behind the last word of a line: goes over the end of the line, if there is one. */
static inline gboolean
sy_scanner_next_line (SyScanner *self)
{
  if (G_UNLIKELY ((gsize) (self->at - self->line_start) > self->limits->max_line))
    return sy_scanner_fail_line (self);

  if (self->at < self->end && *self->at == '\r')
    self->at++;
  if (self->at < self->end)
    self->at++;

  self->line++;
  self->line_start = self->at;
  return TRUE;
}

G_END_DECLS
