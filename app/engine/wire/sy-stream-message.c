/* sy-stream-message.c: what a message of a stream is for
 *
 * Called for every message of a stream, also for those that nobody will read,
 * so a JSON text is walked over and not parsed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-stream-message.h"

#include <string.h>

#define MEMBER "type"

static const char *const controls[] = { "hello", "mark", "ping", "pong", "heartbeat", "keepalive", "open" };

static SyStreamMessageKind
classify_name (const char *name,
               gsize       length)
{
  if (length == strlen ("bye") && memcmp (name, "bye", length) == 0)
    return SY_STREAM_MESSAGE_BYE;

  for (gsize i = 0; i < G_N_ELEMENTS (controls); i++)
    if (length == strlen (controls[i]) && memcmp (name, controls[i], length) == 0)
      return SY_STREAM_MESSAGE_CONTROL;

  return SY_STREAM_MESSAGE_METRICS;
}

/* The quote that ends the string at @p, or @end. */
static const char *
string_end (const char *p,
            const char *end)
{
  for (p++; p < end && *p != '"'; p++)
    if (*p == '\\' && p + 1 < end)
      p++;

  return p;
}

static const char *
skip (const char *p,
      const char *end,
      const char *what)
{
  while (p < end && *p != '\0' && strchr (what, *p) != NULL)
    p++;

  return p;
}

static SyStreamMessageKind
classify_json (const char *data,
               const char *end)
{
  int depth = 0;

  for (const char *p = data; p < end; p++)
    if (*p == '{' || *p == '[')
      depth++;
    else if (*p == '}' || *p == ']')
      depth--;
    else if (*p == '"')
      {
        const char *begin = p + 1;
        const char *value;
        gboolean is_type;

        p = string_end (p, end);
        is_type = depth == 1 && (gsize) (p - begin) == strlen (MEMBER) && memcmp (begin, MEMBER, strlen (MEMBER)) == 0;
        if (p == end)
          break;

        value = skip (p + 1, end, " \t\r\n");
        if (!is_type || value == end || *value != ':')
          continue;

        value = skip (value + 1, end, " \t\r\n");
        if (value == end || *value != '"')
          return SY_STREAM_MESSAGE_METRICS;
        return classify_name (value + 1, (gsize) (string_end (value, end) - value - 1));
      }

  return SY_STREAM_MESSAGE_METRICS;
}

SyStreamMessageKind
sy_stream_message_classify (const char *name,
                            const char *data,
                            gsize       length)
{
  const char *begin = data;

  if (name != NULL)
    return classify_name (name, strlen (name));

  begin = skip (data, data + length, " \t\r\n");
  if (begin == data + length || *begin != '{')
    return SY_STREAM_MESSAGE_METRICS;

  return classify_json (begin, data + length);
}
