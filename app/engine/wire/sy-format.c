/* sy-format.c: which format a body is in
 *
 * The answer's content type decides, never what was asked for: most exporters
 * ignore Accept. Text exporters really say `text/plain` with and without a
 * version, and some answer without any type; then the body speaks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-exposition.h"

#include <string.h>

#include "sy-scanner.h"

#define OTLP_KEY "resourceMetrics"

/* Types that are not here say nothing: a server that was never told calls its
 * metrics text/html. */
static const struct {
  const char *essence;
  SyFormat    format;
} content_types[] = {
  { "application/openmetrics-text", SY_FORMAT_OPENMETRICS },
  { "application/json", SY_FORMAT_JSON },
  { "text/plain", SY_FORMAT_PROMETHEUS },
  { "application/vnd.google.protobuf", SY_FORMAT_AUTO },
};

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Whether the last line that is not blank is `# EOF`. */
static gboolean
ends_in_eof (const char *text,
             gsize       length)
{
  const char *word = "# EOF";
  gsize       n = strlen (word);

  while (length > 0 && is_space (text[length - 1]))
    length--;

  return length >= n && memcmp (text + length - n, word, n) == 0 && (length == n || text[length - n - 1] == '\n');
}

/* {"key": and not {"quoted.metric", or {"quoted.metric"}. The key says whose JSON
 * it is: a push of OpenTelemetry has but one. */
static SyFormat
sniff_brace (const char *text,
             gsize       length)
{
  const char *end = text + length;
  const char *at = text + 1;
  const char *key;
  gsize       n;

  while (at < end && is_space (*at))
    at++;
  if (at < end && *at == '}')
    return SY_FORMAT_JSON;
  if (at == end || *at++ != '"')
    return SY_FORMAT_PROMETHEUS;

  for (key = at; at < end && *at != '"'; at++)
    if (*at == '\\')
      at++;
  n = (gsize) (at - key);
  for (at++; at < end && is_space (*at);)
    at++;

  if (at >= end || *at != ':')
    return SY_FORMAT_PROMETHEUS;

  return n == strlen (OTLP_KEY) && memcmp (key, OTLP_KEY, n) == 0 ? SY_FORMAT_OTLP : SY_FORMAT_JSON;
}

/* What a body is that nobody said anything about. */
static SyFormat
sniff (const char *text,
       gsize       length)
{
  const char *end = text + length;

  text = sy_skip_byte_order_mark (text, end);
  while (text < end && is_space (*text))
    text++;

  length = (gsize) (end - text);
  if (length == 0)
    return SY_FORMAT_PROMETHEUS;
  if (ends_in_eof (text, length))
    return SY_FORMAT_OPENMETRICS;
  if (*text == '{')
    return sniff_brace (text, length);
  if (*text == '#' || *text == '_' || *text == ':' || g_ascii_isalpha (*text))
    return SY_FORMAT_PROMETHEUS;

  return SY_FORMAT_AUTO;
}

SyFormat
sy_exposition_detect (const char *content_type,
                      GBytes     *body)
{
  gsize       length;
  const char *text = g_bytes_get_data (body, &length);
  SyFormat    sniffed = length > 0 ? sniff (text, length) : SY_FORMAT_PROMETHEUS;
  gsize       essence = content_type != NULL ? strcspn (content_type, "; \t") : 0;

  for (guint i = 0; i < G_N_ELEMENTS (content_types); i++)
    if (strlen (content_types[i].essence) == essence &&
        g_ascii_strncasecmp (content_types[i].essence, content_type, essence) == 0)
      return sniffed == SY_FORMAT_AUTO || (sniffed == SY_FORMAT_OTLP && content_types[i].format == SY_FORMAT_JSON)
             ? sniffed : content_types[i].format;

  return sniffed;
}
