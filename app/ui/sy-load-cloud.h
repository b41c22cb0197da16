/* sy-load-cloud.h: one backend's points of load, and a model through them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-load-trial.h"
#include "sy-weighing.h"

G_BEGIN_DECLS

/* One step of a load, or one window of watching; NAN: not known. */
typedef struct {
  double   throughput; /* requests/s */
  double   latency;    /* seconds: p99, or the mean where there is no percentile */
  double   in_flight;
  gboolean steady;     /* FALSE: more and more were waiting, so a model of a steady state does not hold */
} SyLoadPoint;

/* In the order they were seen, without steps that gave up. (element-type SyLoadPoint) (transfer full) */
GArray  *sy_load_cloud_from_trial   (SyLoadTrial *trial, guint side);
GArray  *sy_load_cloud_from_windows (SyWeighing *weighing, guint side);

/* Points of the Universal Scalability Law through @cloud, from one request in
 * flight to 1.25 times the most that was measured; empty where there is no fit.
 * @text (out) (transfer full): the peak and its interval, or why there is none.
 * (element-type SyLoadPoint) (transfer full) */
GArray  *sy_load_cloud_fit          (const GArray *cloud, char **text);

G_END_DECLS
