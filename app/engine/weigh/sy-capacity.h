/* sy-capacity.h: what a backend can carry, by the operational laws
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Mean in flight of @throughput requests/s that take @latency seconds each;
 * holds for any arrivals and any service. J. D. C. Little, "A Proof for the
 * Queuing Formula L = λW", Operations Research 9 (1961). */
double sy_little_in_flight (double throughput, double latency);

/* CPU seconds a request: @cores_used / @throughput. NAN without throughput. It
 * counts idle work too; the slope of sy_line_fit() over several loads does not.
 * P. J. Denning, J. P. Buzen, "The Operational Analysis of Queueing Network
 * Models", ACM Computing Surveys 10 (1978), as are the two below. */
double sy_service_demand   (double cores_used, double throughput);

/* The requests/s that @cores of @demand seconds a request can never exceed. */
double sy_throughput_bound (double cores, double demand);

/* How far Little's law is from @in_flight, as a share of it: instruments that
 * measure the same window agree within SY_LITTLE_TOLERANCE (ASSUMED). NAN when
 * one of them is not known or nothing is in flight. */
double sy_little_error     (double in_flight, double throughput, double latency);

#define SY_LITTLE_TOLERANCE 0.15

/* The share of the memory allowed that may be used. ASSUMED. */
#define SY_MEMORY_SHARE 0.8

/* Plan at this share of the capacity measured at the SLO. ASSUMED. */
#define SY_SIZING_SHARE 0.7

G_END_DECLS
