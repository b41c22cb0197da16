/* sy-fairness.h: may these two be compared, and in what?
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-buckets.h"
#include "sy-gate.h"

G_BEGIN_DECLS

/* The limits of the gates. All ASSUMED; the gates say them. */
#define SY_FAIR_LOAD_RATIO 1.1
#define SY_FAIR_WARM_UP 60.0      /* seconds since the start of the process */
#define SY_FAIR_DRIFT 0.2         /* first third against last third */
#define SY_FAIR_ERRORS 0.05       /* of either */
#define SY_FAIR_ERRORS_APART 0.01 /* of one more than of the other */

/* What a load generator of ours says of the load that it put on both. */
typedef struct {
  gboolean is_limited;    /* it was late or too busy */
  double   foreign_cores; /* that others used meanwhile; NAN: not known */
  double   lost[2];       /* share of what was due that was dropped, failed or never answered; NAN: not known */
} SyGeneratorFacts;

/* Nothing is known. */
void sy_generator_facts_init (SyGeneratorFacts *self);

/* What is known of two backends over the same stretch of time. NAN: not known,
 * and then the gate that needs it is left out. */
typedef struct {
  guint      n_windows;
  double     quantile;         /* that is compared, 0.95; 0: none is, the mean */
  double     requests[2];
  double     load[2];          /* requests/s */
  double     load_apart;       /* ratio of simultaneous windows, 1 …, beyond what chance makes of it */
  double     mix_distance;     /* 0 … 1 */
  double     uptime[2];        /* seconds since the start, at the first window that counts */
  double     warm_up;          /* seconds that are asked for */
  double     drift[2];         /* of what is compared: last third over first third, less 1 */
  double     errors[2];        /* share of the requests */
  double     in_flight[2];     /* measured by a gauge, not derived */
  double     in_flight_error[2]; /* standard error of it, less Little's law; 0: none */
  double     latency_mean[2];  /* seconds */
  SyQuantile measured[2];      /* that quantile over all windows */
  double     cores[2];         /* allowed */
  double     memory[2];        /* bytes allowed */
  guint      n_changes;        /* restarts and resets since the beginning */
  gboolean   same_offer;       /* one schedule for both; what they finish of it must still be the same */
  SyGeneratorFacts generator;  /* of that schedule */
  gboolean   closed_loop;      /* known to be asked by clients that wait for answers */
  gboolean   same_host;
  double     log_ratio_low;    /* of A over B; -INFINITY and INFINITY without evidence */
  double     log_ratio_high;
  double     mean_low;         /* the same of the mean latency, which no bucket blurs */
  double     mean_high;
  double     min_effect;       /* 0.05 */
} SyFairness;

void       sy_fairness_init  (SyFairness *self);

/* In order of codes, those that were passed as well. (transfer full) (element-type SyGate) */
GPtrArray *sy_fairness_gates (const SyFairness *self);

/* Two that are within @min_effect of each other by an interval over quantiles out of
 * buckets: FALSE where a bucket is wider than that and their means do not lie as near. */
gboolean   sy_fairness_is_equal (const SyFairness *self);

/* The ratio of two quantiles of which the buckets are known: [low A / high B,
 * high A / low B]. FALSE where a bound is missing. */
gboolean   sy_fairness_ratio (const SyQuantile *a, const SyQuantile *b, double *ret_low, double *ret_high);

G_END_DECLS
