/* sy-scanner.c: the words of an exposition line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-scanner.h"

#include <math.h>
#include <string.h>

#include "sy-number.h"

#define MSEC_PER_SEC 1000.0
#define SHOWN_BYTES 32

enum {
  NAME_START = 1 << 0, /* may begin a metric or label name */
  NAME = 1 << 1,       /* may continue it */
  COLON = 1 << 2,      /* metric names only */
  QUOTED_STOP = 1 << 3 /* ends or complicates a quoted word */
};

static const guint8 char_class[256] = {
  ['a' ... 'z'] = NAME_START | NAME,
  ['A' ... 'Z'] = NAME_START | NAME,
  ['_'] = NAME_START | NAME,
  ['0' ... '9'] = NAME,
  [':'] = COLON,
  ['"'] = QUOTED_STOP,
  ['\\'] = QUOTED_STOP,
  ['\n'] = QUOTED_STOP,
  ['\0'] = QUOTED_STOP,
};

static inline gboolean
is_class (char  c,
          guint class)
{
  return (char_class[(guchar) c] & class) != 0;
}

gboolean
sy_scanner_fail (SyScanner   *self,
                 SyErrorCode  code,
                 const char  *fault,
                 const char  *place,
                 const char  *format,
                 ...)
{
  g_autofree char *message = NULL;
  va_list          args;

  self->fault = fault;
  if (self->error == NULL)
    return FALSE;

  if (code == SY_ERROR_PARSE && place >= self->end)
    code = SY_ERROR_TRUNCATED;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  g_set_error (self->error, SY_ERROR, code, "%u:%" G_GSIZE_FORMAT ": %s",
               self->line, (gsize) (place - self->line_start) + 1, message);
  return FALSE;
}

/* A few bytes of @text for a message, escaped. */
static char *
show (const char *text,
      gsize       length)
{
  GString *shown = g_string_new (NULL);

  for (gsize i = 0; i < MIN (length, SHOWN_BYTES); i++)
    if (g_ascii_isprint (text[i]))
      g_string_append_c (shown, text[i]);
    else
      g_string_append_printf (shown, "\\x%02x", (guchar) text[i]);

  if (length > SHOWN_BYTES)
    g_string_append (shown, "...");

  return g_string_free (shown, FALSE);
}

gboolean
sy_scanner_fail_expected (SyScanner  *self,
                          const char *fault,
                          const char *what)
{
  g_autofree char *found = NULL;

  self->fault = fault;
  if (self->error == NULL)
    return FALSE;

  if (self->at == self->end)
    return sy_scanner_fail (self, SY_ERROR_PARSE, fault, self->at, "expected %s, found the end of the body", what);
  if (sy_scanner_at_line_end (self))
    return sy_scanner_fail (self, SY_ERROR_PARSE, fault, self->at, "expected %s, found the end of the line", what);

  found = show (self->at, 1);
  return sy_scanner_fail (self, SY_ERROR_PARSE, fault, self->at, "expected %s, found '%s'", what, found);
}

static gboolean
check_limit (SyScanner  *self,
             const char *what,
             const char *place,
             gsize       length,
             gsize       max)
{
  if (G_LIKELY (length <= max))
    return TRUE;

  return sy_scanner_fail (self, SY_ERROR_LABEL_LIMIT, NULL, place, "%s is longer than %" G_GSIZE_FORMAT " bytes", what, max);
}

static gboolean
is_ascii (const char *text,
          gsize       length)
{
  guint64 bits = 0;
  guint64 word;

  for (; length >= sizeof word; text += sizeof word, length -= sizeof word)
    {
      memcpy (&word, text, sizeof word);
      bits |= word;
    }

  for (; length > 0; length--)
    bits |= (guchar) *text++;

  return (bits & G_GUINT64_CONSTANT (0x8080808080808080)) == 0;
}

/* NUL is valid UTF-8; who does not want it has looked before. */
static gboolean
check_utf8 (SyScanner  *self,
            const char *what,
            const char *text,
            gsize       length)
{
  const char *end = text + length;

  if (is_ascii (text, length))
    return TRUE;

  while (!g_utf8_validate_len (text, (gsize) (end - text), &text))
    {
      g_autofree char *shown = NULL;

      if (*text == '\0')
        {
          text++;
          continue;
        }

      shown = show (text, MIN ((gsize) (end - text), 4));
      return sy_scanner_fail (self, SY_ERROR_PARSE, "not-utf-8", text, "%s is not UTF-8 at \"%s\"", what, shown);
    }

  return TRUE;
}

/* A quoted word; @at is on the opening quote. */
static gboolean
read_quoted (SyScanner  *self,
             const char *fault,
             const char *what,
             gsize       max,
             SySpan     *ret)
{
  const char *start = self->at + 1;
  const char *at = start;
  const char *end = self->end;
  guchar      bits = 0;

  ret->escaped = FALSE;

  for (;; at++)
    {
      while (at < end && !is_class (*at, QUOTED_STOP))
        bits |= (guchar) *at++;

      if (at < end && *at == '"')
        break;

      if (at + 1 < end && *at == '\\')
        {
          /* What a backslash keeps from being a quote; a line feed it cannot. */
          ret->escaped = TRUE;
          at += at[1] == '"' || at[1] == '\\';
          continue;
        }

      if (at == end || *at == '\\')
        return sy_scanner_fail (self, SY_ERROR_PARSE, fault, end, "the body ends inside %s", what);
      if (*at == '\0')
        return sy_scanner_fail (self, SY_ERROR_PARSE, "nul-byte", at, "%s holds a NUL byte", what);

      return sy_scanner_fail (self, SY_ERROR_PARSE, fault, at,
                              "%s is not closed, expected '\"' before the end of the line", what);
    }

  ret->text = start;
  ret->length = (guint32) (at - start);
  self->at = at + 1;

  return check_limit (self, what, start, ret->length, max) &&
         (G_LIKELY (bits < 0x80) || check_utf8 (self, what, start, ret->length));
}

/* A bare word of @class; @at is on its first byte. */
static gboolean
read_bare (SyScanner  *self,
           const char *what,
           guint       class,
           SySpan     *ret)
{
  const char *start = self->at;
  const char *at = start + 1;

  while (at < self->end && is_class (*at, class))
    at++;

  *ret = (SySpan) { .text = start, .length = (guint32) (at - start) };
  self->at = at;

  return check_limit (self, what, start, ret->length, self->limits->max_name);
}

static gboolean
read_quoted_name (SyScanner  *self,
                  const char *what,
                  SySpan     *ret)
{
  const char *start = self->at;

  if (!read_quoted (self, "name-quote", what, self->limits->max_name, ret))
    return FALSE;
  if (ret->length == 0)
    return sy_scanner_fail (self, SY_ERROR_PARSE, "name-empty", start, "%s is empty", what);

  return TRUE;
}

gboolean
sy_scanner_read_name (SyScanner *self,
                      SySpan    *ret)
{
  if (sy_scanner_peek (self) == '"')
    return read_quoted_name (self, "the metric name", ret);

  if (!is_class (sy_scanner_peek (self), NAME_START | COLON))
    return sy_scanner_fail_expected (self, "metric-name", "a metric name");

  return read_bare (self, "the metric name", NAME | COLON, ret);
}

/* ="value", with any blanks before and between. */
static gboolean
read_label_value (SyScanner *self,
                  SySpan    *ret)
{
  sy_scanner_skip_blanks (self);
  if (sy_scanner_peek (self) != '=')
    return sy_scanner_fail_expected (self, "label-value-missing", "'=' after the label name");

  self->at++;
  sy_scanner_skip_blanks (self);
  if (sy_scanner_peek (self) != '"')
    return sy_scanner_fail_expected (self, "label-value-quote", "'\"' before the label value");

  return read_quoted (self, "label-value-quote", "the label value", self->limits->max_value, ret);
}

/* Takes the label whose name is @name; @at is behind that name. */
static gboolean
read_label (SyScanner    *self,
            const SySpan *name)
{
  SyLabelSpan *label;

  for (guint i = 0; i < self->n_labels; i++)
    {
      const SySpan *other = &self->labels[i].name;

      if (other->length == name->length && memcmp (other->text, name->text, name->length) == 0)
        return sy_scanner_fail (self, SY_ERROR_PARSE, "label-repeated", name->text, "the label is given twice");
    }

  if (name->length == strlen ("__name__") && memcmp (name->text, "__name__", name->length) == 0)
    return sy_scanner_fail (self, SY_ERROR_PARSE, "label-reserved", name->text, "the label name __name__ is reserved");

  if (self->n_labels == self->limits->max_labels)
    return sy_scanner_fail (self, SY_ERROR_LABEL_LIMIT, NULL, name->text, "more than %u labels", self->limits->max_labels);

  if (self->labels == NULL)
    self->labels = g_new (SyLabelSpan, self->limits->max_labels);

  label = &self->labels[self->n_labels++];
  label->name = *name;
  return read_label_value (self, &label->value);
}

/* One entry of a label list: name="value", "name"="value", or the quoted metric
 * name, which only the first such entry may be. */
static gboolean
read_label_entry (SyScanner *self,
                  SySpan    *metric)
{
  const char *start = self->at;
  SySpan      name;

  if (sy_scanner_peek (self) != '"')
    {
      if (!is_class (sy_scanner_peek (self), NAME_START))
        return sy_scanner_fail_expected (self, "label-name", "a label name or '}'");

      return read_bare (self, "the label name", NAME, &name) && read_label (self, &name);
    }

  if (!read_quoted_name (self, "the quoted name", &name))
    return FALSE;

  sy_scanner_skip_blanks (self);
  if (sy_scanner_peek (self) == '=')
    return read_label (self, &name);

  if (metric == NULL || metric->length > 0)
    return sy_scanner_fail (self, SY_ERROR_PARSE, "metric-name", start, "a second metric name, expected a label");

  *metric = name;
  return TRUE;
}

/* From the opening brace to behind the closing one. @metric receives a quoted
 * metric name; NULL where there cannot be one. */
static gboolean
read_label_list (SyScanner *self,
                 SySpan    *metric)
{
  self->at++;
  sy_scanner_skip_blanks (self);

  while (sy_scanner_peek (self) != '}')
    {
      if (!read_label_entry (self, metric))
        return FALSE;

      sy_scanner_skip_blanks (self);
      if (sy_scanner_peek (self) == ',')
        {
          self->at++;
          sy_scanner_skip_blanks (self);
        }
      else if (sy_scanner_peek (self) != '}')
        return sy_scanner_fail_expected (self, "label-separator", "',' or '}' after the label");
    }

  self->at++;
  return TRUE;
}

static void
take_series (SyScanner    *self,
             const char   *start,
             const SySpan *name,
             const char   *stop,
             SySeriesSpan *ret)
{
  *ret = (SySeriesSpan) {
    .key = { .text = start, .length = (guint32) (stop - start) },
    .name = *name,
    .labels = self->labels,
    .n_labels = self->n_labels,
  };
}

gboolean
sy_scanner_read_series (SyScanner    *self,
                        SySeriesSpan *ret)
{
  const char *start = self->at;
  const char *stop;
  SySpan      name = { 0 };

  self->n_labels = 0;

  if (is_class (sy_scanner_peek (self), NAME_START | COLON))
    {
      if (!read_bare (self, "the metric name", NAME | COLON, &name))
        return FALSE;
    }
  else if (sy_scanner_peek (self) != '{')
    return sy_scanner_fail_expected (self, "metric-name", "a metric name or '{'");

  stop = self->at;
  sy_scanner_skip_blanks (self);

  if (sy_scanner_peek (self) == '{')
    {
      if (!read_label_list (self, &name))
        return FALSE;
      if (name.length == 0)
        return sy_scanner_fail (self, SY_ERROR_PARSE, "metric-name", start, "the sample has no metric name");
      stop = self->at;
    }
  else if (self->at == stop)
    return sy_scanner_fail_expected (self, "metric-name", "a blank or '{' after the metric name");

  take_series (self, start, &name, stop, ret);
  return TRUE;
}

gboolean
sy_scanner_read_label_set (SyScanner    *self,
                           SySeriesSpan *ret)
{
  const char *start = self->at;
  SySpan      name = { 0 };

  self->n_labels = 0;

  if (sy_scanner_peek (self) != '{')
    return sy_scanner_fail_expected (self, "exemplar-labels", "'{' before the labels of the exemplar");
  if (!read_label_list (self, NULL))
    return FALSE;

  take_series (self, start, &name, self->at, ret);
  return TRUE;
}

/* The word here, whatever it is, for a message. */
static char *
show_word (const SyScanner *self)
{
  const char *stop = self->at;

  while (stop < self->end && !sy_is_blank (*stop) && *stop != '\n')
    stop++;

  return show (self->at, (gsize) (stop - self->at));
}

static gboolean
ends_word (const SyScanner *self,
           const char      *place)
{
  return place == self->end || sy_is_blank (*place) || *place == '\n' ||
         (*place == '\r' && (place + 1 == self->end || place[1] == '\n'));
}

gboolean
sy_scanner_read_number (SyScanner  *self,
                        const char *what,
                        double     *ret)
{
  const char      *stop = sy_number_parse (self->at, self->end, ret);
  g_autofree char *shown = NULL;

  if (stop != NULL && ends_word (self, stop))
    {
      self->at = stop;
      return TRUE;
    }

  if (sy_scanner_at_line_end (self))
    return sy_scanner_fail_expected (self, "not-a-number", what);

  shown = show_word (self);
  return sy_scanner_fail (self, SY_ERROR_PARSE, "not-a-number", self->at, "expected %s, \"%s\" is not a number", what, shown);
}

/* Digits with an optional sign, milliseconds, as text format has it. */
static gboolean
read_milliseconds (SyScanner *self,
                   double    *ret)
{
  const char *at = self->at;
  gboolean    negative = at < self->end && *at == '-';
  const char *digits = at + negative;
  gint64      value = 0;

  for (at = digits; at < self->end && g_ascii_isdigit (*at); at++)
    if (__builtin_mul_overflow (value, 10, &value) || __builtin_add_overflow (value, *at - '0', &value))
      break;

  if (at == digits || !ends_word (self, at))
    {
      g_autofree char *shown = show_word (self);

      return sy_scanner_fail (self, SY_ERROR_PARSE, "timestamp", self->at,
                              "expected a timestamp in whole milliseconds, found \"%s\"", shown);
    }

  self->at = at;
  *ret = (double) (negative ? -value : value) / MSEC_PER_SEC;
  return TRUE;
}

gboolean
sy_scanner_read_timestamp (SyScanner *self,
                           SyFormat   format,
                           double    *ret)
{
  const char *start = self->at;

  if (format == SY_FORMAT_PROMETHEUS)
    return read_milliseconds (self, ret);

  if (!sy_scanner_read_number (self, "a timestamp", ret))
    return FALSE;
  if (!isfinite (*ret))
    return sy_scanner_fail (self, SY_ERROR_PARSE, "timestamp", start, "a timestamp must be finite");

  return TRUE;
}

gboolean
sy_scanner_fail_line (SyScanner *self)
{
  return sy_scanner_fail (self, SY_ERROR_PARSE, "line-too-long", self->line_start + self->limits->max_line,
                          "the line is longer than %" G_GSIZE_FORMAT " bytes", self->limits->max_line);
}

gboolean
sy_scanner_finish_line (SyScanner *self)
{
  sy_scanner_skip_blanks (self);
  if (!sy_scanner_at_line_end (self))
    return sy_scanner_fail_expected (self, "line-end", "the end of the line");

  return sy_scanner_next_line (self);
}

gboolean
sy_scanner_read_rest (SyScanner *self,
                      SySpan    *ret)
{
  gsize       left = (gsize) (self->end - self->at);
  const char *feed = memchr (self->at, '\n', left);
  const char *start = self->at;
  const char *stop;

  self->at = feed != NULL ? feed : self->end;

  for (stop = self->at; stop > start && (sy_is_blank (stop[-1]) || stop[-1] == '\r');)
    stop--;

  *ret = (SySpan) { .text = start, .length = (guint32) (stop - start) };
  return check_utf8 (self, "the line", start, ret->length) && sy_scanner_next_line (self);
}

void
sy_scanner_init (SyScanner                 *self,
                 GBytes                    *body,
                 const SyExpositionLimits  *limits,
                 GError                   **error)
{
  gsize       size;
  const char *text = g_bytes_get_data (body, &size);

  if (text == NULL)
    text = "";

  *self = (SyScanner) {
    .at = text,
    .end = text + size,
    .line_start = text,
    .line = 1,
    .limits = limits,
    .error = error,
  };
}

void
sy_scanner_clear (SyScanner *self)
{
  g_free (self->labels);
}
