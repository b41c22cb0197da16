/* sy-traffic.c: how traffic is spread over a day
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-traffic.h"

#include <math.h>
#include <string.h>

#define SECONDS_PER_HOUR 3600.0

void
sy_traffic_shape_init_flat (SyTrafficShape *self)
{
  for (guint h = 0; h < SY_TRAFFIC_HOURS; h++)
    self->hour[h] = 1;
}

void
sy_traffic_shape_init_cosine (SyTrafficShape *self,
                              double          floor,
                              double          peak_hour)
{
  for (guint h = 0; h < SY_TRAFFIC_HOURS; h++)
    self->hour[h] = floor + (1 - floor) * (1 + cos (2 * G_PI * (h - peak_hour) / SY_TRAFFIC_HOURS)) / 2;
}

void
sy_traffic_shape_init_office (SyTrafficShape *self,
                              double          floor,
                              guint           from,
                              guint           to)
{
  for (guint h = 0; h < SY_TRAFFIC_HOURS; h++)
    {
      const gboolean open = from <= to ? h >= from && h < to : h >= from || h < to;

      self->hour[h] = open ? 1 : floor;
    }
}

static gboolean
parse_share (const char *text,
             double     *ret)
{
  char *end;

  *ret = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && *ret >= 0 && *ret <= 1;
}

static gboolean
parse_hour (const char *text,
            double     *ret)
{
  char *end;

  *ret = g_ascii_strtod (text, &end);
  return end != text && strcmp (end, "h") == 0 && *ret >= 0 && *ret <= SY_TRAFFIC_HOURS;
}

gboolean
sy_traffic_shape_parse (const char     *text,
                        SyTrafficShape *ret_shape)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  const guint n = g_strv_length (words);
  double share, hour, until;

  if (n == 1 && strcmp (words[0], "flat") == 0)
    sy_traffic_shape_init_flat (ret_shape);
  else if (n == 5 && strcmp (words[0], "cos") == 0 && strcmp (words[1], "floor") == 0 && strcmp (words[3], "peak") == 0
           && parse_share (words[2], &share) && parse_hour (words[4], &hour))
    sy_traffic_shape_init_cosine (ret_shape, share, hour);
  else if (n == 7 && strcmp (words[0], "office") == 0 && strcmp (words[1], "floor") == 0
           && strcmp (words[3], "from") == 0 && strcmp (words[5], "to") == 0
           && parse_share (words[2], &share) && parse_hour (words[4], &hour) && parse_hour (words[6], &until))
    sy_traffic_shape_init_office (ret_shape, share, (guint) hour, (guint) until);
  else
    return FALSE;

  return TRUE;
}

double
sy_traffic_shape_get_mean (const SyTrafficShape *self)
{
  double sum = 0;

  for (guint h = 0; h < SY_TRAFFIC_HOURS; h++)
    sum += self->hour[h];

  return sum / SY_TRAFFIC_HOURS;
}

double
sy_traffic_shape_requests (const SyTrafficShape *self,
                           double                peak_rps,
                           double                hours)
{
  return peak_rps * sy_traffic_shape_get_mean (self) * hours * SECONDS_PER_HOUR;
}
