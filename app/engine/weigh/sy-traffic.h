/* sy-traffic.h: how traffic is spread over a day
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SY_TRAFFIC_HOURS 24
#define SY_HOURS_PER_MONTH 730.0 /* 8760 / 12 */

/* Each hour as a share of the peak, 0 … 1. */
typedef struct {
  double hour[SY_TRAFFIC_HOURS];
} SyTrafficShape;

void   sy_traffic_shape_init_flat   (SyTrafficShape *self);

/* One wave a day from @floor (0 … 1) to 1 at @peak_hour (0 … 24). */
void   sy_traffic_shape_init_cosine (SyTrafficShape *self, double floor, double peak_hour);

/* Full from @from to before @to (hours, may pass midnight), @floor otherwise. */
void   sy_traffic_shape_init_office (SyTrafficShape *self, double floor, guint from, guint to);

/* "flat", "cos floor 0.2 peak 14h", "office floor 0.1 from 8h to 18h". FALSE, and
 * nothing set, for anything else. */
gboolean sy_traffic_shape_parse     (const char *text, SyTrafficShape *ret_shape);

double sy_traffic_shape_get_mean    (const SyTrafficShape *self);

/* Requests in a month of @hours at a peak of @peak_rps requests/s. */
double sy_traffic_shape_requests    (const SyTrafficShape *self, double peak_rps, double hours);

G_END_DECLS
