/* sy-traffic.c: how traffic is spread over a day
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-traffic.h"

#include <math.h>

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
