/* sy-unit.c: units as targets spell them
 *
 * Spellings of OpenMetrics (seconds, bytes), of OpenTelemetry (UCUM: s, By) and
 * of names (_ms). A table; nothing else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-unit.h"

#include <string.h>

typedef enum { DIMENSION_TIME, DIMENSION_SIZE, DIMENSION_SHARE } Dimension;

static const struct {
  const char *unit;
  Dimension   dimension;
  double      scale;
  const char *spellings[6];
} units[] = {
  { "s", DIMENSION_TIME, 1, { "s", "seconds", "second", "sec", "secs" } },
  { "ms", DIMENSION_TIME, 1e-3, { "ms", "milliseconds", "millisecond", "millis", "msec" } },
  { "us", DIMENSION_TIME, 1e-6, { "us", "microseconds", "microsecond", "micros", "usec" } },
  { "ns", DIMENSION_TIME, 1e-9, { "ns", "nanoseconds", "nanosecond", "nanos", "nsec" } },
  { "B", DIMENSION_SIZE, 1, { "B", "By", "bytes", "byte" } },
  { "KiB", DIMENSION_SIZE, 1024, { "KiB", "KiBy", "kibibytes" } },
  { "kB", DIMENSION_SIZE, 1e3, { "kB", "kBy", "kilobytes" } },
  { "MiB", DIMENSION_SIZE, 1048576, { "MiB", "MiBy", "mebibytes" } },
  { "MB", DIMENSION_SIZE, 1e6, { "MB", "MBy", "megabytes" } },
  { "%", DIMENSION_SHARE, 0.01, { "%", "percent", "percentage" } },
  { "ratio", DIMENSION_SHARE, 1, { "ratio" } },
};

/* Index into the table, or -1. */
static int
find_unit (const char *text,
           gsize       length)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    for (guint j = 0; j < G_N_ELEMENTS (units[i].spellings) && units[i].spellings[j] != NULL; j++)
      if (strlen (units[i].spellings[j]) == length && strncmp (units[i].spellings[j], text, length) == 0)
        return (int) i;

  return -1;
}

const char *
sy_unit_canonical (const char *text)
{
  int index = find_unit (text, strlen (text));

  return index >= 0 ? units[index].unit : text;
}

const char *
sy_unit_of_name (const char *name)
{
  gsize length = strlen (name);
  gsize start;
  int index;

  if (g_str_has_suffix (name, "_total"))
    length -= strlen ("_total");

  start = length;
  while (start > 0 && name[start - 1] != '_' && name[start - 1] != '.')
    start--;
  if (start == 0)
    return NULL;

  index = find_unit (name + start, length - start);

  return index >= 0 ? units[index].unit : NULL;
}

double
sy_unit_scale (const char *unit)
{
  int index = find_unit (unit, strlen (unit));

  return index >= 0 ? units[index].scale : 1;
}

gboolean
sy_unit_compatible (const char *a,
                    const char *b)
{
  int first = find_unit (a, strlen (a));
  int second = find_unit (b, strlen (b));

  return first >= 0 && second >= 0 && units[first].dimension == units[second].dimension;
}
