/* sy-cost-pictures.h: the costs as figures
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam.h"
#include "sy-cost-words.h"

G_BEGIN_DECLS

/* Each fills a figure anew from the sheet. */

/* Which input moves the difference the most; at most a dozen. Under zero A costs
 * less, over it B. */
void     sy_cost_fill_tornado (BeamTornado *tornado, const SyCostSheet *sheet);

/* What is spent by the end of each year, in money of the start, by factor. */
void     sy_cost_fill_years   (BeamBarChart *bars, const SyCostSheet *sheet, const SyOwnershipSpread *spread);

/* Where both cost the same a month. */
typedef struct {
  double low;        /* of the peaks that were looked at, requests/s */
  double high;
  double peak;       /* the lowest at which they change places; NAN: none in range */
  double peak_low;   /* over the corners of both capacities, of those that have one */
  double peak_high;
  guint  n_corners;  /* that have one, of 4 */
} SyCostTraffic;

void     sy_cost_find_traffic  (const SyCostSheet *sheet, SyCostTraffic *ret_traffic);

/* Hosting a month over the peak, with the interval of the capacity. */
void     sy_cost_fill_traffic  (BeamPlot *plot, const SyCostSheet *sheet, const SyCostTraffic *traffic);

/* "The two change places at 3,400 requests/s", or that they do not. (transfer full) */
char    *sy_cost_dup_traffic   (const SyCostSheet *sheet, const SyCostTraffic *traffic);

/* Writes money in @currency along @axis. */
void     sy_cost_format_axis   (BeamValueAxis *axis, const char *currency, gboolean is_signed);

G_END_DECLS
